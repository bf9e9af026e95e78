package dev.saywhen.adapter.discord;

import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.flow.StopsUnderLoad;
import java.io.IOException;

/** Discord's gateway while many runs act. */
public final class DiscordUnderLoad extends StopsUnderLoad {
    private final DiscordWorld world;

    /** @param runs each has a command under way until it is stopped */
    public DiscordUnderLoad(int runs) throws IOException {
        this(new DiscordWorld(), runs);
    }

    private DiscordUnderLoad(DiscordWorld world, int runs) {
        super(world.core);
        this.world = world;
        world.listening(inbox());
        begin(runs);
    }

    @Override
    protected String authorized() {
        String thread = world.planned();
        world.say(thread, FakeDiscord.ANA, "proceed");
        return thread;
    }

    @Override
    protected void burst(int events) {
        world.discord.unsay(FakeDiscord.BO);
        world.discord.gateway().atOnce(() -> {
            for (int i = 0; i < events; i++) {
                String channel = i % 2 == 0 ? FakeDiscord.CHANNEL : FakeDiscord.OTHER_CHANNEL;
                world.discord.post(channel, FakeDiscord.BO, "has anyone seen the dashboard of the orders? " + i);
            }
        });
    }

    @Override
    protected Runnable stop(String thread) {
        return world.discord.readyToPost(thread, FakeDiscord.MEI, "stop");
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
