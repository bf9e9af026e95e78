package dev.saywhen.adapter.local;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.ChatGatewayContract;
import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local chat does what every platform has to do. */
final class LocalContractTest extends ChatGatewayContract {
    @Override
    protected Side open() {
        Room room = new Room(
                new ArchiveInMemory(),
                new RunFeed(),
                new LocalChat("saywhen", true),
                Clock.fixed(Instant.parse("2026-11-24T09:00:00Z"), ZoneOffset.UTC));
        HeardEvents inbox = new HeardEvents();
        return new OnLocal(room, inbox, new Conversation(room, inbox), new LocalGateway(room));
    }

    private record OnLocal(Room room, HeardEvents inbox, Conversation conversation, LocalGateway bot) implements Side {
        @Override
        public MessageId write(String text) {
            return write("general", null, text, Set.of());
        }

        @Override
        public MessageId write(ThreadId thread, String text) {
            return write(thread.channel().value(), Long.valueOf(thread.root().value()), text, Set.of());
        }

        @Override
        public MessageId whisper(String text) {
            return write("@ana", null, text, Set.of(Trait.DIRECT));
        }

        private MessageId write(String channel, @Nullable Long thread, String text, Set<Trait> traits) {
            MessageView view =
                    conversation.post(new Conversation.Post(channel, thread, "ana", text, Author.Kind.PERSON, traits));
            return Room.message(channel, Long.parseLong(view.id()));
        }

        @Override
        public void edit(MessageId message, String text) {
            conversation.edit(number(message), text);
        }

        @Override
        public void delete(MessageId message) {
            conversation.delete(number(message));
        }

        @Override
        public void react(MessageId message, String emoji) {
            conversation.react(number(message), "mei", emoji);
        }

        @Override
        public List<InboundEvent> heard(int atLeast) {
            return inbox.events();
        }

        @Override
        public List<String> said(ThreadId thread) {
            return room.archive().list(thread.channel().value(), number(thread.root()), 0, 1_000).stream()
                    .filter(one -> one.author().equals("saywhen"))
                    .map(one -> one.text())
                    .toList();
        }

        private static long number(MessageId message) {
            return Long.parseLong(message.value());
        }

        @Override
        public ChatGateway gateway() {
            return bot;
        }

        @Override
        public void close() {}
    }
}
