package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptOutputsTest {
    @TempDir
    Path home;

    private KeptOutputs outputs;

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(home.resolve("output/run-1"));
        outputs = new KeptOutputs(home);
    }

    @Test
    void all_that_was_printed_is_there() throws IOException {
        Files.writeString(home.resolve("output/run-1/0001.log"), "größe\n".repeat(100_000));

        assertEquals("größe\n".repeat(100_000), whole("output/run-1/0001.log"));
    }

    @Test
    void of_very_much_the_beginning_and_the_end_are() throws IOException {
        Files.writeString(home.resolve("output/run-1/0001.log"), "begin" + "x".repeat(20_000_000) + "end");

        String whole = whole("output/run-1/0001.log");

        assertTrue(whole.startsWith("beginx") && whole.endsWith("xend"));
        assertTrue(whole.contains("x\n[10,000,008 bytes left out]\nx"));
        assertTrue(whole.length() < 10_000_100);
    }

    @Test
    void what_is_gone_or_no_output_is_told_by_the_excerpt() throws IOException {
        Files.writeString(home.resolve("secret"), "secret");

        assertEquals("excerpt", whole("output/run-1/0002.log"));
        assertEquals("excerpt", whole("output/../secret"));
        assertEquals("excerpt", whole(home.resolve("secret").toString()));
    }

    private String whole(String output) {
        return outputs.whole(new dev.saywhen.safety.CommandResult(
                dev.saywhen.safety.CommandResult.Ending.EXITED, 0, Duration.ZERO, "excerpt", output));
    }
}
