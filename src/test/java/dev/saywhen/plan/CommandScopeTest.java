package dev.saywhen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandScopeTest {
    private static final Scopes SCOPES = new Scopes(
            List.of(new PathScope("src/**")),
            List.of(CommandScope.offline("mvn", "-o", "test"), new CommandScope(List.of("mvn", "fetch"), true)),
            List.of("saywhen/run-7"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mvn|mvn",
                "-Dtest=Book*Test#one|-Dtest=Book*Test#one",
                "a b|'a b'",
                "it's|'it'\\''s'",
                "\"\"|''",
                "$HOME|'$HOME'",
                "a;b|'a;b'",
                "`x`|'`x`'",
                "ü|'ü'"
            })
    void an_argument_is_quoted_unless_it_is_plain(String argument, String shown) {
        assertEquals("run " + shown, CommandScope.offline("run", argument).toString());
    }

    @Test
    void a_command_says_that_it_uses_the_network() {
        assertEquals("mvn fetch   (uses the network)", new CommandScope(List.of("mvn", "fetch"), true).toString());
    }

    @Test
    void a_command_has_a_program() {
        assertThrows(IllegalArgumentException.class, () -> CommandScope.offline());
        assertThrows(IllegalArgumentException.class, () -> CommandScope.offline(" "));
    }

    @Test
    void a_command_keeps_its_own_arguments() {
        List<String> arguments = new ArrayList<>(List.of("mvn"));
        CommandScope command = new CommandScope(arguments, false);
        arguments.add("deploy");

        assertEquals(List.of("mvn"), command.arguments());
    }

    @Test
    void only_the_exact_argument_list_is_covered() {
        assertTrue(SCOPES.coversCommand(List.of("mvn", "-o", "test"), false));
        assertFalse(SCOPES.coversCommand(List.of("mvn", "-o"), false));
        assertFalse(SCOPES.coversCommand(List.of("mvn", "-o", "test", "-X"), false));
        assertFalse(SCOPES.coversCommand(List.of("mvn", "test", "-o"), false));
        assertFalse(SCOPES.coversCommand(List.of("mvn -o test"), false));
        assertFalse(SCOPES.coversCommand(List.of("MVN", "-o", "test"), false));
        assertFalse(SCOPES.coversCommand(List.of(), false));
    }

    @Test
    void the_network_is_covered_only_where_it_is_named_and_only_as_it_is() {
        assertFalse(SCOPES.coversCommand(List.of("mvn", "-o", "test"), true));
        assertTrue(SCOPES.coversCommand(List.of("mvn", "fetch"), true));
        assertFalse(SCOPES.coversCommand(List.of("mvn", "fetch"), false));
    }

    @Test
    void only_the_named_branch_is_covered() {
        assertTrue(SCOPES.coversBranch("saywhen/run-7"));
        assertFalse(SCOPES.coversBranch("saywhen/run-70"));
        assertFalse(SCOPES.coversBranch("main"));
    }
}
