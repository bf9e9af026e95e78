package dev.saywhen.adapter.slack;

import java.util.Set;
import java.util.TreeSet;

/** The methods of Slack's Web API that are called, and the scopes of the bot token each needs. */
enum SlackMethod {
    AUTH_TEST("auth.test"),
    OPEN_CONNECTION(SlackRefused.APP_TOKEN_METHOD),
    POST_MESSAGE("chat.postMessage", "chat:write"),
    UPDATE("chat.update", "chat:write"),
    ADD_REACTION("reactions.add", "reactions:write"),
    USER("users.info", "users:read"),
    MEMBERSHIPS("users.conversations", "channels:read", "groups:read", "im:read", "mpim:read"),
    CHANNEL("conversations.info", "channels:read", "groups:read", "im:read", "mpim:read"),
    CHANNELS("conversations.list", "channels:read"),
    JOIN("conversations.join", "channels:join"),
    HISTORY("conversations.history", "channels:history", "groups:history", "im:history", "mpim:history"),
    REPLIES("conversations.replies", "channels:history", "groups:history", "im:history", "mpim:history"),
    SET_STATUS("agents.sessions.setStatus", "chat:write", "assistant:write"),
    UPLOAD_URL("files.getUploadURLExternal", "files:write"),
    COMPLETE_UPLOAD("files.completeUploadExternal", "files:write");

    private final String method;
    private final Set<String> scopes;

    SlackMethod(String method, String... scopes) {
        this.method = method;
        this.scopes = Set.of(scopes);
    }

    /** Every scope without which something that people rely on would be missing. */
    static Set<String> needed(boolean isToJoin) {
        Set<String> needed = new TreeSet<>(Set.of("reactions:read"));
        for (SlackMethod method : values()) {
            if (method != SET_STATUS && (method != JOIN || isToJoin)) {
                needed.addAll(method.scopes);
            }
        }
        return needed;
    }

    Set<String> scopes() {
        return scopes;
    }

    @Override
    public String toString() {
        return method;
    }
}
