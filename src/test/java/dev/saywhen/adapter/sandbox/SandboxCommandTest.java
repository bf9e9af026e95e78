package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxCommandTest {
    @Test
    void a_command_has_a_program() {
        refuses(List.of(), Map.of(), Duration.ofSeconds(1), 1);
        refuses(List.of(" "), Map.of(), Duration.ofSeconds(1), 1);
    }

    @Test
    void a_command_has_limits() {
        refuses(List.of("true"), Map.of(), Duration.ZERO, 1);
        refuses(List.of("true"), Map.of(), Duration.ofSeconds(1), 0);
    }

    @Test
    void nothing_of_a_command_ends_where_a_c_program_would_end_it() {
        refuses(List.of("echo", "a\0b"), Map.of(), Duration.ofSeconds(1), 1);
        refuses(List.of("true"), Map.of("A", "\0"), Duration.ofSeconds(1), 1);
    }

    @Test
    void the_name_of_a_variable_holds_no_equals_sign() {
        refuses(List.of("true"), Map.of("A=B", "1"), Duration.ofSeconds(1), 1);
        refuses(List.of("true"), Map.of("", "1"), Duration.ofSeconds(1), 1);
    }

    private static void refuses(
            List<String> argv, Map<String, String> environment, Duration timeLimit, long outputLimit) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new SandboxCommand(
                        argv, Path.of("tree"), environment, timeLimit, outputLimit, Path.of("output"), false));
    }
}
