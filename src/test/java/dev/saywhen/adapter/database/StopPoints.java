package dev.saywhen.adapter.database;

import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plan of many steps on a real database, stopped at random points, and looked at. */
public final class StopPoints {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final RunId RUN = new RunId(7);
    private static final Pattern FOUND = Pattern.compile("ana:s(\\d+) (committed|rolled back)");

    private final DemoDatabase demo;
    private final List<List<ChangeSet>> steps = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<Proof> proofs;
    private final Duration whole;
    private final Random random;

    /** What came of one STOP: what is wrong, if anything, and how long it took until all was rolled back and looked at. */
    public record Result(List<String> wrong, Duration took, int steps) {}

    public StopPoints(DemoDatabase demo, int steps, long seed) throws Exception {
        this.demo = demo;
        this.random = new Random(seed);
        for (int number = 1; number <= steps; number++) {
            String table = "s" + number;
            this.steps.add(DemoDatabase.changeSets(
                    table,
                    "CREATE TABLE %s (id int PRIMARY KEY, word text); INSERT INTO %s SELECT n, md5(n::text) FROM generate_series(1, 500) n; CREATE INDEX ON %s (word);"
                            .formatted(table, table, table),
                    "DROP TABLE " + table + ";"));
        }
        reset();
        proofs = demo.proofs(this.steps);
        states.add(demo.everything());
        long begin = System.nanoTime();
        Duration looking = Duration.ZERO;
        for (int at = 0; at < steps; at++) {
            StopSwitch stops = new StopSwitch(0);
            stops.track(RUN, false);
            step(stops, at);
            long look = System.nanoTime();
            states.add(demo.everything());
            looking = looking.plusNanos(System.nanoTime() - look);
        }
        whole = Duration.ofNanos(System.nanoTime() - begin).minus(looking);
    }

    /** One whole plan, stopped somewhere on its way. */
    public Result stopSomewhere() throws Exception {
        reset();
        StopSwitch stops = new StopSwitch(0);
        stops.track(RUN, false);
        AtomicInteger done = new AtomicInteger();
        FutureTask<Boolean> plan = new FutureTask<>(() -> {
            for (int at = 0; at < steps.size(); at++) {
                step(stops, at);
                done.incrementAndGet();
            }
            return true;
        });
        Thread.ofVirtual().start(plan);
        LockSupport.parkNanos((long) (random.nextDouble() * whole.toNanos()));

        long begin = System.nanoTime();
        StopPull pull = stops.pull(new StopOrder(RUN, null, "@ana", "stop", "#general", null));
        CutOff.Report report = pull.settle(Duration.ofSeconds(10)).getOrDefault(RUN, CutOff.Report.NOTHING);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        end(plan);
        return new Result(wrong(report, done.get()), took, done.get());
    }

    private void step(StopSwitch stops, int at) throws Exception {
        Effect.ApplyChangeSets effect = new Effect.ApplyChangeSets(RUN, DEMO, steps.get(at), proofs.get(at));
        new AppliesChangeSets(Map.of(DEMO, demo.target), stops, (_, _) -> {}).perform(Clearances.live(effect, stops));
    }

    private static void end(FutureTask<Boolean> plan) throws InterruptedException, TimeoutException {
        try {
            plan.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException cut) {
            // what it came to is looked at in the database
        }
    }

    private List<String> wrong(CutOff.Report report, int done) throws SQLException {
        List<String> wrong = new ArrayList<>(report.survivors());
        int named = done;
        for (String found : report.found()) {
            Matcher matcher = FOUND.matcher(found);
            if (!matcher.find()) {
                wrong.add("not understood: " + found);
            } else {
                int number = Integer.parseInt(matcher.group(1));
                named = matcher.group(2).equals("committed") ? number : number - 1;
            }
        }
        String state = demo.everything();
        if (!state.equals(states.get(named))) {
            wrong.add("named as after step " + named + ", is as after step " + states.indexOf(state) + ": " + report);
        }
        int sessions = demo.sessions();
        if (sessions != 0) {
            wrong.add(sessions + " sessions left");
        }
        int locks = demo.locks();
        if (locks != 0) {
            wrong.add(locks + " locks left");
        }
        return wrong;
    }

    private void reset() throws SQLException {
        demo.run("DROP OWNED BY demo");
    }
}
