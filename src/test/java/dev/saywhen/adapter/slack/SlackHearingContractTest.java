package dev.saywhen.adapter.slack;

import dev.saywhen.flow.HearingContract;
import dev.saywhen.flow.WiredCore;
import dev.saywhen.id.TeamId;
import java.io.IOException;

/** What every platform proves about hearing, by Slack's Socket Mode. */
final class SlackHearingContractTest extends HearingContract {
    private static final String HISTORY = "conversations.history";

    @Override
    protected World open() throws IOException {
        return new OnSlack(new SlackWorld());
    }

    private record OnSlack(SlackWorld slack) implements World {
        @Override
        public WiredCore core() {
            return slack.core;
        }

        @Override
        public TeamId team() {
            return slack.adapter.team();
        }

        @Override
        public void listen() {
            slack.listening();
        }

        @Override
        public World restarted() {
            return new OnSlack(slack.restarted());
        }

        @Override
        public String planned() {
            return slack.planned();
        }

        @Override
        public String write(Place place, Person who, String text) {
            String channel = switch (place) {
                case PROJECT -> FakeSlack.CHANNEL;
                case ANOTHER_CHANNEL -> FakeSlack.OTHER_CHANNEL;
                case DIRECT -> FakeSlack.DIRECT;
            };
            return slack.slack.post(channel, user(who), text, null);
        }

        @Override
        public String ask(Person who, String task) {
            return write(Place.PROJECT, who, "<@" + FakeSlack.BOT_USER + "> " + task);
        }

        @Override
        public String say(String thread, Person who, String text) {
            return slack.say(thread, user(who), text);
        }

        @Override
        public String sayElsewhere(String root, Person who, String text) {
            return slack.slack.post(FakeSlack.OTHER_CHANNEL, user(who), text, root);
        }

        @Override
        public void edit(String thread, String message, String text) {
            slack.slack.edit(FakeSlack.CHANNEL, message, text);
        }

        @Override
        public void delete(String thread, String message) {
            slack.slack.delete(FakeSlack.CHANNEL, message);
        }

        @Override
        public void stopSign(String thread, Person who) {
            String newest =
                    slack.slack.ofBot(FakeSlack.CHANNEL).getLast().path("ts").asText();
            slack.slack.react(FakeSlack.CHANNEL, newest, user(who), "octagonal_sign");
        }

        @Override
        public void deafen() {
            slack.slack.sockets().silent(true);
        }

        @Override
        public void hear() {
            slack.slack.sockets().silent(false);
        }

        @Override
        public boolean looksOpen() {
            return slack.adapter.isOpen();
        }

        @Override
        public void refuseHistory(boolean refuse) {
            slack.slack.refuse(HISTORY, refuse ? "internal_error" : "");
        }

        @Override
        public long readings() {
            return calls(HISTORY);
        }

        @Override
        public long edits(String thread) {
            return calls("chat.update");
        }

        private long calls(String method) {
            return slack.slack.calls().stream().filter(method::equals).count();
        }

        @Override
        public String awaitShown(String thread, String beginning) {
            return slack.awaitShown(thread, beginning);
        }

        @Override
        public void close() throws IOException {
            slack.close();
        }

        private static String user(Person who) {
            return switch (who) {
                case ANA -> FakeSlack.ANA;
                case BO -> FakeSlack.BO;
                case MEI -> FakeSlack.MEI;
            };
        }
    }
}
