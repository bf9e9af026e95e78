package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.id.MessageId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each of Slack's events means. */
final class TranslationTest {
    private static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");

    private final Identity self = new Identity(Identity.team("T1"), "UBOT", "BBOT");
    private final OwnMessages own = new OwnMessages();
    private final Translation translation = new Translation(
            self, new Decoding("UBOT", "saywhen"), own, () -> List.of(self.channel("C1"), self.channel("C2")));

    @Test
    void a_message_keeps_its_thread_its_author_and_its_time() {
        InboundMessage message = posted("""
                {"type":"message","channel":"C1","user":"U1","team":"T1","text":"<@UBOT> hi",
                 "ts":"1700000002.000300","thread_ts":"1700000001.000200"}""");
        assertEquals(
                new InboundMessage(
                        self.message("C1", "1700000002.000300"),
                        self.thread("C1", "1700000001.000200"),
                        new Author(self.actor("U1", "T1"), Author.Kind.PERSON),
                        "@saywhen hi",
                        Instant.ofEpochSecond(1_700_000_002L, 300_000),
                        null,
                        Set.of()),
                message);
    }

    @Test
    void a_mention_that_comes_twice_is_the_same_message() {
        String body = "\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"<@UBOT> stop\",\"ts\":\"1700000001.000200\"}";
        assertEquals(events("{\"type\":\"message\"," + body), events("{\"type\":\"app_mention\"," + body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me_message", "thread_broadcast", "file_share"})
    void what_a_person_says_in_whatever_form_is_a_persons(String subtype) {
        InboundMessage message = posted(
                "{\"type\":\"message\",\"subtype\":\"%s\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"stop\",\"ts\":\"1.2\"}"
                        .formatted(subtype));
        assertEquals(Author.Kind.PERSON, message.author().kind());
        assertEquals("stop", message.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bot_id\":\"B2\",\"user\":\"U1\"",
                "\"app_id\":\"A1\",\"user\":\"U1\"",
                "\"subtype\":\"bot_message\",\"username\":\"ana\"",
                "\"subtype\":\"channel_topic\",\"user\":\"U1\"",
                "\"user\":\"USLACKBOT\""
            })
    void what_carries_an_app_or_bot_or_is_written_by_slack_is_a_machines(String part) {
        assertTrue(posted("{\"type\":\"message\",\"channel\":\"C1\",\"text\":\"yes\",\"ts\":\"1.2\"," + part + "}")
                .author()
                .isMachine());
    }

    @Test
    void of_a_machine_all_of_its_text_is_heard() {
        InboundMessage message = posted("""
                {"type":"message","channel":"C1","subtype":"bot_message","bot_id":"B2","text":"Alert","ts":"1.2",
                 "attachments":[{"pretext":"p","title":"t","text":"&lt;a&gt;","fields":[{"title":"f","value":"v"}]}],
                 "blocks":[{"type":"section","text":{"type":"mrkdwn","text":"all runs"}},
                  {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
                    {"type":"emoji","name":"octagonal_sign"},{"type":"text","text":" stop everything"}]}]}]}""");
        assertEquals(
                List.of("Alert", "all runs", "🛑 stop everything", "<a>", "p", "t", "f", "v"),
                message.text().lines().toList());
    }

    @Test
    void direct_and_group_messages_broadcasts_files_quotes_and_forwards_are_told() {
        assertEquals(Set.of(Trait.DIRECT), traits("\"channel_type\":\"im\""));
        assertEquals(Set.of(Trait.DIRECT), traits("\"channel_type\":\"mpim\""));
        assertEquals(Set.of(Trait.BROADCAST), traits("\"subtype\":\"thread_broadcast\",\"thread_ts\":\"1.1\""));
        assertEquals(Set.of(Trait.FILE), traits("\"files\":[{}]"));
        assertEquals(Set.of(Trait.FORWARD), traits("\"attachments\":[{\"is_share\":true,\"text\":\"yes\"}]"));
        assertEquals(
                Set.of(Trait.QUOTE),
                posted(message("\"user\":\"U1\"").replace("hi", "&gt; yes")).traits());
    }

    @Test
    void somebody_of_another_workspace_is_known_by_that() {
        assertEquals(
                "slack:T9:U9",
                posted(message("\"user\":\"U9\",\"user_team\":\"T9\""))
                        .author()
                        .id()
                        .toString());
    }

    @Test
    void an_edit_counts_if_the_text_changed() {
        InboundEvent.Edited edited = assertInstanceOf(
                InboundEvent.Edited.class,
                events(changed("hi", "stop", "\"user\":\"U1\"")).getFirst());
        assertEquals("stop", edited.message().text());
        assertEquals(self.message("C1", "1.2"), edited.message().id());
        assertEquals(Instant.ofEpochSecond(5), edited.message().said());
        assertEquals(
                List.of(), events(changed("hi", "hi", "\"user\":\"U1\",\"attachments\":[{\"text\":\"preview\"}]")));
    }

    @Test
    void the_bots_own_edits_are_no_events_and_other_changes_of_its_messages_are() {
        MessageId id = self.message("C1", "1.2");
        String event = changed("a", "b", "\"user\":\"UBOT\",\"bot_id\":\"BBOT\",\"thread_ts\":\"1.1\"");
        assertEquals(List.of(new InboundEvent.OwnMessageLost(id, self.thread("C1", "1.1"), AT)), events(event));
        own.edits(id);
        assertEquals(List.of(), events(event));
    }

    @Test
    void a_deletion_is_told_of_the_message_in_its_thread() {
        assertEquals(
                List.of(new InboundEvent.Deleted(self.message("C1", "1.2"), self.thread("C1", "1.1"), AT)),
                events("""
                        {"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","ts":"9.1",
                         "previous_message":{"user":"U1","ts":"1.2","thread_ts":"1.1","text":"proceed"}}"""));
        assertInstanceOf(InboundEvent.Deleted.class, events("""
                {"type":"message","subtype":"message_changed","channel":"C1","ts":"9.1",
                 "message":{"subtype":"tombstone","user":"USLACKBOT","ts":"1.2","text":"This message was deleted."},
                 "previous_message":{"user":"U1","ts":"1.2","text":"proceed"}}""").getFirst());
        assertInstanceOf(InboundEvent.OwnMessageLost.class, events("""
                {"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","ts":"9.1",
                 "previous_message":{"user":"UBOT","bot_id":"BBOT","ts":"1.2","text":"Plan"}}""").getFirst());
    }

    @Test
    void a_thread_whose_first_message_is_deleted_is_lost() {
        assertEquals(
                List.of(
                        new InboundEvent.Deleted(self.message("C1", "1.2"), self.thread("C1", "1.2"), AT),
                        new InboundEvent.PlaceLost(
                                self.channel("C1"),
                                self.thread("C1", "1.2"),
                                "the first message of the thread was deleted",
                                AT)),
                events("""
                        {"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","ts":"9.1",
                         "previous_message":{"user":"U1","ts":"1.2","thread_ts":"1.2","text":"a task"}}"""));
    }

    @Test
    void slacks_own_stop_button_is_a_stop_sign_in_its_thread() {
        assertEquals(
                List.of(new InboundEvent.Reacted(
                        self.message("C1", "1.2"),
                        self.thread("C1", "1.2"),
                        true,
                        new Author(self.actor("U1", ""), Author.Kind.PERSON),
                        "🛑",
                        AT)),
                events("""
                        {"type":"agent_session_stopped","channel":"C1","user":"U1","thread_ts":"1.2","event_ts":"9.1",
                         "streaming_message_ts":[]}"""));
    }

    @Test
    void a_reaction_to_the_bots_message_is_known_by_thread() {
        MessageId plan = self.message("C1", "1.2");
        own.said(plan, self.thread("C1", "1.1"), plan);
        InboundEvent.Reacted reacted =
                assertInstanceOf(InboundEvent.Reacted.class, events("""
                {"type":"reaction_added","user":"U1","reaction":"octagonal_sign::skin-tone-2","item_user":"UBOT",
                 "item":{"type":"message","channel":"C1","ts":"1.2"},"event_ts":"7.0"}""").getFirst());
        assertEquals("🛑", reacted.emoji());
        assertEquals(self.thread("C1", "1.1"), reacted.thread());
        assertTrue(reacted.isToOwnMessage());
    }

    @Test
    void a_place_that_is_lost_is_told() {
        for (String type :
                List.of("channel_archive", "group_archive", "channel_left", "group_left", "channel_deleted")) {
            assertEquals(
                    self.channel("C1"),
                    assertInstanceOf(
                                    InboundEvent.PlaceLost.class,
                                    events("{\"type\":\"%s\",\"channel\":\"C1\"}".formatted(type))
                                            .getFirst())
                            .channel());
        }
        assertEquals(
                2,
                events("{\"type\":\"tokens_revoked\",\"tokens\":{\"bot\":[\"UBOT\"]}}")
                        .size());
        assertEquals(2, events("{\"type\":\"app_uninstalled\"}").size());
    }

    private Set<Trait> traits(String part) {
        return posted(message("\"user\":\"U1\"," + part)).traits();
    }

    private static String message(String part) {
        return "{\"type\":\"message\",\"channel\":\"C1\",\"text\":\"hi\",\"ts\":\"1.2\"," + part + "}";
    }

    private static String changed(String before, String now, String part) {
        return """
                {"type":"message","subtype":"message_changed","channel":"C1","ts":"5.0",
                 "message":{"ts":"1.2","text":"%s","edited":{"user":"U1","ts":"5.0"},%s},
                 "previous_message":{"ts":"1.2","text":"%s","user":"U1"}}""".formatted(now, part, before);
    }

    private InboundMessage posted(String event) {
        return assertInstanceOf(InboundEvent.Posted.class, events(event).getFirst())
                .message();
    }

    private List<InboundEvent> events(String event) {
        try {
            JsonNode node = new ObjectMapper().readTree(event);
            return translation.events(node, AT);
        } catch (IOException strange) {
            throw new IllegalArgumentException(strange);
        }
    }
}
