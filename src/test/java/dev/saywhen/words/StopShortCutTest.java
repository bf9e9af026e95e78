package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts that are not looked at closely because no stop word can be in them: nothing is missed by that. */
class StopShortCutTest {
    private static final int TEXTS = 100_000;

    /** What stop words are made of, what may stand between their letters, and what surrounds them. */
    private static final List<String> PIECES = List.of(
            "s",
            "t",
            "o",
            "p",
            "S",
            "T",
            "O",
            "P",
            "st",
            "op",
            "sto",
            "stop",
            "STOP",
            "halt",
            "Halt",
            "ab",
            "ort",
            "abort",
            "fre",
            "eze",
            "freeze",
            "no-go",
            "no",
            "go",
            "n0",
            "x",
            "the",
            "please",
            "now",
            "by",
            "don't",
            "all",
            "5",
            "1",
            " ",
            " ",
            " ",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "*",
            "_",
            "~",
            "|",
            "`",
            "``",
            "```",
            ">",
            "<",
            "@saywhen",
            "@bo",
            "@",
            "<@U1>",
            "#",
            ".",
            "!",
            "?",
            ",",
            ";",
            ":",
            "-",
            " - ",
            "'",
            "(",
            ")",
            "!stop",
            ".stop",
            "/",
            "&",
            "\ufe0f",
            "\u200b",
            "\u20e3",
            "\ud83d\uded1",
            "\u26d4",
            "\u017f",
            "\uff33\uff34\uff2f\uff30",
            "\u00e9");

    private static final List<StopPlace> PLACES = List.of(
            StopPlace.EVERYWHERE,
            new StopPlace(Set.of()),
            new StopPlace(Set.of(StopPlace.Trait.DIRECT_MESSAGE)),
            new StopPlace(Set.of(StopPlace.Trait.PROJECT_CHANNEL)),
            new StopPlace(Set.of(StopPlace.Trait.RUN_THREAD)),
            new StopPlace(Set.of(StopPlace.Trait.CHANNEL_OF_ACTING_PROJECT)),
            new StopPlace(Set.of(StopPlace.Trait.THREAD_OF_ACTING_RUN)));

    private final StopRecognition recognition = new StopRecognition(Set.of("freeze", "no-go", "n0"), "saywhen");

    @Test
    void nothing_is_missed_that_a_close_look_hears() {
        Random random = new Random(7);
        int heard = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = Stream.generate(() -> PIECES.get(random.nextInt(PIECES.size())))
                    .limit(1 + random.nextInt(9))
                    .collect(Collectors.joining());
            StopPlace place = PLACES.get(i % PLACES.size());
            Optional<String> close = recognition.hearAll(text, place);
            assertEquals(close, recognition.hear(text, place), () -> "person: " + text);
            assertEquals(
                    recognition.hearAllOfMachine(text, place),
                    recognition.hearMachine(text, place),
                    () -> "machine: " + text);
            heard += close.isPresent() ? 1 : 0;
        }
        assertTrue(heard > TEXTS / 20, "the texts hold enough STOPs to say something: " + heard);
    }

    @Test
    void long_talk_is_passed_over_and_a_word_in_it_is_not() {
        StopVocabulary vocabulary = new StopVocabulary(Set.of(), "saywhen");
        String talk = "the build of the orders service took a while again today, as ever. ".repeat(300);

        assertEquals(false, vocabulary.mayStandIn(talk));
        assertEquals(true, vocabulary.mayStandIn(talk + "s*t*ooo**p"));
        assertEquals(true, vocabulary.mayStandIn(talk + "\u26d4"));
    }
}
