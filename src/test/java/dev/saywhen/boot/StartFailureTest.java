package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.boot.home.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import liquibase.exception.LockException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
    @Test
    void an_unknown_key_is_named_with_the_one_that_was_meant() {
        assertEquals(
                Optional.of("saywhen.hearing.limitt is no key of Saywhen; saywhen.hearing.limit is one."
                        + " Correct it or leave it out: docs/configuration.md lists them all."),
                StartFailure.configuration(
                        "SRCFG00050: saywhen.hearing.limitt in SysPropConfigSource does not map to any root"));
        assertEquals(
                Optional.of("saywhen.projects.\"shop\".repositroy is no key of Saywhen;"
                        + " saywhen.projects.\"NAME\".repository is one."
                        + " Correct it or leave it out: docs/configuration.md lists them all."),
                StartFailure.configuration(
                        "SRCFG00050: saywhen.projects.\"shop\".repositroy in env does not map to any root"));
        assertEquals(
                Optional.of("saywhen.colour is no key of Saywhen."
                        + " Correct it or leave it out: docs/configuration.md lists them all."),
                StartFailure.configuration("SRCFG00050: saywhen.colour in env does not map to any root"));
    }

    @Test
    void a_value_that_is_not_understood_is_named_with_the_form_it_should_have() {
        assertEquals(
                Optional.of("saywhen.plan.time-to-live=soon is not understood. It is a time, as in 90s, 15m or 2h."
                        + " Without it the default counts."),
                StartFailure.configuration("SRCFG00039: The config property saywhen.plan.time-to-live with the config"
                        + " value \"soon\" threw an Exception whilst being converted Invalid duration: soon"));
        assertEquals(
                Optional.of("saywhen.projects.\"shop\".approvals=two is not understood. It is a whole number."
                        + " Without it the default counts."),
                StartFailure.configuration(
                        "SRCFG00039: The config property saywhen.projects.\"shop\".approvals with the"
                                + " config value \"two\" threw an Exception whilst being converted SRCFG00029: Expected"));
    }

    @Test
    void a_missing_or_empty_value_is_named() {
        assertEquals(
                Optional.of("saywhen.projects.\"x\".repository is missing."
                        + " Name it, as in: ./saywhen -- 'saywhen.projects.\"x\".repository=VALUE'"),
                StartFailure.configuration("SRCFG00014: The config property saywhen.projects.\"x\".repository is"
                        + " required but it could not be found in any config source"));
        assertEquals(
                Optional.of("saywhen.name is empty. Give it a value, or leave it out for the default."),
                StartFailure.configuration("SRCFG00040: The config property saywhen.name is defined as the empty"
                        + " String (\"\") which the following Converter considered to be null: x"));
    }

    @Test
    void a_schema_that_is_locked_is_told_with_the_way_out(@TempDir Path logs) {
        assertEquals(
                "The database's schema is locked. If another node is starting on it, wait for that and start again;"
                        + " if none is, one was killed while it started: update databasechangeloglock set locked = false",
                new StartFailure(logs, _ -> "the port").line(new IllegalStateException(new LockException("held"))));
    }

    @Test
    void a_refusal_speaks_for_itself_and_anything_else_leaves_its_stack_in_a_file(@TempDir Path logs) throws Exception {
        StartFailure failure = new StartFailure(logs, _ -> "the port");
        assertEquals("what to do", failure.line(new IllegalStateException(new StartRefused("what to do"))));

        assertEquals(
                "Saywhen did not start: java.lang.IllegalStateException: odd. More in "
                        + logs.resolve("start-failure.txt"),
                failure.line(new IllegalStateException("odd")));
        assertEquals(
                "java.lang.IllegalStateException: odd",
                Files.readAllLines(logs.resolve("start-failure.txt")).getFirst());
    }
}
