package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * What the bot may do in a channel, and what it needs there: the permissions of its roles, and what the channel adds to them
 * and takes away (https://discord.com/developers/docs/topics/permissions#permission-overwrites). Numbers are Discord's, a bit
 * for each {@link Right}.
 */
final class Rights {
    static final long ADMINISTRATOR = 1L << 3;

    /** Without these nobody there would be heard, or read after a gap, or answered. */
    static final long TO_HEAR = Right.VIEW_CHANNELS.bit() | Right.READ_HISTORY.bit() | Right.SEND.bit();

    /** The same for a forum, in which the bot begins no posts and answers in those of others. */
    static final long TO_HEAR_A_FORUM =
            Right.VIEW_CHANNELS.bit() | Right.READ_HISTORY.bit() | Right.SEND_IN_THREADS.bit();

    /** Without these no run there has its thread. */
    static final long TO_WORK = Right.CREATE_THREADS.bit() | Right.SEND_IN_THREADS.bit();

    /** Where these are missing a sign or a file is missing, and everything goes on. */
    static final long BESIDE = Right.MANAGE_THREADS.bit() | Right.ATTACH_FILES.bit() | Right.ADD_REACTIONS.bit();

    static final long ALL = TO_HEAR | TO_WORK | BESIDE;

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
