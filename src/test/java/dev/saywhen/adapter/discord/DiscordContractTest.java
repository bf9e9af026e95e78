package dev.saywhen.adapter.discord;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.ChatGatewayContract;
import dev.saywhen.chat.HeardEvents;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Discord does what every platform has to do, over its gateway. */
final class DiscordContractTest extends ChatGatewayContract {
    @Override
    protected Side open() throws IOException {
        DiscordWorld world = new DiscordWorld();
        HeardEvents inbox = new HeardEvents();
        world.open(inbox, Runnable::run);
        world.awaitConnected();
        return new OnDiscord(world, inbox);
    }

    private record OnDiscord(DiscordWorld world, HeardEvents inbox) implements Side {
        @Override
        public ChatGateway gateway() {
            return world.adapter.gateway();
        }

        @Override
        public MessageId write(String text) {
            return written(FakeDiscord.CHANNEL, () -> world.discord.post(FakeDiscord.CHANNEL, FakeDiscord.ANA, text));
        }

        @Override
        public MessageId write(ThreadId thread, String text) {
            String root = thread.root().value();
            return written(root, () -> world.discord.postBelow(thread.channel().value(), root, FakeDiscord.ANA, text));
        }

        @Override
        public MessageId whisper(String text) {
            return written(FakeDiscord.DIRECT, () -> world.discord.post(FakeDiscord.DIRECT, FakeDiscord.ANA, text));
        }

        private MessageId written(String channel, java.util.function.Supplier<String> writing) {
            world.clock.tick(Duration.ofSeconds(1));
            int before = inbox.events().size();
            String id = writing.get();
            heard(before + 1);
            return new MessageId(new ChannelId(DiscordWorld.TEAM, channel), id);
        }

        @Override
        public void edit(MessageId message, String text) {
            world.clock.tick(Duration.ofSeconds(1));
            world.discord.edit(message.channel().value(), message.value(), text);
        }

        @Override
        public void delete(MessageId message) {
            world.discord.delete(message.channel().value(), message.value());
        }

        @Override
        public void react(MessageId message, String emoji) {
            world.discord.react(message.channel().value(), message.value(), FakeDiscord.MEI, emoji);
        }

        @Override
        public List<InboundEvent> heard(int atLeast) {
            world.core.await("events", () -> inbox.events().size() >= atLeast);
            return inbox.events();
        }

        @Override
        public List<String> said(ThreadId thread) {
            return world
                    .discord
                    .ofBotBelow(thread.channel().value(), thread.root().value())
                    .stream()
                    .map(message -> message.path("content").asText())
                    .toList();
        }

        @Override
        public void close() throws IOException {
            world.close();
        }
    }
}
