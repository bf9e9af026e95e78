package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.boot.home.StartRefused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedCommandTest {
    @Test
    void words_are_arguments_and_quotes_keep_them_together() {
        assertEquals(
                List.of("make", "check", "NAME=a b", "it's", ""),
                TypedCommand.read("k", " make  check 'NAME=a b' \"it's\" '' ").arguments());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "'make", "make 'a'b", "'' x"})
    void what_is_no_command_stops_the_start(String typed) {
        assertEquals(
                "k is a program and its arguments, with those that hold spaces in quotes, not: " + typed,
                assertThrows(StartRefused.class, () -> TypedCommand.read("k", typed))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"npm ci && npm test", "make | tee log", "a ; b", "a > b", "echo $(pwd)"})
    void what_wants_a_shell_stops_the_start(String typed) {
        assertEquals(
                "k is read by no shell. Name one program, or a script of the repository, not: " + typed,
                assertThrows(StartRefused.class, () -> TypedCommand.read("k", typed))
                        .getMessage());
    }
}
