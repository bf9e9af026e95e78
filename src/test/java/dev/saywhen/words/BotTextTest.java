package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that the bot can say is a STOP when another bot, a bridge or a second Saywhen repeats it.
 *
 * <p>Every string of the sources is tried, since a text that somebody adds tomorrow must be among them; what is put into
 * it at run time is tried in the tests that drive a run.
 */
final class BotTextTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/saywhen");
    /** Where strings are what is listened for, not what is said. */
    private static final Path LISTENING = SOURCES.resolve("words");
    /** Where what people read in a chat is written; what is said elsewhere goes to logs, terminals and exceptions. */
    private static final List<Path> SPEAKING = Stream.of(
                    "flow",
                    "phase",
                    "plan",
                    "safety",
                    "engineer",
                    "adapter/blueprint",
                    "adapter/local",
                    "boot/Help.java")
            .map(SOURCES::resolve)
            .toList();

    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\\s*\\n(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u+[0-9a-fA-F]{4}");
    /** A key, an option, a name in a protocol. */
    private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9_./:%=*-]*");

    private final StopRecognition ears = new StopRecognition(Set.of(), "saywhen");

    @Test
    void no_sentence_in_the_sources_is_a_stop_when_a_bot_says_it() throws IOException {
        List<String> texts = texts(file -> !file.startsWith(LISTENING));
        assertTrue(texts.size() > 500, "the sources were found");
        assertTrue(texts.stream().anyMatch(text -> text.startsWith("STOPPED, CONFIRMED.")), "receipts are among them");

        List<String> heard = texts.stream()
                .filter(text -> ears.hearMachine(text).isPresent())
                .toList();
        assertEquals(List.of(), heard);
    }

    @Test
    void no_sentence_in_the_sources_is_a_stop_when_a_person_repeats_it_somewhere() throws IOException {
        List<String> heard = texts(file -> SPEAKING.stream().anyMatch(file::startsWith)).stream()
                .filter(text -> ears.hear(text, StopPlace.ANYWHERE_ELSE).isPresent())
                .toList();

        assertEquals(List.of(), heard);
    }

    private static List<String> texts(Predicate<Path> isMeant) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(isMeant)
                    .toList()) {
                String source = withoutComments(Files.readString(file));
                add(texts, TEXT_BLOCK.matcher(source), true);
                add(texts, STRING.matcher(TEXT_BLOCK.matcher(source).replaceAll("")), false);
            }
        }
        return texts;
    }

    private static void add(List<String> texts, Matcher found, boolean isBlock) {
        while (found.find()) {
            String written = isBlock ? found.group(1).stripIndent() : found.group(1);
            String text = UNICODE.matcher(written).replaceAll("$1?").translateEscapes();
            if (!ONE_WORD.matcher(text).matches()) {
                texts.add(text);
            }
        }
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?m)^\\s*(//|/\\*\\*?|\\*).*$", "");
    }
}
