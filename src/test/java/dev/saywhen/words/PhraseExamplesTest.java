package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of {@code phrases.jsonl}, by the order of meaning: aside, phrase, command, near miss, anything else. */
final class PhraseExamplesTest {

    private final ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
    private final Commands commands = new Commands("saywhen");
    private final NearMiss nearMiss = new NearMiss("saywhen");

    static List<JsonNode> examples() {
        return Examples.of("phrases.jsonl");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void means_what_the_example_says(JsonNode example) {
        assertEquals(example.get("expect").asText(), meaning(example.get("text").asText()), example::toString);
    }

    @Test
    void no_example_is_lost() {
        assertEquals(95, examples().size());
    }

    private String meaning(String text) {
        if (commands.read(text).filter(Command.Aside.class::isInstance).isPresent()) {
            return "other";
        }
        if (phrases.read(text).isPresent()) {
            return "authorize";
        }
        if (commands.read(text).isPresent()) {
            return "other";
        }
        return nearMiss.matches(text) ? "near-miss" : "other";
    }
}
