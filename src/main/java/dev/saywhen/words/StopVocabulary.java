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
    private final StopScan scan;
    private final Set<String> smallWords;

    StopVocabulary(Set<String> addedStopWords, String botName) {
        this.stopWords = Stream.concat(
                        STOP_WORDS.stream(), addedStopWords.stream().map(StopVocabulary::checked))
                .distinct()
                .toList();
        this.scan = new StopScan(stopWords.stream()
                .filter(word -> word.chars().allMatch(c -> c < 0x80))
                .toList());
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
        return scan.finds(text);
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
