package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Noun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads as much out of {@code a library of books with loans} as can be read without a model: a name and some nouns. */
final class Prose {

    private static final Pattern LEAD =
            Pattern.compile("^(?:hi |hello )?(?:please )?(?:can you |could you |would you )?(?:please )?"
                    + "(?:i need|i want|i'd like|we need|we want|we'd like|build|create|make|write|develop|implement|design|give me|set up|demo:?|let's build)?"
                    + "(?: me| us)? ?(?:an? |the |some )?(?:new |simple |small |little |basic )*");
    private static final Set<String> KINDS = Set.of(
            "service",
            "api",
            "backend",
            "app",
            "application",
            "system",
            "server",
            "microservice",
            "crud",
            "rest",
            "quarkus",
            "java",
            "database");
    private static final Set<String> CONNECTORS = Set.of(
            "of",
            "for",
            "with",
            "that",
            "which",
            "to",
            "having",
            "containing",
            "where",
            "and",
            "has",
            "have",
            "manage",
            "manages",
            "managing",
            "store",
            "stores",
            "storing",
            "keep",
            "keeps",
            "keeping",
            "track",
            "tracks",
            "tracking",
            "handle",
            "handles",
            "handling",
            ",");
    private static final Set<String> MODIFIERS =
            Set.of("a", "an", "the", "their", "its", "many", "several", "some", "all", "my", "our", "multiple", "also");
    private static final int LONGEST_PHRASE = 2;

    private Prose() {}

    /** Takes over what can be read; true if nothing was left unread. */
    static boolean read(String sentence, Draft draft) {
        String lower = sentence.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
        if (lower.length() > 300 || !lower.matches("[a-z0-9 ,:'&/-]+")) {
            return false;
        }
        String rest = LEAD.matcher(lower).replaceFirst("");
        List<String> words = List.of(rest.replace(",", " , ").strip().split("\\s+"));
        int at = 0;
        List<String> name = new ArrayList<>();
        while (at < words.size() && !CONNECTORS.contains(words.get(at))) {
            if (!KINDS.contains(words.get(at))) {
                name.add(words.get(at));
            }
            at++;
        }
        boolean named = takesName(name, draft);
        if (at == words.size() && !named) {
            return false;
        }
        return takesNouns(words.subList(at, words.size()), draft) && (named || name.isEmpty());
    }

    private static boolean takesName(List<String> words, Draft draft) {
        String joined = String.join("", words);
        boolean usable = !words.isEmpty() && words.size() <= 3 && Names.isUsable(joined);
        if (!usable) {
            return false;
        }
        if (draft.service == null) {
            draft.service = joined;
        }
        String last = words.getLast();
        String single = Noun.singular(last);
        if (!single.equals(last) && Vocabulary.knows(single)) {
            mention(single, draft);
        }
        return true;
    }

    private static boolean takesNouns(List<String> words, Draft draft) {
        boolean all = true;
        List<String> phrase = new ArrayList<>();
        for (int at = 0; at <= words.size(); at++) {
            boolean ends = at == words.size() || CONNECTORS.contains(words.get(at));
            if (!ends) {
                if (!MODIFIERS.contains(words.get(at))) {
                    phrase.add(words.get(at));
                }
            } else if (!phrase.isEmpty()) {
                all &= takesNoun(phrase, draft);
                phrase.clear();
            }
        }
        return all;
    }

    private static boolean takesNoun(List<String> phrase, Draft draft) {
        String last = phrase.getLast();
        String single = Noun.singular(last);
        boolean isThing = !single.equals(last) || Vocabulary.knows(single);
        if (phrase.size() > LONGEST_PHRASE
                || !isThing
                || phrase.stream().anyMatch(word -> !word.matches("[a-z]{2,30}"))) {
            return false;
        }
        List<String> words = new ArrayList<>(phrase.subList(0, phrase.size() - 1));
        words.add(single);
        StringBuilder name = new StringBuilder();
        words.forEach(word -> name.append(Draft.upperFirst(word)));
        mention(name.toString(), draft);
        return true;
    }

    private static void mention(String noun, Draft draft) {
        String name = Draft.upperFirst(noun);
        if (draft.meant(name).isPresent()) {
            return;
        }
        DraftEntity fresh = draft.entityOrNew(name);
        for (DraftEntity other : draft.entities) {
            Optional<DraftRelation> usual = Vocabulary.relation(other.name, fresh.name);
            usual.ifPresent(relation -> draft.proposed.add(new DraftRelation(
                    "%s 1-n %s".formatted(relation.parent, relation.child),
                    relation.parent,
                    DraftRelation.Kind.ONE_TO_MANY,
                    relation.child)));
        }
    }
}
