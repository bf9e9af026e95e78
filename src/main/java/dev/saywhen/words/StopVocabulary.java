package dev.saywhen.words;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The words that stop, and the small words that may stand around them without changing what is meant. */
final class StopVocabulary {

    private static final List<String> STOP_WORDS = List.of("stop", "halt", "abort");

    private static final Set<String> SMALL_WORDS = Set.of(
            "please",
            "pls",
            "plz",
            "now",
            "all",
            "everything",
            "everyone",
            "everybody",
            "guys",
            "folks",
            "hey",
            "hi",
            "oh",
            "ok",
            "okay",
            "no",
            "wait",
            "just",
            "it",
            "that",
            "this",
            "thread",
            "run",
            "runs",
            "job",
            "jobs",
            "agent",
            "bot",
            "execution",
            "work",
            "doing",
            "for",
            "immediately",
            "asap",
            "right",
            "here",
            "there",
            "the",
            "you",
            "can",
            "could",
            "would");

    private final List<String> stopWords;
    private final List<String> skeletons;
    private final Set<String> smallWords;

    StopVocabulary(Set<String> addedStopWords, String botName) {
        this.stopWords = Stream.concat(
                        STOP_WORDS.stream(), addedStopWords.stream().map(StopVocabulary::checked))
                .distinct()
                .toList();
        this.skeletons = stopWords.stream()
                .filter(StopVocabulary::isAscii)
                .map(StopVocabulary::skeleton)
                .toList();
        Set<String> small = new HashSet<>(SMALL_WORDS);
        Word.in(Folding.withoutMarkers(Folding.compatible(botName))).forEach(word -> small.add(word.text()));
        this.smallWords = Set.copyOf(small);
    }

    /**
     * Whether a stop word or a stop sign can be in a text at all; quick, because a flood of long texts must not keep a
     * STOP waiting. Errs towards yes: all that is read out of a text of ASCII alone are its letters and digits, in their
     * order, so that a text that has not those of a stop word one after the other, whatever stands between them, has no
     * stop word. Any other text may have one.
     */
    boolean mayStandIn(String text) {
        if (!isAscii(text)) {
            return true;
        }
        String letters = skeleton(text);
        return skeletons.stream().anyMatch(letters::contains);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The letters and digits in lower case, each once where it is repeated. */
    private static String skeleton(String ascii) {
        StringBuilder letters = new StringBuilder(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            char c = Character.toLowerCase(ascii.charAt(i));
            boolean repeated = !letters.isEmpty() && letters.charAt(letters.length() - 1) == c;
            if (Character.isLetterOrDigit(c) && !repeated) {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    /** The stop word that this is, each of its letters possibly repeated; as listed, so that it is never long. */
    Optional<String> stopWord(Word word) {
        return stopWords.stream().filter(stop -> isStretched(word.text(), stop)).findFirst();
    }

    boolean isStopWord(Word word) {
        return stopWord(word).isPresent();
    }

    boolean isSmall(Word word) {
        return smallWords.contains(word.text());
    }

    private static String checked(String added) {
        List<Word> words = Word.in(Folding.withoutMarkers(Folding.compatible(added)));
        if (words.size() != 1) {
            throw new IllegalArgumentException("The added stop word '" + added
                    + "' is not one word: use letters and digits, one word for each entry.");
        }
        return words.getFirst().text();
    }

    private static boolean isStretched(String said, String word) {
        int at = 0;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (at == said.length() || said.charAt(at) != letter) {
                return false;
            }
            at++;
            boolean lastOfItsKind = i + 1 == word.length() || word.charAt(i + 1) != letter;
            while (lastOfItsKind && at < said.length() && said.charAt(at) == letter) {
                at++;
            }
        }
        return at == said.length();
    }
}
