package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand deliveries over sockets that break, with copies, in disorder, some of them long after: every word counts once
 * and none is lost.
 */
final class ManyDeliveriesTest {
    private static final int RUNS = 24;
    private static final int DELIVERIES = 10_000;
    private static final int STOPPED_RUNS = 4;
    private static final int BREAKS = 4;

    private final long seed = Long.getLong("saywhen.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void no_run_is_started_twice_none_is_lost_and_no_old_stop_holds_a_newer_yes() throws Exception {
        System.out.println(seed());
        try (SlackWorld world = new SlackWorld().listening()) {
            List<JsonNode> said = new CopyOnWriteArrayList<>();
            world.slack.deliverTo(event -> {
                if (event.at("/event/bot_id").isMissingNode()
                        && event.at("/event/message/bot_id").isMissingNode()) {
                    said.add(event);
                } else {
                    hear(world, event);
                }
            });
            List<String> threads = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                String channel = FakeSlack.CHANNEL;
                threads.add(world.slack.post(channel, FakeSlack.ANA, "<@U0SAYWHEN> library " + run, null));
                world.slack.post(channel, FakeSlack.BO, "what a nice idea", null);
                world.slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "the bus stop moved, did you see", null);
                world.clock.tick(Duration.ofMillis(10));
            }
            deliverOverSockets(world, said);
            assertEquals(RUNS, world.core.store.all().size(), this::seed);
            threads.forEach(thread -> world.core.await(
                    "a plan in " + thread + ", " + seed(),
                    () -> world.core.state(thread).equals("awaiting-authorization PLAN")));

            for (String thread : threads.subList(0, STOPPED_RUNS)) {
                said.clear();
                world.say(thread, FakeSlack.MEI, "stop");
                deliver(world, said, 5);
                world.core.awaitState(thread, "held PLAN");
                List<JsonNode> stops = List.copyOf(said);
                said.clear();
                world.say(thread, FakeSlack.ANA, "resume");
                deliver(world, said, 5);
                world.core.awaitState(thread, "awaiting-authorization PLAN");
                said.clear();
                world.clock.tick(Duration.ofSeconds(1));
                world.say(thread, FakeSlack.ANA, "proceed r2");
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

    /** What breaks off or gets lost on the way comes again as long as it is not acknowledged. */
    private void deliverOverSockets(SlackWorld world, List<JsonNode> events) {
        List<JsonNode> order = order(events, DELIVERIES);
        for (int at = 0; at < order.size(); at++) {
            if (at % (DELIVERIES / BREAKS) == DELIVERIES / BREAKS / 2) {
                if (random.nextBoolean()) {
                    world.slack.sockets().drop();
                } else {
                    world.slack.sockets().sendToAll("{\"type\":\"disconnect\",\"reason\":\"refresh_requested\"}");
                }
            }
            world.slack.bySocket(order.get(at));
        }
        int[] looks = {0};
        world.core.await("acknowledgements, " + seed(), () -> {
            if (++looks[0] % 100 == 0) {
                world.slack.redeliver();
            }
            return world.slack.unacknowledged() == 0;
        });
    }

    /** Each at least once; copies in any order; what is dropped the first time comes at the end. */
    private void deliver(SlackWorld world, List<JsonNode> events, int times) {
        order(events, times).forEach(event -> hear(world, event));
    }

    private List<JsonNode> order(List<JsonNode> events, int times) {
        List<JsonNode> order = new ArrayList<>();
        for (int at = 0; at < times - events.size(); at++) {
            order.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(order, random);
        order.addAll(events);
        return order;
    }

    private static void hear(SlackWorld world, JsonNode event) {
        world.adapter.ingress().hear(event).run();
    }

    private String seed() {
        return "run again with -Dsaywhen.seed=" + seed;
    }
}
