package dev.saywhen.adapter.discord;

/** Discord answered no. The message says what was asked, what Discord said, and what to do. */
public final class DiscordRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Where somebody who runs the server finds a permission of the bot's. */
    static final String WHERE_TO_ALLOW = "Server Settings > Roles, or the channel's settings > Permissions";

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNKNOWN_CHANNEL = 10_003;
    private static final int UNKNOWN_MESSAGE = 10_008;
    private static final int NO_ACCESS = 50_001;
    private static final int NOT_TO_THIS_PERSON = 50_007;
    private static final int NO_PERMISSION = 50_013;
    private static final int ARCHIVED = 50_083;
    private static final int THREAD_LOCKED = 160_005;
    private static final int HAS_THREAD = 160_004;
    private static final int NO_THREADS_HERE = 50_024;

    private final int status;
    private final int code;
    private final long lacking;

    /**
     * @param what the call, as a method and a path
     * @param code Discord's own number for it, 0 where there is none
     */
    DiscordRefused(String what, int status, int code, String said) {
        super("Discord does not take " + what + ": " + status + " " + said + hint(what, status, code));
        this.status = status;
        this.code = code;
        this.lacking = lacking(what, code);
    }

    /** What is wrong with the application's settings. */
    DiscordRefused(String wrong) {
        super(wrong);
        this.status = 0;
        this.code = 0;
        this.lacking = 0;
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
                || code == NOT_TO_THIS_PERSON
                || code == ARCHIVED
                || code == THREAD_LOCKED
                || (status == FORBIDDEN && code == 0);
    }

    /** Of a direct conversation: it is not there, or its person takes nothing from the bot. */
    boolean isConversationOver() {
        return code == UNKNOWN_CHANNEL || code == NOT_TO_THIS_PERSON;
    }

    /** The bot may be there, and not do that. */
    boolean isPermission() {
        return code == NO_PERMISSION;
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

    /** The permissions of which one is missing, as Discord's number; 0 where it is not that. */
    long lacking() {
        return lacking;
    }

    /** Why, for people who see no calls. */
    String why() {
        if (isAboutTheToken()) {
            return "Discord takes the bot's token no more";
        }
        return switch (code) {
            case NO_ACCESS, NO_PERMISSION -> lacks(lacking, " or ");
            case UNKNOWN_CHANNEL -> "it is not there any more";
            case NOT_TO_THIS_PERSON -> "this person takes no direct messages from the bot";
            case ARCHIVED, THREAD_LOCKED -> "the thread is archived or locked";
            default -> "Discord refuses it";
        };
    }

    /** @param among stands between them */
    static String lacks(long rights, String among) {
        return "the bot's role lacks " + String.join(among, Right.shown(rights));
    }

    private static long lacking(String what, int code) {
        return switch (code) {
            case NO_ACCESS -> Right.VIEW_CHANNELS.bit();
            case NO_PERMISSION -> Right.takenBy(what);
            default -> 0;
        };
    }

    private static String hint(String what, int status, int code) {
        if (status == UNAUTHORIZED) {
            return ". Copy the token anew from the application's page, see docs/discord.md.";
        }
        return switch (code) {
            case NO_ACCESS, NO_PERMISSION ->
                ". There " + lacks(lacking(what, code), " or ") + ": " + WHERE_TO_ALLOW + "."
                        + (code == NO_ACCESS ? " A private thread needs the bot among its members." : "");
            case UNKNOWN_CHANNEL -> ". It is not there any more.";
            case NOT_TO_THIS_PERSON -> ". This person takes no direct messages from the bot.";
            case ARCHIVED, THREAD_LOCKED -> ". The thread is archived or locked.";
            default -> "";
        };
    }
}
