package dev.saywhen.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every chat platform has to do: bring in what people say, and say what the bot has to say. */
public abstract class ChatGatewayContract {
    /** A platform with people on it, and what its adapter brought in. */
    public interface Side extends AutoCloseable {
        ChatGateway gateway();

        /** Somebody writes outside any thread. */
        MessageId write(String text);

        MessageId write(ThreadId thread, String text);

        /** Somebody writes to the bot alone. */
        MessageId whisper(String text);

        void edit(MessageId message, String text);

        void delete(MessageId message);

        /** Somebody reacts; the emoji as Unicode. */
        void react(MessageId message, String emoji);

        /** Everything that was heard so far, in order; waits for what is under way. */
        List<InboundEvent> heard(int atLeast);

        /** The texts of the bot's messages in a thread, in order. */
        List<String> said(ThreadId thread);

        @Override
        void close() throws Exception;
    }

    private Side side;

    protected abstract Side open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        side = open();
    }

    @AfterEach
    void end() throws Exception {
        side.close();
    }

    @Test
    void a_message_comes_in_as_it_was_said_and_is_the_root_of_its_thread() {
        MessageId id = side.write("stop & <look> at \"this\"");
        InboundMessage message = posted(side.heard(1).getFirst());
        assertEquals(id, message.id());
        assertEquals("stop & <look> at \"this\"", message.text());
        assertTrue(message.isRoot());
        assertEquals(Author.Kind.PERSON, message.author().kind());
    }

    @Test
    void an_answer_stands_in_its_thread_and_is_later_than_what_it_answers() {
        ThreadId thread = new ThreadId(side.write("a"));
        side.write(thread, "b");
        List<InboundEvent> heard = side.heard(2);
        assertEquals(thread, posted(heard.get(1)).thread());
        assertTrue(posted(heard.get(1)).said().isAfter(posted(heard.get(0)).said()));
    }

    @Test
    void a_direct_message_is_known_as_one() {
        side.whisper("stop");
        assertTrue(posted(side.heard(1).getFirst()).traits().contains(InboundMessage.Trait.DIRECT));
    }

    @Test
    void an_edit_is_told_with_its_new_text_and_its_own_time() {
        MessageId id = side.write("slow down");
        side.edit(id, "stop");
        InboundMessage edited = assertInstanceOf(
                        InboundEvent.Edited.class, side.heard(2).get(1))
                .message();
        assertEquals(id, edited.id());
        assertEquals("stop", edited.text());
        assertTrue(edited.said().isAfter(posted(side.heard(2).getFirst()).said()));
    }

    @Test
    void a_deletion_is_told_in_its_thread() {
        ThreadId thread = new ThreadId(side.write("a"));
        MessageId id = side.write(thread, "yes");
        side.delete(id);
        InboundEvent.Deleted deleted =
                assertInstanceOf(InboundEvent.Deleted.class, side.heard(3).get(2));
        assertEquals(id, deleted.message());
        assertEquals(thread, deleted.thread());
    }

    @Test
    void what_the_bot_says_stands_in_the_thread_and_does_not_come_in() {
        ThreadId thread = new ThreadId(side.write("a"));
        side.gateway().send(message("k1", thread, "I read it."));
        side.write(thread, "b");
        assertEquals(2, side.heard(2).size());
        assertEquals(List.of("I read it."), side.said(thread));
    }

    @Test
    void a_key_is_said_once() {
        ThreadId thread = new ThreadId(side.write("a"));
        ChatGateway.Sent sent = side.gateway().send(message("k1", thread, "once"));
        assertEquals(sent, side.gateway().send(message("k1", thread, "once")));
        assertEquals(List.of("once"), side.said(thread));
    }

    @Test
    void an_edit_of_the_bots_replaces_what_it_said_and_does_not_come_in() {
        ThreadId thread = new ThreadId(side.write("a"));
        MessageId id = side.gateway().send(message("k1", thread, "step 1")).id();
        side.gateway().edit(id, "step 2");
        side.write(thread, "b");
        assertEquals(List.of("step 2"), side.said(thread));
        assertEquals(2, side.heard(2).size());
    }

    @Test
    void a_reaction_to_a_message_of_the_bots_is_known_by_its_thread() {
        ThreadId thread = new ThreadId(side.write("a"));
        MessageId id = side.gateway().send(message("k1", thread, "Plan")).id();
        side.react(id, "🛑");
        InboundEvent.Reacted reacted =
                assertInstanceOf(InboundEvent.Reacted.class, side.heard(2).get(1));
        assertTrue(reacted.isToOwnMessage());
        assertEquals(thread, reacted.thread());
        assertEquals("🛑", reacted.emoji());
    }

    @Test
    void a_message_of_the_bots_that_somebody_deletes_is_told() {
        ThreadId thread = new ThreadId(side.write("a"));
        MessageId id = side.gateway().send(message("k1", thread, "Plan")).id();
        side.delete(id);
        InboundEvent.OwnMessageLost lost = assertInstanceOf(
                InboundEvent.OwnMessageLost.class, side.heard(2).get(1));
        assertEquals(id, lost.message());
        assertEquals(thread, lost.thread());
    }

    @Test
    void a_long_text_arrives_whole_with_its_end_at_the_end() {
        ThreadId thread = new ThreadId(side.write("a"));
        String text = "a line that is some length\n".repeat(550) + "May I proceed?";
        side.gateway().send(message("k1", thread, text));
        List<String> said = side.said(thread);
        assertTrue(said.getLast().endsWith("\nMay I proceed?"));
        assertEquals(text.replaceAll("\\s", ""), String.join("", said).replaceAll("\\s", ""));
    }

    private static InboundMessage posted(InboundEvent event) {
        return assertInstanceOf(InboundEvent.Posted.class, event).message();
    }

    private static Outgoing.Message message(String key, ThreadId thread, String text) {
        return new Outgoing.Message(key, thread, Outgoing.Purpose.RECEIPT, text, null);
    }
}
