package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Noun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain sentences as far as they can be read without a model: {@code a library of books with loans},
 * {@code posts have a title max 200 and a body}, {@code members borrow books}.
 */
final class Prose {

    private static final Pattern LEAD = Pattern.compile("^(?:hi |hello |hey )?(?:please )?"
            + "(?:can you |could you |would you )?(?:please )?(?<verb>i need|i want|i would like|i'd like|we need|we want"
            + "|we would like|we'd like|build|create|make|write|develop|implement|design|give me|set up|demo:?|let's build)?"
            + "(?: me| us)? ?(?:an? |the |some )?(?:new |simple |small |little |basic |complete |full )*");

    /** What is asked for when somebody asks for a service at all. */
    private static final Set<String> KINDS = Set.of(
            "service",
            "services",
            "api",
            "apis",
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

    /** Words after which things are listed that the service keeps. */
    private static final Set<String> LISTING = Set.of(
            "of",
            "for",
            "that",
            "which",
            "to",
            "where",
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
            ":");

    /** Words after which it is told what the thing before them has. */
    private static final Set<String> HAVING =
            Set.of("with", "having", "has", "have", "containing", "contains", "including", "includes");

    private static final Set<String> MODIFIERS = Set.of(
            "a",
            "an",
            "the",
            "their",
            "its",
            "many",
            "several",
            "some",
            "all",
            "my",
            "our",
            "multiple",
            "also",
            "one",
            "each",
            "every",
            "zero",
            "more",
            "or");

    /** Who is spoken of as the service itself, never as something it keeps. */
    private static final Set<String> THE_SERVICE =
            Set.of("it", "i", "we", "you", "they", "service", "api", "app", "application", "system", "backend");

    private static final String SUBJECT =
            "(?:an? |the |each |every |all )?([a-z]+(?: (?!can |may |could |must |should |will |also )[a-z]+)??)";
    private static final String MODAL = "(?:can |may |could |must |should |will )?(?:also )?";

    /** Work on code that is there already, which is another trade. */
    private static final Pattern OTHER_WORK = Pattern.compile("^(?:please )?(?:can you |could you )?(?:please )?"
            + "(?:fix|debug|repair|refactor|deploy|upgrade|migrate|optimi[sz]e|review|explain|test|analy[sz]e|investigate"
            + "|rewrite|merge|revert|release|translate|tell|show|help|what|why|how|who|when|where)\\b.*");

    private static final Pattern MANY_TO_MANY = Pattern.compile(",?\\s*\\(?\\bmany[- ]to[- ]many\\b\\)?");

    private static final Pattern HAS = Pattern.compile(
            "^" + SUBJECT + " " + MODAL + "(?:has|have|contains?|consists? of|includes?|needs?|with|having) (.+)$");

    private static final Pattern DOES = Pattern.compile("^" + SUBJECT + " " + MODAL
            + "([a-z]+?)(?:e?s)? (?:in |for |to |on |out |from )?(?:an? |the |many |several )?" + "([a-z]+)$");

    /** Where one sentence about a thing ends and the next begins, as in {@code posts and comments, posts have a title}. */
    private static final Pattern NEXT_CLAUSE =
            Pattern.compile("\\s*(?:[,;]\\s*(?:and |where |in which |while |but )?| and | where | in which )(?="
                    + SUBJECT + " " + MODAL + "(?:has|have|contains?|consists? of|belongs? to) )");

    private static final Pattern ADD = Pattern.compile(
            "^(?:please )?(?:can you |could you )?(?:please )?"
                    + "(?:now |also )?(?:add|introduce|include|we need|i need|we want|i want) (?:also )?"
                    + "(?:an? |the )?(?:new |optional )?(?:(?:field|column|property|attribute|entity|table)s? )?(?:called |named )?(.+)$");

    private static final Pattern TO_WHOM =
            Pattern.compile("^(.+?) (?:to|on|for|in) (?:an? |the |every |each |all )?([a-z]+(?: [a-z]+)?)$");

    private static final int LONGEST = 600;
    private static final int LONGEST_PHRASE = 2;

    private final Draft draft;

    private Prose(Draft draft) {
        this.draft = draft;
    }

    /** Takes over what can be read of the sentence that opens a talk; true if nothing was left unread. */
    static boolean opening(String sentence, Draft draft) {
        return new Prose(draft).clauses(sentence, true);
    }

    /** Takes over a sentence about what things have or do; true if nothing was left unread. */
    static boolean sentence(String sentence, Draft draft) {
        return new Prose(draft).clauses(sentence, false);
    }

    /** Takes over a wish for more of a service that is there, as in {@code add a language to books}; true if it was read. */
    static boolean addition(String sentence, Draft draft) {
        String plain = plain(sentence);
        Matcher add = ADD.matcher(plain);
        if (!isReadable(plain) || !add.matches()) {
            return false;
        }
        Prose prose = new Prose(draft);
        Matcher to = TO_WHOM.matcher(add.group(1));
        if (to.matches() && draft.meant(camel(List.of(to.group(2).split(" ")))).isPresent()) {
            DraftEntity owner = prose.thing(to.group(2));
            String list = to.group(1);
            String said = sentence.strip().replaceFirst("(?i)^.*?(?=" + Pattern.quote(list.split(" ")[0]) + ")", "");
            String notation = said.substring(0, Math.min(said.length(), list.length()));
            if (FieldNotation.isNotation(notation)) {
                owner.describe(FieldNotation.fields(notation));
                return true;
            }
            return prose.possessions(owner, list);
        }
        Matcher give = HAS.matcher(add.group(1));
        if (give.matches() && prose.isThing(give.group(1))) {
            return prose.possessions(prose.thing(give.group(1)), give.group(2));
        }
        return prose.listed(null, List.of(add.group(1).replace(",", " , ").split("\\s+")));
    }

    /** Takes over a list of what a thing has, as in {@code a title, an isbn and a price}; true if all of it was read. */
    static boolean list(DraftEntity owner, String list, Draft draft) {
        String plain = plain(list);
        return isReadable(plain) && new Prose(draft).possessions(owner, plain);
    }

    /** Writes down things by their names, with the relations that they usually have. */
    static void list(List<String> names, Draft draft) {
        names.forEach(name -> new Prose(draft).mention(name));
    }

    /** Takes over a list of things to keep, as in {@code books, members and their loans}; true if all of it was read. */
    static boolean things(String list, Draft draft) {
        String plain = plain(list);
        return isReadable(plain)
                && phrases(plain).stream()
                        .allMatch(phrase -> new Prose(draft).noun(phrase).isPresent());
    }

    /** Whether a text asks for a service, whatever that service may keep. */
    static boolean asksForService(String text) {
        if (OTHER_WORK.matcher(plain(text)).matches()) {
            return false;
        }
        List<String> words = List.of(plain(text).split("[^a-z0-9]+"));
        return words.stream().anyMatch(KINDS::contains)
                || words.stream().anyMatch(word -> !Vocabulary.service(word).isEmpty());
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceFirst("[.!?]+$", "")
                .replaceAll("\\b(?:from|between) (-?[0-9]+) (?:to|and) (-?[0-9]+)\\b", "min $1 max $2")
                .strip();
    }

    private static boolean isReadable(String plain) {
        return plain.length() <= LONGEST && plain.matches("[a-z0-9 ,:;'&/|()_.-]+");
    }

    private boolean clauses(String sentence, boolean opens) {
        String plain = plain(sentence);
        if (!isReadable(plain)) {
            return false;
        }
        if (OTHER_WORK.matcher(plain).matches()) {
            return false;
        }
        boolean all = true;
        boolean first = opens;
        for (String clause : NEXT_CLAUSE.split(MANY_TO_MANY.matcher(plain).replaceAll(""))) {
            all &= clause(clause.strip(), first);
            first = false;
        }
        if (MANY_TO_MANY.matcher(plain).find() && draft.entities.size() == 2) {
            String one = draft.entities.getFirst().name;
            String other = draft.entities.getLast().name;
            draft.relate(
                    new DraftRelation("%s n-n %s".formatted(one, other), one, DraftRelation.Kind.MANY_TO_MANY, other));
        }
        return all;
    }

    private boolean clause(String clause, boolean opens) {
        Optional<DraftRelation> belongs =
                RelationNotation.read(clause).filter(relation -> isThing(relation.parent) && isThing(relation.child));
        if (belongs.isPresent()) {
            DraftRelation relation = belongs.get();
            relation.parent = thing(relation.parent).name;
            relation.child = thing(relation.child).name;
            draft.relate(relation);
            return true;
        }
        Matcher has = HAS.matcher(clause);
        if (has.matches() && isThing(has.group(1))) {
            return possessions(thing(has.group(1)), has.group(2));
        }
        Matcher does = DOES.matcher(clause);
        if (does.matches() && isThing(does.group(1)) && isThing(does.group(3))) {
            return does(does.group(1), does.group(2), does.group(3));
        }
        return opens && opening(clause);
    }

    // ---- the sentence that opens a talk

    private boolean opening(String clause) {
        Matcher lead = LEAD.matcher(clause);
        String rest = lead.replaceFirst("");
        List<String> words =
                List.of(rest.replace(",", " , ").replace(":", " : ").strip().split("\\s+"));
        int at = 0;
        List<String> name = new ArrayList<>();
        while (at < words.size()
                && (!LISTING.contains(words.get(at)) || at == words.size() - 1)
                && !HAVING.contains(words.get(at))
                && !isSeparator(words.get(at))) {
            if (!KINDS.contains(words.get(at))) {
                name.add(words.get(at));
            }
            at++;
        }
        Optional<DraftEntity> owner = named(name);
        boolean understood = name.isEmpty() || draft.service != null || owner.isPresent();
        return listed(owner.orElse(null), words.subList(at, words.size())) && understood;
    }

    /** Takes the service's name from its words, and the thing in it if there is one, as in {@code todo list}. */
    private Optional<DraftEntity> named(List<String> words) {
        String joined = String.join("", words);
        if (words.isEmpty() || words.size() > 3 || !Names.isUsable(joined)) {
            return Optional.empty();
        }
        if (draft.service == null) {
            draft.service = joined;
        }
        Optional<DraftEntity> found = Optional.empty();
        for (String word : words) {
            draft.usual = Vocabulary.service(word).isEmpty() ? draft.usual : Vocabulary.service(word);
            String single = Noun.singular(word);
            boolean meansIt =
                    Vocabulary.knows(single) && Vocabulary.service(word).isEmpty();
            if (meansIt || Vocabulary.service(word).contains(Draft.upperFirst(single))) {
                found = Optional.of(mention(single));
            }
        }
        return found;
    }

    /** Takes over what follows the name: things to keep, and what the last of them has. */
    private boolean listed(@Nullable DraftEntity first, List<String> words) {
        boolean all = true;
        DraftEntity owner = first;
        int at = 0;
        while (at < words.size()) {
            boolean having = HAVING.contains(words.get(at));
            int end = at + 1;
            while (end < words.size() && !LISTING.contains(words.get(end)) && !HAVING.contains(words.get(end))) {
                end++;
            }
            boolean leads = having || LISTING.contains(words.get(at));
            String list = String.join(" ", words.subList(leads ? at + 1 : at, end));
            if (list.isBlank()) {
                at = end;
                continue;
            }
            if (having && owner != null && !isListOfThings(list)) {
                all &= possessions(owner, list);
            } else {
                for (String phrase : phrases(list)) {
                    Optional<DraftEntity> noun = isWhoAsks(phrase) ? Optional.empty() : noun(phrase);
                    all &= noun.isPresent() || isKindOfService(phrase);
                    owner = noun.orElse(owner);
                }
            }
            at = end;
        }
        return all;
    }

    /** Takes {@code an online shop} as what the service is, where nothing else said so. */
    private boolean isKindOfService(String phrase) {
        List<String> words = new ArrayList<>(List.of(phrase.split(" ")));
        words.removeIf(word -> MODIFIERS.contains(word) || KINDS.contains(word));
        if (words.isEmpty() || Vocabulary.service(words.getLast()).isEmpty()) {
            return words.isEmpty() || isWhoAsks(phrase);
        }
        draft.usual = Vocabulary.service(words.getLast());
        draft.service = draft.service == null ? words.getLast() : draft.service;
        return true;
    }

    /** Whether a phrase says for whom the service is, as in {@code for my company}. */
    private static boolean isWhoAsks(String phrase) {
        String last = phrase.replaceFirst(".* ", "");
        boolean isSingle = Noun.singular(last).equals(last);
        return isSingle && phrase.matches("(my|our|me|us)( .*)?|.* (company|business|startup|club|firm|agency|team)");
    }

    private static boolean isListOfThings(String list) {
        return phrases(list).stream().allMatch(phrase -> {
            String last = phrase.replaceFirst(".* ", "");
            return !Noun.singular(last).equals(last) && Vocabulary.knows(Noun.singular(last));
        });
    }

    private Optional<DraftEntity> noun(String phrase) {
        List<String> words = new ArrayList<>(List.of(phrase.split(" ")));
        words.removeIf(word -> MODIFIERS.contains(word) || KINDS.contains(word));
        if (words.isEmpty()
                || words.size() > LONGEST_PHRASE
                || words.stream().anyMatch(word -> !word.matches("[a-z]{2,30}"))) {
            return Optional.empty();
        }
        String last = words.removeLast();
        String single = Noun.singular(last);
        if (single.equals(last) && !Vocabulary.knows(single)) {
            return Optional.empty();
        }
        words.add(single);
        StringBuilder name = new StringBuilder();
        words.forEach(word -> name.append(Draft.upperFirst(word)));
        return Optional.of(mention(name.toString()));
    }

    // ---- what things have and do

    /** Takes over a list of what a thing has: values of its own, things that belong to it, things it belongs to. */
    private boolean possessions(DraftEntity owner, String list) {
        boolean all = true;
        List<DraftField> fields = new ArrayList<>();
        for (String phrase : phrases(list)) {
            all &= possession(owner, phrase, fields);
        }
        owner.describe(fields);
        return all;
    }

    private boolean possession(DraftEntity owner, String phrase, List<DraftField> fields) {
        Possession said = Possession.of(phrase);
        if (said.noun().isEmpty()) {
            return false;
        }
        String last = said.noun().getLast();
        String single = Noun.singular(last);
        boolean isPlural = !single.equals(last);
        boolean mayBeThing = said.noun().size() == 1 && said.description().isEmpty();
        boolean known = draft.meant(single).isPresent() || Vocabulary.knows(single);
        boolean isValue = Vocabulary.hasField(owner.name, said.name());
        if (mayBeThing && !isValue && known && (isPlural || isParentOf(single, owner))) {
            mention(single);
            return true;
        }
        if (mayBeThing
                && !isValue
                && isPlural
                && (said.many() || TypeWord.sure(last).isEmpty())) {
            DraftEntity other = mention(single);
            propose(owner.name, other.name);
            return true;
        }
        said.field(owner.name).ifPresent(fields::add);
        return said.field(owner.name).isPresent();
    }

    /** Whether a thing is one that others of the owner's kind usually belong to, as a book does to its author. */
    private static boolean isParentOf(String single, DraftEntity owner) {
        return Vocabulary.relation(single, owner.name)
                .filter(relation -> relation.parent.equalsIgnoreCase(single))
                .isPresent();
    }

    private boolean does(String subject, String verb, String object) {
        DraftEntity one = thing(subject);
        DraftEntity other = thing(object);
        Optional<String> between = Vocabulary.act(verb);
        if (between.isEmpty()) {
            propose(one.name, other.name);
            return true;
        }
        DraftEntity act = mention(between.get());
        for (DraftEntity parent : List.of(one, other)) {
            if (parent != act) {
                draft.relate(new DraftRelation(
                        "%s 1-n %s".formatted(parent.name, act.name),
                        parent.name,
                        DraftRelation.Kind.ONE_TO_MANY,
                        act.name));
            }
        }
        return true;
    }

    private boolean isThing(String noun) {
        List<String> words = List.of(noun.toLowerCase(Locale.ROOT).split(" "));
        String single = Noun.singular(words.getLast());
        return words.stream().noneMatch(THE_SERVICE::contains)
                && (draft.meant(camel(words)).isPresent()
                        || draft.meant(single).isPresent()
                        || Vocabulary.knows(single)
                        || !single.equals(words.getLast()));
    }

    private DraftEntity thing(String noun) {
        List<String> words = List.of(noun.toLowerCase(Locale.ROOT).split(" "));
        return draft.meant(camel(words)).orElseGet(() -> mention(camel(words)));
    }

    private static String camel(List<String> words) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < words.size(); at++) {
            String word = at == words.size() - 1 ? Noun.singular(words.get(at)) : words.get(at);
            name.append(Draft.upperFirst(word));
        }
        return name.toString();
    }

    /** The entity of this name, written down if it is new, with the relations that such things usually have. */
    private DraftEntity mention(String noun) {
        String name = Draft.upperFirst(noun);
        Optional<DraftEntity> known = draft.meant(name);
        if (known.isPresent()) {
            return known.get();
        }
        DraftEntity fresh = draft.entityOrNew(name);
        for (DraftEntity other : draft.entities) {
            Vocabulary.relation(other.name, fresh.name).ifPresent(this::propose);
        }
        return fresh;
    }

    private void propose(DraftRelation usual) {
        DraftRelation proposal = new DraftRelation(usual.said, usual.parent, usual.kind, usual.child);
        if (draft.proposed.stream().noneMatch(known -> known.connects(proposal.parent, proposal.child))) {
            draft.proposed.add(proposal);
        }
    }

    private void propose(String parent, String child) {
        propose(new DraftRelation("%s 1-n %s".formatted(parent, child), parent, DraftRelation.Kind.ONE_TO_MANY, child));
    }

    private static boolean isSeparator(String word) {
        return word.equals(",") || word.equals("and");
    }

    /** The parts between commas and {@code and}s; never inside brackets. */
    private static List<String> phrases(String list) {
        List<String> phrases = new ArrayList<>();
        for (String part : Pieces.parts(list.replaceAll("\\s+,", ","))) {
            for (String phrase : part.split("(?:^| )(?:and|as well as|plus)(?: |$)(?![^(]*\\))", -1)) {
                if (!phrase.isBlank()) {
                    phrases.add(phrase.strip());
                }
            }
        }
        return phrases;
    }
}
