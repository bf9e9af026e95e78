package dev.saywhen.boot;

import dev.saywhen.boot.home.StartRefused;
import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.exception.LockException;
import org.jspecify.annotations.Nullable;

/**
 * Why the service did not start, in one line for the person at the terminal: the key and what to do.
 *
 * <p>The logs are not set up yet when the configuration is what is wrong, so nothing else would tell.
 */
final class StartFailure {
    private static final Pattern CODE = Pattern.compile("SRCFG\\d+: ");
    private static final Pattern UNKNOWN = Pattern.compile("(saywhen\\S*) in (.+) does not map to any root");
    private static final Pattern MISSING =
            Pattern.compile("The config property (\\S+) is required but it could not be found in any config source");
    private static final Pattern WRONG = Pattern.compile(
            "The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted (.*)",
            Pattern.DOTALL);
    private static final Pattern EMPTY = Pattern.compile("The config property (\\S+) is defined as the empty String.*");

    private final Path logs;
    private final Function<QuarkusBindException, String> unbindable;

    /** @param unbindable the line for an address that cannot be had */
    StartFailure(Path logs, Function<QuarkusBindException, String> unbindable) {
        this.logs = logs;
        this.unbindable = unbindable;
    }

    String line(Throwable failure) {
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return String.valueOf(refused.getMessage());
            }
            if (cause instanceof QuarkusBindException bind) {
                return unbindable.apply(bind);
            }
            if (cause instanceof LockException) {
                return "The database's schema is locked. If another node is starting on it, wait for that and start again;"
                        + " if none is, one was killed while it started: update databasechangeloglock set locked = false";
            }
            root = cause;
        }
        Throwable reason = root;
        return configuration(String.valueOf(reason.getMessage())).orElseGet(() -> unexpected(failure, reason));
    }

    /** What a message of the configuration library means; empty if it is none. */
    static Optional<String> configuration(String message) {
        Matcher code = CODE.matcher(message);
        if (!code.find()) {
            return Optional.empty();
        }
        String text = message.substring(code.end()).lines().findFirst().orElse("");
        Matcher unknown = UNKNOWN.matcher(text);
        if (unknown.matches()) {
            String key = unknown.group(1);
            return Optional.of(key + " is no key of Saywhen"
                    + SaywhenKeys.nearest(key)
                            .map(near -> "; " + near + " is one")
                            .orElse("")
                    + ". Correct it or leave it out: docs/configuration.md lists them all.");
        }
        Matcher missing = MISSING.matcher(text);
        if (missing.matches()) {
            return Optional.of(
                    missing.group(1) + " is missing. Name it, as in: ./saywhen -- '" + missing.group(1) + "=VALUE'");
        }
        Matcher wrong = WRONG.matcher(text);
        if (wrong.matches()) {
            return Optional.of(wrong.group(1) + "=" + wrong.group(2) + " is not understood. "
                    + SaywhenKeys.form(wrong.group(1)) + " Without it the default counts.");
        }
        Matcher empty = EMPTY.matcher(text);
        if (empty.matches()) {
            return Optional.of(empty.group(1) + " is empty. Give it a value, or leave it out for the default.");
        }
        return Optional.of(text);
    }

    private String unexpected(Throwable failure, Throwable root) {
        StringWriter stack = new StringWriter();
        failure.printStackTrace(new PrintWriter(stack));
        Path file = logs.resolve("start-failure.txt");
        try {
            Files.writeString(file, stack.toString());
        } catch (IOException e) {
            return "Saywhen did not start: " + stack;
        }
        return "Saywhen did not start: " + root + ". More in " + file;
    }
}
