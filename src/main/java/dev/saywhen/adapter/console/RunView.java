package dev.saywhen.adapter.console;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the HTTP API shows it; what is not there yet is null.
 *
 * @param title the newest plan's title, before there is one the task as it was asked for, on one line
 * @param thread the platform's id of the thread's first message
 * @param requester {@code platform:team:user}
 * @param commits full hashes, the oldest first
 * @param cost {@code modelCalls}, {@code tokensRead}, {@code tokensWritten} and, where the price of every call is known,
 *     {@code dollars}; empty where no model was asked
 */
record RunView(
        String id,
        String title,
        String project,
        String platform,
        String team,
        String channel,
        String thread,
        String requester,
        String openedAt,
        String phase,
        String state,
        @Nullable Plan plan,
        @Nullable Authorization authorization,
        @Nullable Held held,
        @Nullable String branch,
        List<String> commits,
        Map<String, Number> cost) {
    /** The newest plan; {@code postedAt} and {@code expiresAt} while it waits for a yes. */
    record Plan(
            int revision,
            String digest,
            @Nullable String postedAt,
            @Nullable String expiresAt,
            String request) {}

    /** The yes that counts, or the newest of several that are needed; {@code missing} is how many more are. */
    record Authorization(String by, @Nullable String phrase, String at, int revision, int missing) {}

    /** Who or what holds it. */
    record Held(String by, String at, String words) {}
}
