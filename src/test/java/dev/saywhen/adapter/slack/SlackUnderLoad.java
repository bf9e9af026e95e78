package dev.saywhen.adapter.slack;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Receipt;
import dev.saywhen.id.RunId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The core and Slack's adapter over real sockets while many runs act, to measure how soon a STOP is heard among much talk. */
public final class SlackUnderLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SlackWorld world = new SlackWorld();
    private final Timed inbox = new Timed(world.inbox);
    private final Deque<String> acting = new ArrayDeque<>();
    private int sent;

    /** @param runs each has a command under way until it is stopped */
    public SlackUnderLoad(int runs) throws IOException {
        world.effects.commandsLast();
        world.looksNoMore();
        world.listening(inbox);
        for (int i = 0; i < runs; i++) {
            String thread = world.planned();
            world.say(thread, FakeSlack.ANA, "proceed");
            world.awaitState(thread, "acting EXECUTE");
            acting.add(thread);
        }
    }

    /**
     * Sends so many ordinary events at once, and right behind them a STOP in the thread of one of the runs.
     *
     * @return how long it took from when the STOP was handed to the network until its run's permit was dead
     */
    public Duration stopBehind(int events) throws InterruptedException {
        String thread = acting.remove();
        List<String> burst = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String channel = i % 2 == 0 ? FakeSlack.CHANNEL : FakeSlack.OTHER_CHANNEL;
            burst.add(world.slack.frame(
                    channel, FakeSlack.BO, "has anyone seen the dashboard of the orders? " + i, null));
        }
        String stop = world.slack.frame(FakeSlack.CHANNEL, FakeSlack.MEI, "stop", thread);
        world.slack.sockets().sendAtOnce(burst);
        CountDownLatch heard = inbox.next();
        long begun = System.nanoTime();
        send(stop);
        if (!heard.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("a STOP was not heard");
        }
        Duration took = Duration.ofNanos(inbox.heardAt - begun);
        world.awaitState(thread, "held EXECUTE");
        world.await("acknowledgements", () -> world.slack.unacknowledged() == 0);
        return took;
    }

    private void send(String frame) {
        if (!world.slack.sockets().send(sent++, frame)) {
            throw new IllegalStateException("a frame was not sent");
        }
    }

    @Override
    public void close() throws IOException {
        world.close();
    }

    /** Notes when a STOP was carried out. */
    private static final class Timed implements Inbox {
        private final Inbox inbox;
        private volatile CountDownLatch awaited = new CountDownLatch(0); // replaced before each STOP
        private volatile long heardAt; // read behind the latch

        Timed(Inbox inbox) {
            this.inbox = inbox;
        }

        CountDownLatch next() {
            CountDownLatch latch = new CountDownLatch(1);
            awaited = latch;
            return latch;
        }

        @Override
        public boolean hear(InboundEvent event) {
            boolean isStop = inbox.hear(event);
            if (isStop) {
                heardAt = System.nanoTime();
                awaited.countDown();
            }
            return isStop;
        }

        @Override
        public boolean mayHoldStopWord(String raw) {
            return inbox.mayHoldStopWord(raw);
        }

        @Override
        public boolean passes(InboundEvent event) {
            return inbox.passes(event);
        }

        @Override
        public void accept(InboundEvent event) {
            inbox.accept(event);
        }

        @Override
        public boolean catchUp(InboundMessage message) {
            return inbox.catchUp(message);
        }

        @Override
        public Receipt stop(String by, @Nullable RunId run, String place) {
            return inbox.stop(by, run, place);
        }
    }
}
