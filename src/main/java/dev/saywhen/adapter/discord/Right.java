package dev.saywhen.adapter.discord;

import java.util.Arrays;
import java.util.List;

/** A permission that the bot's role needs, by the name that Discord's settings show. */
enum Right {
    VIEW_CHANNELS(10, "View Channels"),
    READ_HISTORY(16, "Read Message History"),
    SEND(11, "Send Messages"),
    CREATE_THREADS(35, "Create Public Threads"),
    SEND_IN_THREADS(38, "Send Messages in Threads"),
    MANAGE_THREADS(34, "Manage Threads"),
    ATTACH_FILES(15, "Attach Files"),
    ADD_REACTIONS(6, "Add Reactions");

    private final long bit;
    private final String shown;

    Right(int place, String shown) {
        this.bit = 1L << place;
        this.shown = shown;
    }

    long bit() {
        return bit;
    }

    /** Those that are in a number as Discord writes it, as people find them in its settings. */
    static List<String> shown(long rights) {
        return Arrays.stream(values())
                .filter(right -> (rights & right.bit) != 0)
                .map(right -> right.shown)
                .toList();
    }

    /** What a call takes, of which Discord says only that something is missing. */
    static long takenBy(String call) {
        String path = call.substring(call.indexOf(' ') + 1);
        if (call.startsWith("PUT") && path.contains("/reactions/")) {
            return ADD_REACTIONS.bit;
        }
        if (call.startsWith("POST") && path.endsWith("/threads")) {
            return CREATE_THREADS.bit;
        }
        if (call.startsWith("POST") && path.endsWith(Rest.WITH_A_FILE)) {
            return ATTACH_FILES.bit;
        }
        if (call.startsWith("POST") && path.endsWith("/messages")) {
            return SEND.bit | SEND_IN_THREADS.bit;
        }
        if (path.endsWith("/thread-members/@me") || (call.startsWith("PATCH") && !path.contains("/messages/"))) {
            return MANAGE_THREADS.bit;
        }
        return VIEW_CHANNELS.bit | READ_HISTORY.bit;
    }
}
