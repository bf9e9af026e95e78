package dev.saywhen.adapter.slack;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.ChatGatewayContract;
import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Slack does what every platform has to do, over its sockets. */
final class SlackContractTest extends ChatGatewayContract {
    @Override
    protected Side open() throws IOException {
        SlackWorld world = new SlackWorld();
        HeardEvents inbox = new HeardEvents();
        world.adapter.open(inbox, world.core.watch, Runnable::run);
        world.core.await("two sockets", () -> world.slack.sockets().connected() == 2);
        return new OnSlack(world, inbox);
    }

    private record OnSlack(SlackWorld world, HeardEvents inbox) implements Side {
        @Override
        public ChatGateway gateway() {
            return world.adapter.gateway();
        }

        @Override
        public MessageId write(String text) {
            return write(FakeSlack.CHANNEL, text, null);
        }

        @Override
        public MessageId write(ThreadId thread, String text) {
            return write(thread.channel().value(), text, thread.root().value());
        }

        @Override
        public MessageId whisper(String text) {
            return write(FakeSlack.DIRECT, text, null);
        }

        private MessageId write(String channel, String text, @org.jspecify.annotations.Nullable String thread) {
            world.clock.tick(Duration.ofSeconds(1));
            String encoded = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            int before = inbox.events().size();
            String ts = world.slack.post(channel, FakeSlack.ANA, encoded, thread);
            heard(before + 1);
            return new MessageId(new dev.saywhen.id.ChannelId(world.adapter.team(), channel), ts);
        }

        @Override
        public void edit(MessageId message, String text) {
            world.clock.tick(Duration.ofSeconds(1));
            world.slack.edit(message.channel().value(), message.value(), text);
        }

        @Override
        public void delete(MessageId message) {
            world.slack.delete(message.channel().value(), message.value());
        }

        @Override
        public void react(MessageId message, String emoji) {
            world.slack.react(message.channel().value(), message.value(), FakeSlack.MEI, EmojiNames.name(emoji));
        }

        @Override
        public List<InboundEvent> heard(int atLeast) {
            world.core.await("events", () -> inbox.events().size() >= atLeast);
            return inbox.events();
        }

        @Override
        public List<String> said(ThreadId thread) {
            return world.slack.shown(thread.channel().value(), thread.root().value());
        }

        @Override
        public void close() throws IOException {
            world.close();
        }
    }
}
