package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.words.StopRecognition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can wait until a burst is over: talk in which nobody can have said stop. */
final class GlanceTest {
    private static final String CHANNEL = "900000000000000010";

    private final Glance glance =
            new Glance(CHANNEL::equals, new StopRecognition(Set.of("freeze"), "saywhen")::mayHear);

    @Test
    void talk_in_a_channel_can_wait() {
        assertTrue(glance.canWait(message("has anyone seen the dashboard of the orders?")));
        assertTrue(glance.canWait(message("<@900000000000000022> **bold** see http://example.org/this")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop",
                "STOP everything",
                "s*t*o*p",
                "please haaalt",
                "||a-b-o-r-t||",
                "[this](http://example.org/stop)",
                "freeze",
                "the bus stopped",
                "\\u0073top",
                "\\ud83d\\uded1",
                "st\u200bop",
                "ｓｔｏｐ",
                "⛔",
                "🛑"
            })
    void what_may_be_a_stop_is_read_at_once(String text) {
        assertFalse(glance.canWait(message(text)));
    }

    @Test
    void whatever_is_no_new_message_in_a_servers_channel_is_read_at_once() {
        String talk = message("all is well");
        assertFalse(glance.canWait(talk.replace(CHANNEL, "900000000000000500")), "a thread, or a direct conversation");
        assertFalse(glance.canWait(talk.replace(
                "\"author\"",
                "\"message_reference\":{\"channel_id\":\"900000000000000500\",\"message_id\":\"1\"},\"author\"")));
        assertFalse(glance.canWait(talk.replace("MESSAGE_CREATE", "MESSAGE_UPDATE")));
        assertFalse(glance.canWait(talk.replace("MESSAGE_CREATE", "CHANNEL_DELETE")));
        assertFalse(glance.canWait("{\"t\":null,\"s\":null,\"op\":7,\"d\":null}"));
        assertFalse(glance.canWait(talk.replace("\":", "\" : ")));
        assertFalse(glance.canWait("{\"t\":\"MESSAGE_CREATE\",\"channel_id\":\""));
    }

    @Test
    void a_name_that_holds_a_stop_word_keeps_nobody_waiting() {
        String talk = message("all is well");
        assertTrue(glance.canWait(talk.replace("\"global_name\":\"Bo\"", "\"global_name\":\"Stopper\"")));
    }

    @Test
    void what_a_message_shows_besides_what_was_typed_is_looked_at_too() {
        String talk = message("all is well");
        String embed = "\"embeds\":[{\"title\":\"%s\"}]";
        assertTrue(glance.canWait(talk.replace("\"embeds\":[]", embed.formatted("all is well"))));
        assertFalse(glance.canWait(talk.replace("\"embeds\":[]", embed.formatted("stop"))));
        String answered = "\"referenced_message\":{\"content\":\"%s\"}";
        assertTrue(glance.canWait(talk.replace("\"referenced_message\":null", answered.formatted("all is well"))));
        assertFalse(glance.canWait(talk.replace("\"referenced_message\":null", answered.formatted("stop"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"he said \\\"stop\\\"", "well\\nstop", "\\\\ stop"})
    void what_was_typed_with_quotes_or_lines_is_looked_through_to_its_end(String text) {
        assertFalse(glance.canWait(message(text)));
        assertTrue(glance.canWait(message(text.replace("stop", "well"))));
    }

    /** As Discord's gateway sends it. */
    private static String message(String text) {
        return """
                {"t":"MESSAGE_CREATE","s":12,"op":0,"d":{"type":0,"tts":false,"timestamp":"2026-11-24T09:00:00.123000+00:00",\
                "referenced_message":null,"pinned":false,"nonce":"1180000000000000000","mentions":[],"mention_roles":[],\
                "mention_everyone":false,"member":{"roles":["900000000000000031"],"premium_since":null,"pending":false,\
                "nick":null,"mute":false,"joined_at":"2025-01-02T10:00:00.000000+00:00","flags":0,"deaf":false,\
                "communication_disabled_until":null,"banner":null,"avatar":null},"id":"900000000000000700","flags":0,\
                "embeds":[],"edited_timestamp":null,"content":"%s","components":[],"channel_type":0,\
                "channel_id":"900000000000000010","author":{"username":"bo","public_flags":0,"primary_guild":null,\
                "id":"900000000000000022","global_name":"Bo","discriminator":"0","collectibles":null,"clan":null,\
                "avatar_decoration_data":null,"avatar":"b0a1d7e0c1","bot":false},"attachments":[],\
                "guild_id":"900000000000000001"}}""".formatted(text);
    }
}
