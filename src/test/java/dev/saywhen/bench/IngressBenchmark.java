package dev.saywhen.bench;

import static io.restassured.RestAssured.given;

import com.sun.management.OperatingSystemMXBean;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.RunStore;
import dev.saywhen.http.PromptThreads;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * How soon a STOP is heard while the inbox is flooded: ordinary talk, texts of 20,000 characters and talk in the threads of
 * runs, which is stored in PostgreSQL, as fast as it is taken. STOPs come at fixed times whatever became of those before
 * (open loop), and count from the time they were due until every permit is dead.
 *
 * <p>Run by {@code ./saywhen bench ingress}, which starts it inside the application: the stores are real.
 */
@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class IngressBenchmark {
    private static final int FLOODING = 64;
    private static final int THREADS_WITH_A_RUN = 16;
    private static final int READERS = 8;
    private static final Duration WARMING_UP = Duration.ofSeconds(45);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final Duration BETWEEN_STOPS = Duration.ofMillis(20);
    private static final double TARGET_MILLIS = 5;
    private static final TeamId TEAM = new TeamId(new Platform("local"), "local");
    private static final String LONG = "the build of the orders service took a while again today, as ever. "
            .repeat(300)
            .substring(0, 20_000);

    @Inject
    Inbox inbox;

    @Inject
    RunStore runs;

    private final AtomicLong numbers = new AtomicLong(900_000_000);
    private final AtomicLong taken = new AtomicLong();

    private record Series(
            String name, Histogram latency, Histogram woken, long messages, double microsOfCpu, Duration took) {}

    @Test
    void a_stop_is_heard_in_the_middle_of_a_flood() throws Exception {
        Machine machine = Machine.now();
        List<ThreadId> threads = openRuns();
        Executor reader = Runnable::run;
        Executor prompt = PromptThreads.all(); // as the local chat hands on what it reads
        measured("warming up", WARMING_UP, threads, FLOODING, prompt);

        List<Series> all = List.of(
                measured("idle, heard where it is read", MEASURED, threads, 0, reader),
                measured("flood, heard where it is read", MEASURED, threads, FLOODING, reader),
                measured("flood, handed to a prompt thread", MEASURED, threads, FLOODING, prompt));

        print(all, machine);
        Report.write(
                "ingress", machine, all.stream().map(IngressBenchmark::facts).toList());
    }

    private List<ThreadId> openRuns() {
        List<ThreadId> threads = new ArrayList<>();
        for (int i = 0; i < THREADS_WITH_A_RUN; i++) {
            String id = given().contentType(ContentType.JSON)
                    .body("""
                            {"channel": "general", "author": "ana", "text": "@saywhen Note: text string required max 200"}
                            """)
                    .post("/api/local/messages")
                    .path("id");
            ThreadId thread = new ThreadId(new MessageId(new ChannelId(TEAM, "general"), id));
            while (runs.inThread(thread).isEmpty()) {
                LockSupport.parkNanos(5_000_000);
            }
            threads.add(thread);
        }
        return threads;
    }

    private Series measured(String name, Duration duration, List<ThreadId> threads, int flooding, Executor hearing)
            throws InterruptedException {
        AtomicBoolean goOn = new AtomicBoolean(true);
        CountDownLatch ended = new CountDownLatch(flooding);
        for (int i = 0; i < flooding; i++) {
            int seed = i;
            Thread.ofVirtual().start(() -> talkOn(threads, seed, goOn, ended));
        }
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpuBefore = process.getProcessCpuTime();
        long takenBefore = taken.get();
        Histogram latency = new ConcurrentHistogram(3);
        Histogram woken = new ConcurrentHistogram(3);
        long begun = System.nanoTime();
        stopAgainAndAgain(begun, duration, hearing, latency, woken);
        long took = System.nanoTime() - begun;
        long messages = taken.get() - takenBefore;
        double cpu = (process.getProcessCpuTime() - cpuBefore) / 1_000.0 / Math.max(1, messages);
        goOn.set(false);
        ended.await(30, TimeUnit.SECONDS);
        return new Series(name, latency, woken, messages, cpu, Duration.ofNanos(took));
    }

    /** Each message on a virtual thread of its own, as a request of the local chat is; the next when it was taken. */
    private void talkOn(List<ThreadId> threads, int turn, AtomicBoolean goOn, CountDownLatch ended) {
        talk(threads, turn);
        if (goOn.get()) {
            Thread.ofVirtual().start(() -> talkOn(threads, turn + 1, goOn, ended));
        } else {
            ended.countDown();
        }
    }

    /** One in ten is long, one in ten stands in the thread of a run and is stored. */
    private void talk(List<ThreadId> threads, int turn) {
        boolean inRun = turn % 10 == 3;
        MessageId id = message(inRun ? "general" : "random");
        ThreadId thread = inRun ? threads.get(turn / 10 % threads.size()) : new ThreadId(id);
        String text = inRun ? "!aside lunch at noon" : turn % 10 == 7 ? LONG : "has anyone seen the orders dashboard?";
        InboundEvent event = said(id, thread, text);
        inbox.hear(event);
        inbox.accept(event);
        taken.incrementAndGet();
    }

    /** As where a socket is read: a thread waits there for what arrives, and hears it or hands it on. */
    private void stopAgainAndAgain(long begun, Duration duration, Executor hearing, Histogram latency, Histogram woken)
            throws InterruptedException {
        int count = (int) duration.dividedBy(BETWEEN_STOPS);
        CountDownLatch heard = new CountDownLatch(count);
        for (int reader = 0; reader < READERS; reader++) {
            int first = reader;
            Thread.ofPlatform().daemon().start(() -> {
                for (int i = first; i < count; i += READERS) {
                    long due = begun + i * BETWEEN_STOPS.toNanos();
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    woken.recordValue(System.nanoTime() - due);
                    hearing.execute(() -> stop(due, latency, heard));
                }
            });
        }
        if (!heard.await(duration.toSeconds() + 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(heard.getCount() + " STOPs were not heard.");
        }
    }

    private void stop(long due, Histogram latency, CountDownLatch heard) {
        MessageId id = message("ops");
        if (inbox.hear(said(id, new ThreadId(id), "stop everything"))) {
            latency.recordValue(System.nanoTime() - due);
            heard.countDown();
        }
    }

    private MessageId message(String channel) {
        return new MessageId(new ChannelId(TEAM, channel), Long.toString(numbers.incrementAndGet()));
    }

    private static InboundEvent said(MessageId id, ThreadId thread, String text) {
        Author ana = new Author(new ActorId(TEAM, "ana"), Author.Kind.PERSON);
        return new InboundEvent.Posted(new InboundMessage(id, thread, ana, text, Instant.now(), null, Set.of()));
    }

    private static void print(List<Series> all, Machine machine) {
        System.out.printf(
                "STOP heard, ms from when it was due; %d STOPs a second, %d flooding threads%n",
                Duration.ofSeconds(1).dividedBy(BETWEEN_STOPS), FLOODING);
        System.out.println("                                     median      p90      p99    p99.9      max"
                + "   of it to wake, p99   messages/s   CPU us/message");
        for (Series series : all) {
            Histogram latency = series.latency();
            System.out.printf(
                    Locale.ROOT,
                    "%-35s %8.2f %8.2f %8.2f %8.2f %8.2f %20.2f %12.0f %16.0f%n",
                    series.name(),
                    Latency.millis(latency, 50),
                    Latency.millis(latency, 90),
                    Latency.millis(latency, 99),
                    Latency.millis(latency, 99.9),
                    Latency.millis(latency, 100),
                    Latency.millis(series.woken(), 99),
                    series.messages() * 1_000.0 / series.took().toMillis(),
                    series.messages() == 0 ? 0 : series.microsOfCpu());
        }
        boolean met = all.stream().allMatch(series -> Latency.millis(series.latency(), 99) < TARGET_MILLIS);
        System.out.printf(
                "target (p99 under %.0f ms): %s%n%s%n",
                TARGET_MILLIS, met ? "met" : machine.isQuiet() ? "MISSED" : "not measurable", machine);
    }

    private static Map<String, Object> facts(Series series) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("series", series.name());
        for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            facts.put("millisP" + percentile, Latency.millis(series.latency(), percentile));
        }
        facts.put("millisToWakeP99", Latency.millis(series.woken(), 99));
        facts.put("messagesPerSecond", series.messages() * 1_000 / series.took().toMillis());
        facts.put("cpuMicrosPerMessage", series.messages() == 0 ? null : series.microsOfCpu());
        return facts;
    }
}
