package dev.saywhen.bench;

import dev.saywhen.adapter.slack.FakeSlack;
import dev.saywhen.adapter.slack.SlackUnderLoad;
import dev.saywhen.boot.ScriptedMaven;
import dev.saywhen.boot.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Slack's ingress in three figures: how soon a STOP is heard behind a burst of ordinary events while runs act (Socket Mode,
 * real sockets, from when it is handed to the network until the permit is dead); how soon ordinary events are acknowledged
 * at a steady rate (HTTP, signed, open loop, the built service with its PostgreSQL); and how many events are acknowledged for
 * a second of CPU time, beside {@link BareBolt}, which only acknowledges. Both are warm, each is a process of its own, they
 * take turns, and the load comes from this third one.
 *
 * <p>{@code ./saywhen bench ingress slack}. Arguments: STOPs (200), events in a burst (1,000), events a second (1,000).
 */
public final class IngressSlackBenchmark {
    private static final int ROUNDS = 5;
    private static final long WARMING_EVENTS = 150_000;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final double ACKNOWLEDGED_MILLIS = 500;
    private static final String TOKEN = "xoxb-1";
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    /** A server under load. */
    private record Served(String name, ProcessHandle process, SignedEvents events, List<Double> perCpuSecond) {}

    private final StopsHeard heard;
    private final int perSecond;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private IngressSlackBenchmark(List<Integer> arguments) {
        this.heard = StopsHeard.of(arguments);
        this.perSecond = arguments.size() > 2 ? arguments.get(2) : 1_000;
    }

    public static void main(String[] arguments) throws Exception {
        Machine machine = Machine.now();
        var benchmark = new IngressSlackBenchmark(
                List.of(arguments).stream().map(Integer::valueOf).toList());
        boolean heard = benchmark.stopsHeard();
        boolean served = benchmark.eventsAcknowledged();
        System.out.printf("%s%n", machine);
        System.out.printf("targets: %s%n", heard && served ? "met" : machine.isQuiet() ? "MISSED" : "not measurable");
        Report.write("ingress-slack", machine, benchmark.figures);
    }

    private boolean stopsHeard() throws Exception {
        try (SlackUnderLoad slack = new SlackUnderLoad(StopsHeard.ACTING)) {
            return heard.measured("Slack's Socket Mode", slack, figures);
        }
    }

    private boolean eventsAcknowledged() throws Exception {
        Path folder = Files.createTempDirectory("ingress-slack-bench");
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeSlack slack = new FakeSlack(InstantSource.system());
                ServiceProcess service =
                        ServiceProcess.startToBeMeasured(folder.resolve("home"), maven, settings(slack, folder))) {
            Process bolt = bolt(slack);
            try {
                int port = Integer.parseInt(bolt.inputReader().readLine());
                return compared(
                        served("Saywhen, built, with its database", service.handle(), service.port()),
                        served("bare Bolt for Java, one listener", bolt.toHandle(), port));
            } finally {
                bolt.destroyForcibly().waitFor();
            }
        } finally {
            Folders.remove(folder);
        }
    }

    private static Served served(String name, ProcessHandle process, int port) {
        return new Served(
                name, process, new SignedEvents(port, SECRET, IngressSlackBenchmark::event), new ArrayList<>());
    }

    private boolean compared(Served saywhen, Served bolt) {
        List<Served> both = List.of(saywhen, bolt);
        both.forEach(IngressSlackBenchmark::warmUp);
        for (int round = 0; round < ROUNDS; round++) {
            both.forEach(IngressSlackBenchmark::round);
        }
        System.out.println("events acknowledged over signed HTTP         for each CPU second, median (least to most)");
        both.forEach(one -> {
            List<Double> sorted = one.perCpuSecond().stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %12.0f (%.0f to %.0f)%n",
                    one.name(),
                    median(one),
                    sorted.getFirst(),
                    sorted.getLast());
        });
        double share = median(saywhen) / median(bolt);
        System.out.printf(
                Locale.ROOT, "target (not below Bolt): %.2f times, %s%n%n", share, share >= 1 ? "met" : "missed");
        System.out.printf("events acknowledged at %d a second (open loop), ms from when each was due%n", perSecond);
        Latency.printHead("events");
        both.forEach(one -> one.events().perSecond(perSecond, ROUND));
        Histogram steady = steady(saywhen);
        Histogram ofBolt = steady(bolt);
        boolean met = Latency.millis(steady, 99) < ACKNOWLEDGED_MILLIS;
        System.out.printf(
                Locale.ROOT, "target (p99 under %.0f ms): %s%n%n", ACKNOWLEDGED_MILLIS, met ? "met" : "missed");
        figures.put("eventsPerCpuSecond", saywhen.perCpuSecond());
        figures.put("eventsPerCpuSecondOfBolt", bolt.perCpuSecond());
        figures.put("acknowledged", Latency.quantiles(steady));
        figures.put("acknowledgedByBolt", Latency.quantiles(ofBolt));
        return met && share >= 1;
    }

    /** By events and not by time, so that a slow machine has compiled as much as a quick one. */
    private static void warmUp(Served one) {
        for (long taken = 0; taken < WARMING_EVENTS; ) {
            taken += one.events().asFastAsTheyAreTaken(ROUND).acknowledged();
        }
    }

    private static void round(Served one) {
        Duration before = one.process().info().totalCpuDuration().orElseThrow();
        SignedEvents.Outcome outcome = one.events().asFastAsTheyAreTaken(ROUND);
        Duration cpu = one.process().info().totalCpuDuration().orElseThrow().minus(before);
        refuse(outcome);
        one.perCpuSecond().add(outcome.acknowledged() * 1e9 / cpu.toNanos());
    }

    private Histogram steady(Served one) {
        SignedEvents.Outcome outcome = one.events().perSecond(perSecond, STEADY);
        refuse(outcome);
        Latency.print(one.name(), outcome.latency());
        return outcome.latency();
    }

    private static void refuse(SignedEvents.Outcome outcome) {
        if (outcome.refused() > 0) {
            throw new IllegalStateException(outcome.refused() + " events were not acknowledged");
        }
    }

    private static double median(Served one) {
        List<Double> sorted = one.perCpuSecond().stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /** A message as Slack tells it. */
    private static String event(long number) {
        Instant now = Instant.now();
        String ts = "%d.%06d".formatted(now.getEpochSecond(), number % 1_000_000);
        String text = "has anyone seen the dashboard of the orders? number " + number;
        return """
                {"token":"z","team_id":"T0TEAM","context_team_id":"T0TEAM","context_enterprise_id":null,"api_app_id":"A0APP",\
                "event":{"user":"U0BOBBB","type":"message","ts":"%1$s","client_msg_id":"5b2f6a3c-0c1e-4bb1-9d3d-%2$012d",\
                "text":"%3$s","team":"T0TEAM","blocks":[{"type":"rich_text","block_id":"b%2$d","elements":[{"type":\
                "rich_text_section","elements":[{"type":"text","text":"%3$s"}]}]}],"channel":"C0INC412","event_ts":"%1$s",\
                "channel_type":"channel"},"type":"event_callback","event_id":"Ev%2$d","event_time":%4$d,"authorizations":[\
                {"enterprise_id":null,"team_id":"T0TEAM","user_id":"U0SAYWHEN","is_bot":true,"is_enterprise_install":false}],\
                "is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UifQ"}""".formatted(ts, number, text, now.getEpochSecond());
    }

    private static Process bolt(FakeSlack slack) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareBolt.class.getName(),
                        TOKEN,
                        SECRET,
                        slack.apiUrl())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String[] settings(FakeSlack slack, Path folder) throws IOException, InterruptedException {
        Path repository = folder.resolve("orders");
        Process git = new ProcessBuilder("git", "init", "-q", "-b", "main", repository.toString())
                .inheritIO()
                .start();
        Process commit = null;
        if (git.waitFor() == 0) {
            commit = new ProcessBuilder(
                            "git",
                            "-C",
                            repository.toString(),
                            "-c",
                            "user.name=a",
                            "-c",
                            "user.email=a@b",
                            "commit",
                            "-q",
                            "--allow-empty",
                            "-m",
                            "First")
                    .inheritIO()
                    .start();
        }
        if (commit == null || commit.waitFor() != 0) {
            throw new IllegalStateException("no repository could be made in " + folder);
        }
        String project = "saywhen.projects.\"orders\".";
        return new String[] {
            "saywhen.slack.bot-token=" + TOKEN,
            "saywhen.slack.signing-secret=" + SECRET,
            "saywhen.slack.api-url=" + slack.apiUrl(),
            project + "repository=" + repository,
            project + "channels=orders-dev",
            project + "approvers=slack:T0TEAM:U0ANAAA"
        };
    }
}
