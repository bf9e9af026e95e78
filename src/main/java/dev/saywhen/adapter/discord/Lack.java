package dev.saywhen.adapter.discord;

import java.util.List;

/**
 * What the bot may not do in a channel, by the names of Discord's settings.
 *
 * @param channel as people write it
 * @param toWork without these no run goes on there
 * @param beside without these a sign or a file is missing, and everything goes on
 */
public record Lack(String channel, List<String> toWork, List<String> beside) {
    public Lack {
        toWork = List.copyOf(toWork);
        beside = List.copyOf(beside);
    }

    /** Where somebody who runs the server allows it. */
    public static String whereToAllow() {
        return DiscordRefused.WHERE_TO_ALLOW;
    }
}
