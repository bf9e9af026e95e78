package dev.saywhen.adapter.discord;

import dev.saywhen.flow.HearingContract;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.TeamId;
import java.io.IOException;

/** What every platform proves about hearing, by Discord's gateway. */
final class DiscordHearingContractTest extends HearingContract {
    private static final String HISTORY = "GET channels/" + FakeDiscord.OTHER_CHANNEL + "/messages";

    @Override
    protected World open() throws IOException {
        return new OnDiscord(new DiscordWorld());
    }

    private record OnDiscord(DiscordWorld discord) implements World {
        @Override
        public WiredCore core() {
            return discord.core;
        }

        @Override
        public TeamId team() {
            return DiscordWorld.TEAM;
        }

        @Override
        public void listen() {
            discord.listening();
        }

        @Override
        public World restarted() {
            return new OnDiscord(discord.restarted(() -> {}));
        }

        @Override
        public String planned() {
            return discord.planned();
        }

        @Override
        public String write(Place place, Person who, String text) {
            String channel = switch (place) {
                case PROJECT -> FakeDiscord.CHANNEL;
                case ANOTHER_CHANNEL -> FakeDiscord.OTHER_CHANNEL;
                case DIRECT -> FakeDiscord.DIRECT;
            };
            return discord.discord.post(channel, user(who), text);
        }

        @Override
        public String ask(Person who, String task) {
            return write(Place.PROJECT, who, DiscordWorld.mention(task));
        }

        @Override
        public String say(String thread, Person who, String text) {
            return discord.say(thread, user(who), text);
        }

        @Override
        public String sayElsewhere(String root, Person who, String text) {
            return discord.discord.postBelow(FakeDiscord.OTHER_CHANNEL, root, user(who), text);
        }

        @Override
        public void edit(String thread, String message, String text) {
            discord.discord.edit(thread, message, text);
        }

        @Override
        public void delete(String thread, String message) {
            discord.discord.delete(thread, message);
        }

        @Override
        public void stopSign(String thread, Person who) {
            String newest = discord.discord.ofBot(thread).getLast().path("id").asText();
            discord.discord.react(thread, newest, user(who), "🛑");
        }

        @Override
        public void deafen() {
            discord.discord.gateway().withhold(true);
        }

        @Override
        public void hear() {
            discord.discord.gateway().withhold(false);
        }

        @Override
        public boolean looksOpen() {
            return discord.adapter.isOpen();
        }

        @Override
        public void refuseHistory(boolean refuse) {
            discord.discord.refuse(HISTORY, refuse ? 500 : 0, 0);
        }

        @Override
        public long readings() {
            return discord.discord.calls(HISTORY);
        }

        @Override
        public long edits(String thread) {
            return discord.discord.calls("PATCH channels/" + thread + "/messages");
        }

        @Override
        public String awaitShown(String thread, String beginning) {
            return discord.awaitShown(thread, beginning);
        }

        @Override
        public void close() throws IOException {
            discord.close();
        }

        private static String user(Person who) {
            return switch (who) {
                case ANA -> FakeDiscord.ANA;
                case BO -> FakeDiscord.BO;
                case MEI -> FakeDiscord.MEI;
            };
        }
    }
}
