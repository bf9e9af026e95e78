package dev.saywhen.boot;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The built service on one home, killed at a random point of each round and started again for the next.
 *
 * <p>What it promised is counted, not thrown, so that a long series shows how often.
 */
public final class ServiceUnderCrash implements AutoCloseable {
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(6);
    private static final Duration LONGEST_START = Duration.ofSeconds(4);
    private static final int OF_STARTS = 8; // one in so many is killed while it starts
    private static final Duration WATCH = Duration.ofMillis(300);

    private final Path home;
    private final Path maven;
    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();

    /** Texts that the service had taken, as its 201 said, or shown, by their ids; all threads. */
    private final Map<String, String> known = new LinkedHashMap<>();

    private @Nullable String thread;
    private @Nullable JsonNode lastSeen;

    /** A yes whose effect was not seen before the kill: it may be taken up after the start. */
    private @Nullable String openYes;

    public ServiceUnderCrash(Path folder, long seed) {
        this.home = folder.resolve("home");
        this.maven = ScriptedMaven.working(folder.resolve("maven"));
        this.random = new Random(seed);
    }

    public Map<String, Integer> counts() {
        for (String promise : List.of("messages lost", "runs that acted without a yes", "runs cut off and not held")) {
            counts.putIfAbsent(promise, 0);
        }
        return counts;
    }

    /** What was promised and not kept. */
    public List<String> broken() {
        return List.copyOf(broken);
    }

    /** A start, a look at what the kill before left, a piece of work, a kill. */
    public void round() throws IOException, InterruptedException {
        if (random.nextInt(OF_STARTS) == 0) {
            ServiceProcess.startAndKill(home, maven, between(LONGEST_START));
            count("killed while it started");
            return;
        }
        Instant started = Instant.now();
        try (ServiceProcess service = ServiceProcess.startBesideItsDatabase(home, maven)) {
            look(service, started);
            CountDownLatch dead = new CountDownLatch(1);
            Thread killer = Thread.ofPlatform().start(() -> {
                LockSupport.parkNanos(between(LONGEST_LIFE).toNanos());
                service.destroy();
                dead.countDown();
            });
            try {
                while (dead.getCount() > 0) {
                    work(service);
                }
            } catch (UncheckedIOException | IllegalStateException killed) {
                dead.await(LONGEST_LIFE.toMillis(), TimeUnit.MILLISECONDS);
            }
            killer.join();
            count("killed in state "
                    + Optional.ofNullable(lastSeen)
                            .map(run -> run.get("state").asText())
                            .orElse("none"));
        }
    }

    /** One more start, and the chains of the audit trail. */
    public void lastLook() throws IOException, InterruptedException {
        Instant started = Instant.now();
        try (ServiceProcess service = ServiceProcess.startBesideItsDatabase(home, maven)) {
            look(service, started);
            ServiceProcess.Ended verified = ServiceProcess.ended(home, maven, List.of("verify-audit"));
            if (verified.exitCode() != 0) {
                fault("audit chains broken", verified.text());
            }
        }
    }

    private void look(ServiceProcess service, Instant started) throws IOException {
        Map<String, String> shown = service.messages();
        known.forEach((id, text) -> {
            if (!text.equals(shown.get(id)) && !mayChange(text)) {
                fault("messages lost", id + " " + text + " is now " + shown.get(id));
            }
        });
        String here = thread;
        JsonNode before = lastSeen;
        if (here == null) {
            return;
        }
        JsonNode after = service.awaitRun(here, "a run", _ -> true);
        if (state(after).equals("acting")) {
            if (openYes != null && wasMintedSince(service, after, started)) {
                count("a yes that was let in before the kill, counted after it");
                lastSeen = after;
                return;
            }
            fault("runs that acted without a yes", here + " " + before + " -> " + after);
        }
        if (before != null && state(before).equals("acting") && !state(after).equals("completed")) {
            boolean says = state(after).equals("held")
                    && service.said(here, text -> text.startsWith("Held in ") || text.startsWith("STOPPED"));
            if (says) {
                count("runs cut off, held, and saying so");
            } else {
                fault("runs cut off and not held", here + " " + before + " -> " + after);
            }
        }
        long end = System.nanoTime() + WATCH.toNanos();
        while (System.nanoTime() < end && openYes == null && !isThinking(after)) {
            if (!service.processesBesideTheDatabase().isEmpty()) {
                fault(
                        "runs that acted without a yes",
                        service.processesBesideTheDatabase().toString());
            }
            LockSupport.parkNanos(2_000_000);
        }
        JsonNode later = service.run(here).orElseThrow();
        if (happenedSince(service, later, "effect-begun", started) && !wasMintedSince(service, later, started)) {
            fault("runs that acted without a yes", after + " -> " + later);
        }
        lastSeen = later;
        openYes = null;
    }

    /** To plan, the repository is read, and git is a process. */
    private static boolean isThinking(JsonNode run) {
        return List.of("asking", "planning").contains(state(run));
    }

    /** The one message that is edited in place. */
    private static boolean mayChange(String text) {
        return text.contains("Say `stop` to hold me.") || text.contains(" steps");
    }

    private static boolean wasMintedSince(ServiceProcess service, JsonNode run, Instant start) {
        return happenedSince(service, run, "permit-minted", start);
    }

    private static boolean happenedSince(ServiceProcess service, JsonNode run, String type, Instant start) {
        long after = 0;
        while (true) {
            JsonNode page = service.get("/api/runs/%s/audit?limit=1000&after=%d"
                    .formatted(run.get("id").asText(), after));
            if (page.isEmpty()) {
                return false;
            }
            boolean isThere = ServiceProcess.stream(page)
                    .filter(entry -> entry.get("type").asText().equals(type))
                    .anyMatch(entry -> Instant.parse(entry.get("time").asText()).isAfter(start));
            if (isThere) {
                return true;
            }
            after = page.get(page.size() - 1).get("sequence").asLong();
        }
    }

    /** Says what the run waits for, and looks. */
    private void work(ServiceProcess service) {
        String here = thread;
        if (here == null) {
            String task = "@saywhen Note: text string required max 200, rank int min 0 max 5";
            String id = service.post(null, task);
            known.put(id, task);
            thread = id;
            lastSeen = null;
            count("runs asked for");
            return;
        }
        known.putAll(service.messages());
        JsonNode run = service.run(here).orElse(null);
        lastSeen = run == null ? lastSeen : run;
        if (run == null) {
            return;
        }
        switch (state(run)) {
            case "asking" -> {
                if (service.said(here, text -> text.contains("`plan`"))) {
                    say(service, here, "plan");
                }
            }
            case "awaiting-authorization" -> {
                openYes = "unknown";
                openYes = say(service, here, "proceed");
                count("times yes was said");
            }
            case "held" -> say(service, here, "resume");
            case "completed" -> {
                count("runs brought home");
                thread = null;
                lastSeen = null;
            }
            case "acting" -> openYes = null;
            default -> LockSupport.parkNanos(2_000_000);
        }
    }

    private String say(ServiceProcess service, String here, String text) {
        String id = service.post(here, text);
        known.put(id, text);
        return id;
    }

    private static String state(JsonNode run) {
        return run.get("state").asText();
    }

    private Duration between(Duration longest) {
        return Duration.ofMillis(random.nextLong(longest.toMillis()));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void fault(String what, String detail) {
        count(what);
        broken.add(what + ": " + detail);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ServiceProcess.end(home);
    }
}
