package dev.saywhen.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Hears STOP, by the five rules of the safety contract, section 6. Generous: a false STOP costs a few replies, a missed
 * one costs the night.
 *
 * <p>Where the contract leaves a choice, the reading with more STOP is taken:
 *
 * <ul>
 *   <li>{@link Markup} says what counts as a quotation or code, {@link Word} what counts as a word. Back-ticks between
 *       letters are read both ways, as code and as apostrophes.
 *   <li>{@code !stop} takes only its own line from rule 1, and only if nothing stands before it; the other rules hear it.
 *   <li>A mention that goes on with a stop word, as {@code @saywhen.stop} for lack of a space, is a mention and a word.
 *   <li>Punctuation, mentions, and quotations or code beside the signs of rule 5 are overlooked.
 *   <li>A stop word in a script without case is always in capitals.
 *   <li>Whether a STOP covers everything is read from all of the text, quotations, code and {@code @everyone} included.
 * </ul>
 */
public final class StopRecognition {

    private static final Set<String> NEGATIONS = Set.of("don't", "dont", "not", "never", "won't", "can't", "doesn't");
    private static final Set<String> BRAKES = Set.of("wait", "pause", "cancel", "kill", "quit", "no");
    private static final Set<String> EVERYTHING = Set.of("all", "everything", "everyone", "everybody");
    private static final String MARKS_OF_OTHER_BOTS = "!.?$%&+-=;,";

    private final StopVocabulary vocabulary;
    private final SpokenWords spoken;

    /** @throws IllegalArgumentException if an added stop word is not one word */
    public StopRecognition(Set<String> addedStopWords, String botName) {
        this.vocabulary = new StopVocabulary(addedStopWords, botName);
        this.spoken = new SpokenWords(vocabulary, botName);
    }

    /** The stop word, in lower case, or the sign that is heard in what a person said here. */
    public Optional<String> hear(String text, StopPlace place) {
        // Only in the thread of an acting run other words than stop words stop.
        return place.isWhereAnyWordCounts() || vocabulary.mayStandIn(text) ? hearAll(text, place) : Optional.empty();
    }

    /**
     * Whether a stop word can be heard in a text at all, wherever it is said and whatever is done to it before, as long as
     * that brings no letters together that were not. Quick, and errs towards yes.
     */
    public boolean mayHear(String text) {
        return vocabulary.mayStandIn(text);
    }

    Optional<String> hearAll(String text, StopPlace place) {
        return readings(text)
                .flatMap(reading -> hearReading(reading, place).stream())
                .findFirst();
    }

    /** Like {@link #hearMachine(String, StopPlace)}, where it is not known which bots are addressed there. */
    public Optional<String> hearMachine(String text) {
        return hearMachine(text, StopPlace.EVERYWHERE);
    }

    /** The stop word, in lower case, that is heard in a message of an app, a bot or a webhook. */
    public Optional<String> hearMachine(String text, StopPlace place) {
        return vocabulary.mayStandIn(text) ? hearAllOfMachine(text, place) : Optional.empty();
    }

    Optional<String> hearAllOfMachine(String text, StopPlace place) {
        return readings(text)
                .flatMap(reading -> hearMachineReading(reading, place).stream())
                .findFirst();
    }

    /** Does this STOP cover every run of the installation, wherever it was said? */
    public boolean coversEverything(String text) {
        String plain = Folding.withoutMarkers(Folding.compatible(Emoji.blanked(text)));
        return Word.in(plain).stream().anyMatch(word -> EVERYTHING.contains(word.text()));
    }

    /** Is this the emoji of a reaction that stops? In any presentation and skin tone. */
    public boolean isStopEmoji(String emoji) {
        int[] shown = emoji.codePoints()
                .filter(c -> !Folding.isInvisible(c) && !Character.isEmojiModifier(c))
                .toArray();
        return shown.length == 1 && Emoji.isStopSign(shown[0]);
    }

    private static Stream<String> readings(String text) {
        return Stream.of(text, Markup.withApostrophes(text)).distinct();
    }

    private Optional<String> hearReading(String text, StopPlace place) {
        String own = Markup.withoutQuotesAndCode(text);
        List<Word> words = spoken.in(own);
        if (words.isEmpty()) {
            return onlyStopSigns(own).or(() -> partMadeOfStop(restored(text), Word.Gap.PART));
        }
        return partMadeOfStop(heardByRule1(words, text, place), Word.Gap.PART)
                .or(() -> firstWord(words, text, place))
                .or(() -> capitals(words))
                .or(() -> anywhere(words, place))
                .or(() -> brake(words, place));
    }

    private Optional<String> hearMachineReading(String text, StopPlace place) {
        List<Word> words = spoken.in(Markup.withoutQuotesAndCode(text));
        List<Word> heard = words.isEmpty() ? restored(text) : heardByRule1(words, text, place);
        return partMadeOfStop(heard, Word.Gap.LINE);
    }

    /**
     * Rule 1, in parts of lines for people and in lines for machines. The whole message needs no look of its own: if
     * all its words are stop words and small words, so are those of the line and the part that has the stop word.
     */
    private Optional<String> partMadeOfStop(List<Word> words, Word.Gap boundary) {
        return parts(words, boundary).stream()
                .filter(part -> part.stream().allMatch(word -> vocabulary.isStopWord(word) || vocabulary.isSmall(word)))
                .flatMap(List::stream)
                .flatMap(word -> vocabulary.stopWord(word).stream())
                .findFirst();
    }

    private static List<List<Word>> parts(List<Word> words, Word.Gap boundary) {
        List<List<Word>> parts = new ArrayList<>();
        for (Word word : words) {
            if (parts.isEmpty() || word.before().compareTo(boundary) >= 0) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(word);
        }
        return parts;
    }

    /** Rule 2. */
    private Optional<String> firstWord(List<Word> words, String text, StopPlace place) {
        if (!place.isWhereFirstWordCounts() && !spoken.addressBot(text)) {
            return Optional.empty();
        }
        for (int i = 0; i < words.size(); i++) {
            Optional<String> stop = vocabulary.stopWord(words.get(i));
            if (stop.isPresent()) {
                boolean stopBy = i + 1 < words.size() && words.get(i + 1).text().equals("by");
                return stopBy ? Optional.empty() : stop;
            }
            if (!vocabulary.isSmall(words.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Rule 3. */
    private Optional<String> capitals(List<Word> words) {
        return words.stream()
                .filter(Word::inCapitals)
                .flatMap(word -> vocabulary.stopWord(word).stream())
                .findFirst();
    }

    /** Rule 4, first half. */
    private Optional<String> anywhere(List<Word> words, StopPlace place) {
        if (!place.isWhereAnyWordCounts()) {
            return Optional.empty();
        }
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean negated = i > 0
                    && word.before() == Word.Gap.WHITE_SPACE
                    && NEGATIONS.contains(words.get(i - 1).text());
            Optional<String> stop = vocabulary.stopWord(word);
            if (stop.isPresent() && !negated) {
                return stop;
            }
        }
        return Optional.empty();
    }

    /** Rule 4, second half: a message of nothing but wait, hold on and the like, and small words. */
    private Optional<String> brake(List<Word> words, StopPlace place) {
        if (!place.isWhereAnyWordCounts()) {
            return Optional.empty();
        }
        Optional<String> heard = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
            if (word.equals("hold") && (next.equals("on") || next.equals("it"))) {
                heard = heard.or(() -> Optional.of(word + " " + next));
                i++;
            } else if (BRAKES.contains(word)) {
                heard = heard.or(() -> Optional.of(word));
            } else if (!vocabulary.isSmall(words.get(i))) {
                return Optional.empty();
            }
        }
        return heard;
    }

    /** Rule 5, for a text that has no words. */
    private static Optional<String> onlyStopSigns(String text) {
        int[] pictures = text.codePoints().filter(Emoji::isPicture).toArray();
        boolean stop = pictures.length > 0 && Arrays.stream(pictures).allMatch(Emoji::isStopSign);
        return stop ? Optional.of(Character.toString(pictures[0])) : Optional.empty();
    }

    /** What is looked at when nothing but quotations and code was said: the inline code, else everything. */
    private List<Word> restored(String text) {
        List<Word> withInlineCode = spoken.in(Markup.withoutQuotesAndFences(text));
        return withInlineCode.isEmpty() ? spoken.in(text) : withInlineCode;
    }

    /** The words without the first line, if that is another bot's command and those do not count here. */
    private List<Word> heardByRule1(List<Word> words, String text, StopPlace place) {
        if (place.isWhereCommandsOfOtherBotsCount() || !isCommandOfOtherBot(words, text)) {
            return words;
        }
        return words.stream()
                .skip(1)
                .dropWhile(word -> word.before() != Word.Gap.LINE)
                .toList();
    }

    private boolean isCommandOfOtherBot(List<Word> words, String text) {
        String said = text.strip();
        return said.length() > 1
                && MARKS_OF_OTHER_BOTS.indexOf(said.charAt(0)) >= 0
                && Character.isLetter(said.codePointAt(1))
                && vocabulary.isStopWord(words.getFirst());
    }
}
