package dev.saywhen.adapter.discord;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Ten thousand deliveries with copies, in disorder, some of them long after: every word counts once and none is lost. */
final class ManyDeliveriesTest {
    private static final int RUNS = 24;
    private static final int DELIVERIES = 10_000;
    private static final int STOPPED_RUNS = 4;

    private final long seed = Long.getLong("saywhen.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** A type and what happened. */
    private record Event(String type, JsonNode data) {}

    @Test
    void no_run_is_started_twice_none_is_lost_and_no_old_stop_holds_a_newer_yes() throws Exception {
        try (DiscordWorld world = new DiscordWorld().listening()) {
            List<Event> said = new CopyOnWriteArrayList<>();
            world.discord.deliverTo((type, event) -> {
                boolean isMessage = type.startsWith("MESSAGE_")
                        && !event.path("author").path("id").asText().equals(FakeDiscord.BOT);
                if (isMessage) {
                    said.add(new Event(type, event));
                } else {
                    hear(world, new Event(type, event));
                }
            });
            List<String> threads = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                String channel = FakeDiscord.CHANNEL;
                threads.add(world.discord.post(channel, FakeDiscord.ANA, DiscordWorld.mention("library " + run)));
                world.discord.post(channel, FakeDiscord.BO, "what a nice idea");
                world.discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "the bus stop moved, did you see");
                world.clock.tick(Duration.ofMillis(10));
            }
            deliver(world, said, DELIVERIES);
            assertEquals(RUNS, world.core.store.all().size(), this::seed);
            threads.forEach(thread -> world.core.await(
                    "a plan in " + thread + ", " + seed(),
                    () -> world.core.state(thread).equals("awaiting-authorization PLAN")));

            for (String thread : threads.subList(0, STOPPED_RUNS)) {
                said.clear();
                world.say(thread, FakeDiscord.MEI, "stop");
                deliver(world, said, 5);
                world.core.awaitState(thread, "held PLAN");
                List<Event> stops = List.copyOf(said);
                said.clear();
                world.say(thread, FakeDiscord.ANA, "resume");
                deliver(world, said, 5);
                world.core.awaitState(thread, "awaiting-authorization PLAN");
                said.clear();
                world.clock.tick(Duration.ofSeconds(1));
                world.say(thread, FakeDiscord.ANA, "proceed r2");
                world.core.effects.inCommand(() -> deliver(world, stops, 50));
                deliver(world, said, 20);
                world.core.awaitState(thread, "completed DOCUMENT");
            }
            assertEquals(RUNS, world.core.store.all().size(), this::seed);
            assertEquals(
                    RUNS - STOPPED_RUNS,
                    threads.stream()
                            .filter(thread -> world.core.state(thread).equals("awaiting-authorization PLAN"))
                            .count(),
                    this::seed);
            assertEquals(List.of(), world.core.broken, this::seed);
        }
    }

    /** Each at least once; copies in any order; what is dropped the first time comes at the end. */
    private void deliver(DiscordWorld world, List<Event> events, int times) {
        List<Event> order = new ArrayList<>();
        for (int at = 0; at < times - events.size(); at++) {
            order.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(order, random);
        order.addAll(events);
        order.forEach(event -> hear(world, event));
    }

    private static void hear(DiscordWorld world, Event event) {
        world.adapter.ingress().hear(event.type(), event.data()).ifPresent(Runnable::run);
    }

    private String seed() {
        return "run again with -Dsaywhen.seed=" + seed;
    }
}
