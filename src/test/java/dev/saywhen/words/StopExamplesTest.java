package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.words.StopPlace.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code stop.jsonl}. */
final class StopExamplesTest {

    private final StopRecognition recognition = new StopRecognition(Set.of(), "saywhen");

    static List<JsonNode> examples() {
        return Examples.of("stop.jsonl");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void is_heard_or_not_as_the_example_says(JsonNode example) {
        assertEquals(example.get("expect").asBoolean(), heard(example).isPresent(), example::toString);
    }

    @Test
    void no_example_is_lost() {
        assertEquals(101, examples().size());
    }

    private Optional<String> heard(JsonNode example) {
        String text = example.get("text").asText();
        StopPlace place = place(example.get("where").asText());
        boolean machine = example.path("author").asText().equals("bot");
        return machine ? recognition.hearMachine(text, place) : recognition.hear(text, place);
    }

    private static StopPlace place(String where) {
        return switch (where) {
            case "channel" -> StopPlace.ANYWHERE_ELSE;
            case "dm" -> StopPlace.of(Trait.DIRECT_MESSAGE);
            case "project-channel" -> StopPlace.of(Trait.PROJECT_CHANNEL, Trait.CHANNEL_OF_ACTING_PROJECT);
            case "own-thread-while-acting" -> StopPlace.of(Trait.RUN_THREAD, Trait.THREAD_OF_ACTING_RUN);
            default -> throw new IllegalArgumentException("No such place: " + where);
        };
    }
}
