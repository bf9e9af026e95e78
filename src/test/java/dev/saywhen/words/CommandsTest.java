package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {

    private static final List<Map.Entry<String, Command>> WORDS = List.of(
            Map.entry("resume", new Command.Resume()),
            Map.entry("undo", new Command.Undo()),
            Map.entry("status", new Command.Status()),
            Map.entry("plan", new Command.Plan()),
            Map.entry("diff", new Command.Diff()),
            Map.entry("cancel", new Command.Cancel()),
            Map.entry("no", new Command.No()),
            Map.entry("not yet", new Command.No()),
            Map.entry("withdraw", new Command.Withdraw()),
            Map.entry("whoami", new Command.Whoami()),
            Map.entry("help", new Command.Help()));

    private final Commands commands = new Commands("saywhen");

    @ParameterizedTest
    @FieldSource("WORDS")
    void a_command_is_a_whole_message_with_or_without_the_mention(Map.Entry<String, Command> word) {
        Optional<Command> expected = Optional.of(word.getValue());
        assertEquals(expected, commands.read(word.getKey()));
        assertEquals(expected, commands.read("  " + word.getKey().toUpperCase(java.util.Locale.ROOT) + ".\n"));
        assertEquals(expected, commands.read("@saywhen " + word.getKey()));
        assertEquals(expected, commands.read("@Saywhen, " + word.getKey() + "!"));
        assertEquals(expected, commands.read(word.getKey() + " @saywhen"));
        assertEquals(Optional.empty(), commands.read(word.getKey() + "?"));
        assertEquals(Optional.empty(), commands.read(word.getKey() + " it"));
        assertEquals(Optional.empty(), commands.read("*" + word.getKey() + "*"));
        assertEquals(Optional.empty(), commands.read("@saywhen" + word.getKey()));
    }

    @Test
    void a_change_keeps_its_text_as_it_was_written() {
        assertEquals(change("the column to ISBN-13"), commands.read("change the column to ISBN-13"));
        assertEquals(change("Use UUIDs.\n- Keys\n  - ids!"), commands.read(" Change\nUse UUIDs.\n- Keys\n  - ids!\n"));
        assertEquals(change("name -> title"), commands.read("@saywhen, CHANGE: name -> title"));
        assertEquals(change("it"), commands.read("@saywhen change it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change",
                "change:",
                "change ",
                "changes look good",
                "change-set 3 failed",
                "change's",
                "exchange it",
                "to change it",
                "сhange it",
                "*change* it"
            })
    void what_only_looks_like_a_change_is_none(String text) {
        assertEquals(Optional.empty(), commands.read(text));
    }

    @Test
    void an_aside_is_between_people() {
        assertEquals(aside("let us talk about Lunch"), commands.read("!aside let us talk about Lunch"));
        assertEquals(aside("yes, but\nlet us eat first"), commands.read("\n!Aside yes, but\nlet us eat first"));
        assertEquals(aside("yes"), commands.read("@saywhen !aside yes"));
        assertEquals(aside("change it"), commands.read("!aside change it"));
        assertEquals(aside(""), commands.read("!aside"));
        assertEquals(aside(": yes"), commands.read("!aside: yes"));
        assertEquals(Optional.empty(), commands.read("!asides yes"));
        assertEquals(Optional.empty(), commands.read("aside yes"));
        assertEquals(Optional.empty(), commands.read("so !aside yes"));
    }

    @Test
    void anything_else_is_no_command() {
        assertEquals(Optional.empty(), commands.read(""));
        assertEquals(Optional.empty(), commands.read("@saywhen"));
        assertEquals(Optional.empty(), commands.read("proceed"));
        assertEquals(Optional.empty(), commands.read("no no"));
        assertEquals(Optional.empty(), commands.read("no\u200b"));
    }

    private static Optional<Command> change(String text) {
        return Optional.of(new Command.Change(text));
    }

    private static Optional<Command> aside(String text) {
        return Optional.of(new Command.Aside(text));
    }
}
