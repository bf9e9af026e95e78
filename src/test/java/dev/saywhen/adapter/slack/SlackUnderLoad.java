package dev.saywhen.adapter.slack;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.flow.StopsUnderLoad;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Slack's Socket Mode while many runs act. */
public final class SlackUnderLoad extends StopsUnderLoad {
    private final SlackWorld world;
    private int sent;

    /** @param runs each has a command under way until it is stopped */
    public SlackUnderLoad(int runs) throws IOException {
        this(new SlackWorld(), runs);
    }

    private SlackUnderLoad(SlackWorld world, int runs) {
        super(world.core);
        this.world = world;
        world.listening(inbox());
        begin(runs);
    }

    @Override
    protected String authorized() {
        String thread = world.planned();
        world.say(thread, FakeSlack.ANA, "proceed");
        return thread;
    }

    @Override
    protected void burst(int events) {
        world.slack.unsay(FakeSlack.BO);
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String channel = i % 2 == 0 ? FakeSlack.CHANNEL : FakeSlack.OTHER_CHANNEL;
            frames.add(world.slack.frame(
                    channel, FakeSlack.BO, "has anyone seen the dashboard of the orders? " + i, null));
        }
        world.slack.sockets().sendAtOnce(frames);
    }

    @Override
    protected Runnable stop(String thread) {
        String frame = world.slack.frame(FakeSlack.CHANNEL, FakeSlack.MEI, "stop", thread);
        return () -> {
            if (!world.slack.sockets().send(sent++, frame)) {
                throw new IllegalStateException("a frame was not sent");
            }
        };
    }

    @Override
    protected StopWarmUp.Way warmUp(Inbox inbox) {
        return world.adapter.warmUp(inbox);
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
