package dev.saywhen.adapter.discord;

/** Discord answered no. The message says what was asked, what Discord said, and what to do. */
public final class DiscordRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNKNOWN_CHANNEL = 10_003;
    private static final int UNKNOWN_MESSAGE = 10_008;
    private static final int NO_ACCESS = 50_001;
    private static final int NO_PERMISSION = 50_013;
    private static final int ARCHIVED = 50_083;
    private static final int THREAD_LOCKED = 160_005;
    private static final int HAS_THREAD = 160_004;
    private static final int NO_THREADS_HERE = 50_024;

    private final int status;
    private final int code;

    /** @param code Discord's own number for it, 0 where there is none */
    DiscordRefused(String what, int status, int code, String said) {
        super("Discord does not take " + what + ": " + status + " " + said + hint(status, code));
        this.status = status;
        this.code = code;
    }

    /** What is wrong with the application's settings. */
    DiscordRefused(String wrong) {
        super(wrong);
        this.status = 0;
        this.code = 0;
    }

    boolean isAboutTheToken() {
        return status == UNAUTHORIZED;
    }

    /** Whether the bot may not speak or hear there: trying again makes no difference until somebody changes that. */
    boolean isAboutThePlace() {
        return isAboutTheToken()
                || code == UNKNOWN_CHANNEL
                || code == NO_ACCESS
                || code == NO_PERMISSION
                || code == ARCHIVED
                || code == THREAD_LOCKED
                || (status == FORBIDDEN && code == 0);
    }

    boolean isUnknownMessage() {
        return code == UNKNOWN_MESSAGE;
    }

    /** There is nothing of that name. */
    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** The message has a thread already: it is the one to use. */
    boolean hasThread() {
        return code == HAS_THREAD;
    }

    /** In channels of this kind nothing has a thread. */
    boolean takesNoThreads() {
        return code == NO_THREADS_HERE;
    }

    private static String hint(int status, int code) {
        if (status == UNAUTHORIZED) {
            return ". Copy the token anew from the application's page, see docs/discord.md.";
        }
        return switch (code) {
            case NO_ACCESS, UNKNOWN_CHANNEL -> ". Let the bot's role view that channel.";
            case NO_PERMISSION -> ". The bot's role lacks a permission there: docs/discord.md lists them.";
            case ARCHIVED, THREAD_LOCKED -> ". The thread is archived or locked.";
            default -> "";
        };
    }
}
