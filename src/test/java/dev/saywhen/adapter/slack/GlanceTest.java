package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.words.StopRecognition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlanceTest {
    private final Glance glance = new Glance(new StopRecognition(Set.of("freeze"), "saywhen")::mayHear);

    @Test
    void talk_in_a_channel_can_wait() {
        assertTrue(glance.canWait(message("has anyone seen the dashboard of the orders?")));
        assertTrue(glance.canWait(message("&lt;b&gt; :tada: <@U0BO> *bold* see <http://example.org|this>")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop",
                "STOP everything",
                "s*t*o*p",
                "please haaalt",
                "a-b-o-r-t",
                "<http://example.org|stop>",
                "freeze",
                "the bus stopped",
                "\\u0073top",
                "st\u200bop",
                "ｓｔｏｐ",
                ":octagonal_sign:",
                ":no_entry::skin-tone-3:",
                "🛑"
            })
    void what_may_be_a_stop_is_read_at_once(String text) {
        assertFalse(glance.canWait(message(text)));
    }

    @Test
    void whatever_is_no_new_message_outside_threads_is_read_at_once() {
        String talk = message("all is well");
        assertFalse(glance.canWait(talk.replace("\"ts\"", "\"thread_ts\":\"1.2\",\"ts\"")));
        assertFalse(glance.canWait(talk.replace("\"ts\"", "\"subtype\":\"message_changed\",\"ts\"")));
        assertFalse(glance.canWait(talk.replace("\"type\":\"message\"", "\"type\":\"channel_left\"")));
        assertFalse(glance.canWait("{\"type\":\"disconnect\"}"));
        assertFalse(glance.canWait("{\"type\":\"slash_commands\",\"payload\":{\"command\":\"/saywhen\"}}"));
        assertFalse(glance.canWait(talk.replace("\":", "\" : ")));
    }

    private static String message(String text) {
        return """
                {"type":"events_api","envelope_id":"e1","payload":{"team_id":"T0TEAM","event":{"type":"message",\
                "user":"U0BO","ts":"1700000000.000100","text":"%s","channel":"C1"},"type":"event_callback"}}""".formatted(text);
    }
}
