package dev.saywhen.adapter.slack;

import org.jspecify.annotations.Nullable;

/** Slack answered no. The message says what was asked, what Slack said, and what to do. */
public final class SlackRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final String APP_TOKEN_METHOD = "apps.connections.open";

    private final String error;
    private final boolean isAboutAppToken;

    SlackRefused(String what, String error, @Nullable String needed) {
        super("Slack does not take " + what + ": " + error + hint(error, needed));
        this.error = error;
        this.isAboutAppToken = what.equals(APP_TOKEN_METHOD);
    }

    /** Slack's own word for it, such as {@code invalid_auth}. */
    public String error() {
        return error;
    }

    /** Whether the app token was used, and not the bot token. */
    public boolean isAboutAppToken() {
        return isAboutAppToken;
    }

    /** Whether the bot may not speak or hear there: trying again makes no difference until somebody changes that. */
    boolean isAboutThePlace() {
        return switch (error) {
            case "not_in_channel",
                    "channel_not_found",
                    "is_archived",
                    "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_locked",
                    "missing_scope",
                    "invalid_auth",
                    "token_revoked",
                    "account_inactive" -> true;
            default -> false;
        };
    }

    private static String hint(String error, @Nullable String needed) {
        return switch (error) {
            case "missing_scope" ->
                ". The app lacks the scope " + (needed == null ? "for it" : needed)
                        + ": paste bot-manifest.yml again and reinstall the app.";
            case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive" ->
                ". Copy the token anew from the app's page, see docs/slack.md.";
            case "not_allowed_token_type" -> ". Bot tokens begin with xoxb-, app tokens with xapp-.";
            case "not_in_channel", "channel_not_found" -> ". Invite the bot to that channel.";
            case "is_archived" -> ". The channel is archived.";
            default -> "";
        };
    }
}
