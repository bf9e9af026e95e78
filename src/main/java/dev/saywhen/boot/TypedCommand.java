package dev.saywhen.boot;

import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.plan.CommandScope;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command as an operator types it into the configuration: words, quoted where they hold white space. No shell reads it. */
final class TypedCommand {
    private static final Pattern WORD = Pattern.compile("\\G\\s*(?:'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+))(?=\\s|$)");
    private static final Pattern SHELL = Pattern.compile("&&|\\|\\|?|;|>|<|&|\\$\\(.*|`.*");

    private TypedCommand() {}

    /** @param key what a complaint names */
    static CommandScope read(String key, String typed) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(typed.strip());
        int end = 0;
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
            end = word.end();
        }
        if (words.isEmpty() || end < typed.strip().length() || words.getFirst().isBlank()) {
            throw new StartRefused(
                    key + " is a program and its arguments, with those that hold spaces in quotes, not: " + typed);
        }
        if (words.stream().anyMatch(any -> SHELL.matcher(any).matches())) {
            throw new StartRefused(
                    key + " is read by no shell. Name one program, or a script of the repository, not: " + typed);
        }
        return new CommandScope(words, false);
    }
}
