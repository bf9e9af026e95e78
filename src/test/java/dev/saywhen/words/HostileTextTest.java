package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of the greatest length that are made to be slow or to break something. Only results are asserted; a reader
 * that is not linear makes this class slow.
 */
final class HostileTextTest {

    private static final int LENGTH = 20_000;

    private final ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
    private final Commands commands = new Commands("saywhen");
    private final NearMiss nearMiss = new NearMiss("saywhen");
    private final StopRecognition recognition = new StopRecognition(Set.of(), "saywhen");

    static List<String> noise() {
        List<String> patterns = List.of(
                "*",
                "_",
                "~",
                "|",
                "`",
                "``",
                "```",
                "````",
                " `a",
                " ``a `",
                "`a` ",
                "```a",
                "``` `` ` ",
                ">",
                "> ",
                ">\n",
                "> ```\n",
                "\n",
                "\r",
                " ",
                "\t",
                "\u00a0",
                "\u0000",
                "\u200b",
                "\u200f\u202e",
                "\u0301",
                "\u0301\u0323",
                "\uff9e\u0301",
                "a\u0301",
                "\ufdfa",
                "\ud83d",
                "\udc4d",
                "\ud83d ",
                "\u03a3",
                "\u0130",
                "\u212a",
                "@",
                "@a",
                "@.",
                "@-",
                "@a.",
                "..",
                "@saywhenx ",
                "@\u0301",
                " - ",
                "-",
                " -",
                "- ",
                "a-",
                "a'",
                "-'",
                "(",
                ")",
                "🚀",
                "🏽",
                "\u20e3",
                "\ufe0f",
                "\u200d",
                "r1 ",
                "no-",
                "s",
                "st",
                "sto ",
                "ABORTS ",
                "\u2028");
        return patterns.stream()
                .map(pattern -> pattern.repeat(LENGTH / pattern.length()))
                .toList();
    }

    static List<String> sortedMarks() {
        return List.of(
                "\u0301".repeat(LENGTH / 2) + "\u0323".repeat(LENGTH / 2),
                "a" + "\u0301\u0323".repeat(LENGTH / 2),
                "\u0301".repeat(LENGTH / 2) + "\uff9e".repeat(LENGTH / 2));
    }

    @ParameterizedTest
    @MethodSource({"noise", "sortedMarks"})
    void noise_means_nothing(String noise) {
        assertEquals(Optional.empty(), phrases.read(noise));
        assertEquals(Optional.empty(), commands.read(noise));
        assertFalse(nearMiss.matches(noise.replace("👍", "")));
        assertEquals(Optional.empty(), recognition.hear(noise, StopPlace.EVERYWHERE));
        assertEquals(Optional.empty(), recognition.hearMachine(noise));
        assertFalse(recognition.coversEverything(noise));
        assertFalse(recognition.isStopEmoji(noise));
    }

    @ParameterizedTest
    @MethodSource({"noise", "sortedMarks"})
    void noise_on_the_line_above_hides_no_stop_in_capitals(String noise) {
        assertEquals(Optional.of("stop"), recognition.hear(noise + "\nSTOP\n", StopPlace.ANYWHERE_ELSE));
        assertEquals(Optional.of("stop"), recognition.hear("\nSTOP\n" + noise, StopPlace.ANYWHERE_ELSE));
    }

    @ParameterizedTest
    @MethodSource({"noise", "sortedMarks"})
    void noise_beside_a_phrase_makes_it_no_consent(String noise) {
        boolean whiteSpace = noise.chars().allMatch(c -> NarrowNormalisation.isWhiteSpace((char) c));
        assertEquals(whiteSpace, phrases.read("yes" + noise).isPresent());
        assertEquals(whiteSpace, phrases.read(noise + "yes").isPresent());
        assertEquals(whiteSpace, phrases.read("please" + noise + "proceed").isPresent());
    }

    @Test
    void a_stop_word_of_any_length_is_heard_and_told_short() {
        String stretched = "s".repeat(5_000) + "t".repeat(5_000) + "o".repeat(5_000) + "p".repeat(5_000);
        assertEquals(Optional.of("stop"), recognition.hear(stretched, StopPlace.ANYWHERE_ELSE));
        assertEquals(Optional.of("stop"), recognition.hear("stop ".repeat(4_000), StopPlace.ANYWHERE_ELSE));
        assertEquals(Optional.empty(), recognition.hear("x stop ".repeat(2_500), StopPlace.ANYWHERE_ELSE));
    }

    @Test
    void no_soup_of_hostile_pieces_throws() {
        Random random = new Random(31);
        for (int round = 0; round < 20_000; round++) {
            String text = soup(random);
            recognition.hear(text, StopPlace.ANYWHERE_ELSE);
            recognition.hear(text, StopPlace.EVERYWHERE);
            recognition.hearMachine(text);
            recognition.coversEverything(text);
            recognition.isStopEmoji(text);
            nearMiss.matches(text);
            commands.read(text);
            phrases.read(text);
        }
    }

    /** Whatever else a message holds: a line of its own that says it, outside quotations and code, is heard. */
    @Test
    void a_line_that_says_stop_is_heard_in_any_soup_without_back_ticks() {
        Random random = new Random(32);
        for (int round = 0; round < 20_000; round++) {
            String above = soup(random).replace("`", "");
            String below = soup(random).replace("`", "");
            String text = "x" + above + "\nplease stop\n" + below;
            assertTrue(recognition.hear(text, StopPlace.ANYWHERE_ELSE).isPresent(), text);
        }
    }

    private static String soup(Random random) {
        List<String> pieces = List.of(
                "`",
                "```",
                ">",
                "\n",
                "\r",
                " ",
                "@",
                "@saywhen",
                "@saywhen.",
                "-",
                "'",
                ".",
                "*",
                "_",
                "stop",
                "STOP",
                "halt",
                "not ",
                "by",
                "\u0301",
                "\u200b",
                "🛑",
                "🏽",
                "\ufe0f",
                "\u20e3",
                "\ud83d",
                "\udc4d",
                "\u0000",
                "ŀ",
                "ﬁ",
                "!",
                "(",
                "hold on",
                "yes",
                "r3",
                "change ",
                "!aside",
                "é",
                "ß",
                "你");
        StringBuilder soup = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            soup.append(pieces.get(random.nextInt(pieces.size())));
        }
        return soup.toString();
    }
}
