package dev.saywhen.words;

import java.util.Map;
import java.util.Optional;

/**
 * Reads a command: the whole message after the normalisation of consent, with or without the mention; only
 * {@code change} and {@code !aside} are followed by text of their own, in as many lines as it takes.
 */
public final class Commands {

    private static final String CHANGE = "change";
    private static final String ASIDE = "!aside";

    private static final Map<String, Command> WHOLE_MESSAGES = Map.ofEntries(
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

    private final NarrowNormalisation normalisation;

    public Commands(String botName) {
        this.normalisation = new NarrowNormalisation(botName);
    }

    public Optional<Command> read(String text) {
        String said = normalisation.withoutMention(text);
        if (beginsWith(ASIDE, said)) {
            return Optional.of(new Command.Aside(NarrowNormalisation.trim(said.substring(ASIDE.length()))));
        }
        if (beginsWith(CHANGE, said)) {
            return change(said.substring(CHANGE.length()));
        }
        return Optional.ofNullable(WHOLE_MESSAGES.get(normalisation.normalise(text)));
    }

    /** {@code changes look good} and {@code change-set 3} are talk; {@code change} alone asks for nothing. */
    private static Optional<Command> change(String rest) {
        if (rest.isEmpty() || !NarrowNormalisation.separates(rest.charAt(0))) {
            return Optional.empty();
        }
        String wanted = NarrowNormalisation.trim(rest.substring(1));
        return wanted.isEmpty() ? Optional.empty() : Optional.of(new Command.Change(wanted));
    }

    /** Does the text begin with this, and not with a longer word? */
    private static boolean beginsWith(String prefix, String said) {
        int end = prefix.length();
        return said.length() >= end
                && NarrowNormalisation.lowerCase(said.substring(0, end)).equals(prefix)
                && (said.length() == end || !Character.isLetterOrDigit(said.codePointAt(end)));
    }
}
