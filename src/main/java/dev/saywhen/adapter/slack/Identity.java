package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Who the bot is in its workspace, as {@code auth.test} says.
 *
 * @param user the bot's user, {@code U...}
 * @param bot the bot's own id, {@code B...}
 */
record Identity(TeamId team, String user, String bot) {
    static final Platform PLATFORM = new Platform("slack");
    private static final Pattern TIME = Pattern.compile("\\d{1,12}\\.\\d{1,6}");

    static TeamId team(String id) {
        return new TeamId(PLATFORM, id);
    }

    ChannelId channel(String id) {
        return new ChannelId(team, id);
    }

    MessageId message(String channel, String ts) {
        return new MessageId(channel(channel), ts);
    }

    ThreadId thread(String channel, String ts) {
        return new ThreadId(message(channel, ts));
    }

    /** Somebody of this workspace, or of the one that is named. */
    ActorId actor(String user, String ofTeam) {
        return new ActorId(ofTeam.startsWith("T") ? team(ofTeam) : team, user);
    }

    /** Whether the bot itself said this message. */
    boolean said(JsonNode message) {
        return message.path("user").asText().equals(user)
                || (!bot.isEmpty() && message.path("bot_id").asText().equals(bot));
    }

    /** When something was said: Slack's ids of messages are times. */
    static Instant time(String ts) {
        int dot = ts.indexOf('.');
        try {
            long seconds = Long.parseLong(dot < 0 ? ts : ts.substring(0, dot));
            String fraction = dot < 0 ? "0" : ts.substring(dot + 1);
            long micros = Long.parseLong((fraction + "000000").substring(0, 6));
            return Instant.ofEpochSecond(seconds, micros * 1_000);
        } catch (NumberFormatException strange) {
            throw new IllegalArgumentException("this is no time of Slack's: " + ts, strange);
        }
    }

    static boolean isTime(String ts) {
        return TIME.matcher(ts).matches();
    }
}
