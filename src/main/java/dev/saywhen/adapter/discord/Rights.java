package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What the bot may do in a channel: the permissions of its roles, and what the channel adds to them and takes away
 * (https://discord.com/developers/docs/topics/permissions#permission-overwrites).
 */
final class Rights {
    static final long ADMINISTRATOR = 1L << 3;
    static final long VIEW_CHANNEL = 1L << 10;
    static final long SEND_MESSAGES = 1L << 11;
    static final long READ_MESSAGE_HISTORY = 1L << 16;

    /** Without these nobody there would be heard, or read after a gap, or answered. */
    static final long NEEDED = VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY;

    private Rights() {}

    /**
     * @param roles permissions by role
     * @param own the bot's roles
     * @param guild the server's id, which is the id of everybody's role
     */
    static long in(JsonNode channel, Map<String, Long> roles, Set<String> own, String guild, String bot) {
        long base = roles.getOrDefault(guild, 0L);
        for (String role : own) {
            base |= roles.getOrDefault(role, 0L);
        }
        if ((base & ADMINISTRATOR) != 0) {
            return -1L;
        }
        long rolesAllow = 0;
        long rolesDeny = 0;
        long everybodyAllows = 0;
        long everybodyDenies = 0;
        long ownAllow = 0;
        long ownDeny = 0;
        for (JsonNode overwrite : channel.path("permission_overwrites")) {
            String id = overwrite.path("id").asText();
            long allow = overwrite.path("allow").asLong();
            long deny = overwrite.path("deny").asLong();
            if (id.equals(guild)) {
                everybodyAllows = allow;
                everybodyDenies = deny;
            } else if (own.contains(id)) {
                rolesAllow |= allow;
                rolesDeny |= deny;
            } else if (id.equals(bot)) {
                ownAllow = allow;
                ownDeny = deny;
            }
        }
        long everybody = (base & ~everybodyDenies) | everybodyAllows;
        long byRoles = (everybody & ~rolesDeny) | rolesAllow;
        return (byRoles & ~ownDeny) | ownAllow;
    }
}
