package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.saywhen.run.Phase;
import dev.saywhen.words.StopPlace;
import dev.saywhen.words.StopRecognition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Renders every prompt there is. What the engineer really puts into them, the tests of whole runs show. */
final class PromptsTest {
    private static final Path FILES = Path.of("src/main/resources/prompts");
    private static final Pattern LEFT_OPEN = Pattern.compile("\\{[#/!]?[a-zA-Z]|NOT_FOUND|\\$\\{");
    private static final int LONGEST = 5_000;

    private final Prompts prompts = new Prompts();
    private final StopRecognition ears = new StopRecognition(Set.of(), "saywhen");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "ASK, user, task answers files conventions",
        "PLAN, user, task answers files conventions kept builds servers",
        "EXECUTE, tests, step check paths plan",
        "EXECUTE, code, step check paths plan",
        "EXECUTE, mend, step seen paths plan",
        "DEBUG, mend, seen paths plan",
        "REVIEW, user, measured diff plan",
        "DOCUMENT, user, paths seen plan",
    })
    void a_prompt_shows_what_it_is_given_and_nothing_is_left_open(Phase phase, String task, String shown) {
        Map<String, Object> values = new HashMap<>(Map.of("answers", List.of(), "assumed", true));
        List<String> names = List.of(shown.split(" "));
        names.stream().filter(name -> !name.equals("answers")).forEach(name -> values.put(name, "<" + name + " here>"));
        if (names.contains("answers")) {
            values.put("answers", List.of("<answers here>", "<another answer here>"));
        }

        List<ChatMessage> messages = prompts.of(phase, task, values).messages();
        String system = ((SystemMessage) messages.getFirst()).text();
        String user = ((UserMessage) messages.getLast()).singleText();

        assertEquals(2, messages.size());
        assertTrue(system.startsWith("You are the backend engineer of a team."), system);
        assertTrue(system.contains("\nPhase " + phase + ". "), system);
        names.forEach(name -> assertTrue(user.contains("<" + name + " here>"), name + " in " + user));
        for (String text : List.of(system, user)) {
            assertFalse(LEFT_OPEN.matcher(text).find(), text);
            assertTrue(text.length() > 50 && text.length() < LONGEST, () -> text.length() + " characters");
            assertEquals(List.of(), stops(text), text);
        }
    }

    @Test
    void what_is_put_into_a_prompt_is_never_rendered_again() {
        String hostile = "{task}{#if true}{seen}{/if}${paths}";
        String user = ((UserMessage)
                        prompts.of(Phase.DOCUMENT, "user", Map.of("paths", hostile, "seen", "a secret", "plan", ""))
                                .messages()
                                .getLast())
                .singleText();
        assertTrue(user.contains("\n" + hostile + "\n"), user);
    }

    @Test
    void every_file_belongs_to_a_task_that_is_rendered_here() throws IOException {
        Set<String> rendered = new TreeSet<>(Set.of("engineer.md"));
        for (Phase phase : Phase.values()) {
            rendered.add(phase.name().toLowerCase(Locale.ROOT) + "/system.md");
        }
        rendered.addAll(Set.of(
                "ask/user.md",
                "plan/user.md",
                "execute/tests.md",
                "execute/code.md",
                "execute/mend.md",
                "debug/mend.md",
                "review/user.md",
                "document/user.md"));
        try (Stream<Path> files = Files.walk(FILES)) {
            assertEquals(
                    rendered,
                    new TreeSet<>(files.filter(Files::isRegularFile)
                            .map(file -> FILES.relativize(file).toString())
                            .toList()));
        }
    }

    /** Lines that would be a STOP if somebody repeated them; a prompt may show up in a log that a bridge mirrors. */
    private List<String> stops(String text) {
        return Stream.concat(Stream.of(text), text.lines())
                .filter(line -> ears.hear(line, StopPlace.ANYWHERE_ELSE).isPresent())
                .toList();
    }
}
