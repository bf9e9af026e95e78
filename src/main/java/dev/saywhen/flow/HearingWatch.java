package dev.saywhen.flow;

import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.Hearing;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * No ears, no hands (gate.md, section 9): makes the echo while runs act, ends what acts when nothing comes back, and lets
 * nothing go on before what was missed is read.
 *
 * <p>{@link Hearing} is told of an arrival only while no gap is open, so that the gate refuses until then. While nothing acts
 * there is no echo, and silence says nothing: what may have been missed in it is read before the next word is looked at.
 */
public final class HearingWatch {
    private static final Duration ECHO_EVERY = Duration.ofSeconds(5);
    private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(5);
    private static final int TRIES = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration READ_AT_LEISURE = Duration.ofMinutes(5);
    private static final Duration RECORD_EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_ABSENCE = Duration.ofDays(1); // older tasks are nobody's wish any more

    /** The receiving side of one team (port). */
    public interface Ears {
        TeamId team();

        /** Opens every receiving path anew. Returns at once. */
        void reopen();

        /**
         * Reads what was said since then in every channel, direct message and live thread, these threads first, and brings
         * it into {@link Inbox}; and what became of the messages on which the run of a thread depends. Throws if something
         * could not be read.
         */
        Missed readSince(Instant since, Map<ThreadId, Set<MessageId>> live);
    }

    /** What was read after a gap. */
    public record Missed(int messages, boolean stopped) {}

    /**
     * How well a team is heard.
     *
     * @param gaps silences that ended what acted
     * @param caughtUp messages that were found in the history
     */
    public record Figures(Optional<Instant> lastHeard, long gaps, long caughtUp) {}

    private enum Phase {
        DEAF,
        READING,
        HEARING
    }

    /** One team; every field is guarded by it. */
    private static final class Team {
        private final Ears ears;
        private Phase phase = Phase.DEAF;
        private @Nullable Instant lastArrival;
        private @Nullable Instant gapSince;
        private @Nullable Instant lastEcho;
        private Instant readAgainAt = Instant.MIN;
        private int unread; // readings that failed, one after the other
        private boolean isFirst = true; // nothing was read since the start
        private boolean isAwaited; // somebody wants to look at a word
        private Instant lastRead = Instant.MIN;
        private Instant recorded = Instant.MIN;
        private long gaps;
        private long caughtUp;
        private final Set<RunId> frozen = new HashSet<>();

        Team(Ears ears) {
            this.ears = ears;
        }
    }

    private final Hearing hearing;
    private final LiveThreads threads;
    private final StopSwitch stops;
    private final RunDriver driver;
    private final HearingLog log;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<TeamId, Team> teams = new ConcurrentHashMap<>();

    public HearingWatch(
            Hearing hearing,
            LiveThreads threads,
            StopSwitch stops,
            RunDriver driver,
            HearingLog log,
            Executor executor,
            InstantSource clock) {
        this.hearing = hearing;
        this.threads = threads;
        this.stops = stops;
        this.driver = driver;
        this.log = log;
        this.executor = executor;
        this.clock = clock;
    }

    /** A team is listened to from now on; what was said while nobody listened is read first. */
    public void opened(Ears ears) {
        Team team = new Team(ears);
        teams.put(ears.team(), team);
        synchronized (team) {
            team.gapSince = log.heardUntil(ears.team())
                    .or(() -> oldestWait(ears.team()))
                    .orElse(null);
            read(team);
        }
    }

    /** A verified event arrived from the team. Costs next to nothing. */
    public void arrived(TeamId id) {
        Team team = teams.get(id);
        if (team == null) {
            return;
        }
        synchronized (team) {
            Instant now = clock.instant();
            noticeGap(team, now);
            team.lastArrival = now;
            if (team.phase == Phase.HEARING) {
                hearing.heard(id);
            } else {
                readIfNeeded(team, now);
            }
        }
    }

    private void readIfNeeded(Team team, Instant now) {
        boolean isNeeded = team.isFirst
                || team.isAwaited
                || !team.frozen.isEmpty()
                || now.isAfter(team.lastRead.plus(READ_AT_LEISURE))
                || !acting(team.ears.team()).isEmpty();
        if (team.phase == Phase.DEAF && isNeeded && !now.isBefore(team.readAgainAt)) {
            read(team);
        }
    }

    /**
     * Waits until what was missed is read, so that a STOP in it has done its work before anything that was said later is
     * looked at. Throws if that takes too long; it is to be tried again then.
     */
    public synchronized void awaitRead(TeamId id) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!isRead(id)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("what was said before in " + id + " is not read yet");
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted before what was said in " + id + " was read", interrupted);
            }
        }
    }

    private boolean isRead(TeamId id) {
        Team team = teams.get(id);
        if (team == null) {
            return false;
        }
        synchronized (team) {
            if (team.phase == Phase.HEARING) {
                return true;
            }
            team.isAwaited = true;
            readIfNeeded(team, clock.instant());
            return team.phase == Phase.HEARING;
        }
    }

    private synchronized void tellRead() {
        notifyAll();
    }

    /** When something arrived last; empty if nothing did since the start. */
    public Optional<Instant> lastHeard(TeamId id) {
        Team team = teams.get(id);
        if (team == null) {
            return Optional.empty();
        }
        synchronized (team) {
            return Optional.ofNullable(team.lastArrival);
        }
    }

    /** How well a team is heard; nothing of one that is not listened to. */
    public Figures figures(TeamId id) {
        Team team = teams.get(id);
        if (team == null) {
            return new Figures(Optional.empty(), 0, 0);
        }
        synchronized (team) {
            return new Figures(Optional.ofNullable(team.lastArrival), team.gaps, team.caughtUp);
        }
    }

    /** Looks once; called every second or so. */
    public void look() {
        teams.values().forEach(this::look);
    }

    private void look(Team team) {
        List<Run> acting = acting(team.ears.team());
        synchronized (team) {
            Instant now = clock.instant();
            noticeGap(team, now);
            Instant last = team.lastArrival;
            boolean isLive = last != null && Duration.between(last, now).compareTo(hearing.limit()) <= 0;
            if (isLive || team.isFirst) {
                readIfNeeded(team, now);
            }
            record(team, now);
            if (acting.isEmpty()) {
                team.lastEcho = null;
                return;
            }
            Instant echo = team.lastEcho;
            if (echo == null || !now.isBefore(echo.plus(ECHO_EVERY))) {
                if (echo != null && (team.lastArrival == null || team.lastArrival.isBefore(echo))) {
                    executor.execute(team.ears::reopen);
                }
                team.lastEcho = now;
                executor.execute(() -> acting.forEach(driver::beat));
            }
        }
    }

    private void record(Team team, Instant now) {
        Instant last = team.lastArrival;
        if (team.phase == Phase.HEARING && last != null && last.isAfter(team.recorded) && isDue(team, now)) {
            team.recorded = last;
            executor.execute(() -> recordUntil(team, last));
        }
    }

    private static boolean isDue(Team team, Instant now) {
        return team.recorded.equals(Instant.MIN) || !now.isBefore(team.recorded.plus(RECORD_EVERY));
    }

    /** Where it cannot be recorded, the next start reads more than it needs to. */
    private void recordUntil(Team team, Instant until) {
        try {
            log.record(team.ears.team(), until);
        } catch (RuntimeException notStored) {
            synchronized (team) {
                team.recorded = Instant.MIN;
            }
        }
    }

    /** A gap ends what acts at once, whether it is noticed by the clock or by what arrives after it. */
    private void noticeGap(Team team, Instant now) {
        Instant last = team.lastArrival;
        if (team.phase == Phase.HEARING
                && last != null
                && Duration.between(last, now).compareTo(hearing.limit()) > 0) {
            team.phase = Phase.DEAF;
            team.gapSince = last;
            List<Run> acting = acting(team.ears.team());
            team.gaps += acting.isEmpty() ? 0 : 1;
            acting.forEach(run -> {
                team.frozen.add(run.id());
                stops.suspend(run.id());
            });
        }
    }

    private void read(Team team) {
        team.phase = Phase.READING;
        executor.execute(() -> readMissed(team));
    }

    private void readMissed(Team team) {
        Instant begun = clock.instant();
        List<Run> live = live(team.ears.team());
        Instant since;
        boolean isFirst;
        synchronized (team) {
            since = team.gapSince;
            isFirst = team.isFirst;
        }
        if (since != null && live.isEmpty() && since.isBefore(begun.minus(LONGEST_ABSENCE))) {
            since = begun.minus(LONGEST_ABSENCE);
        }
        Missed missed = new Missed(0, false);
        try {
            if (since != null && (isFirst || !live.isEmpty())) {
                Map<ThreadId, Set<MessageId>> threads = new LinkedHashMap<>();
                live.forEach(run -> threads.put(run.thread(), dependsOn(run)));
                missed = team.ears.readSince(since, threads);
            }
        } catch (RuntimeException unreadable) {
            synchronized (team) {
                team.phase = Phase.DEAF;
                team.readAgainAt = clock.instant().plus(READ_AGAIN_AFTER);
                if (++team.unread < TRIES) {
                    return; // nothing acts meanwhile, and no phrase counts
                }
            }
            live.forEach(
                    run -> driver.unread(run.id(), team.ears.team().platform().name()));
            return;
        }
        Set<RunId> frozen;
        synchronized (team) {
            frozen = Set.copyOf(team.frozen);
            team.frozen.clear();
            team.phase = Phase.HEARING;
            team.unread = 0;
            team.isFirst = false;
            team.isAwaited = false;
            team.lastRead = begun;
            team.caughtUp += missed.messages();
            team.gapSince = begun;
            if (team.lastArrival != null) {
                hearing.heard(team.ears.team());
            }
        }
        tellRead();
        recordUntil(team, begun);
        Duration gap = since == null ? Duration.ZERO : Duration.between(since, begun);
        for (Run run : acting(team.ears.team())) {
            if (frozen.contains(run.id()) && !missed.stopped()) {
                driver.tellHeardAgain(run.id(), team.ears.team().platform().name(), gap, missed.messages());
            }
            driver.wake(run.id());
        }
    }

    private List<Run> acting(TeamId team) {
        return threads.acting().stream()
                .filter(run -> run.thread().team().equals(team))
                .toList();
    }

    /** Runs that a STOP would have covered. */
    private List<Run> live(TeamId team) {
        return threads.all().stream()
                .filter(run -> run.thread().team().equals(team))
                .filter(run -> !run.state().hasEnded() && !(run.state() instanceof RunState.Held))
                .sorted(Comparator.comparing(Run::id))
                .toList();
    }

    /** The message that says yes, or those of the plan that waits for one. */
    private static Set<MessageId> dependsOn(Run run) {
        if (run.state() instanceof RunState.Acting acting) {
            return Set.of(acting.yes().message());
        }
        return run.state() instanceof RunState.AwaitingAuthorization waiting
                ? Set.copyOf(waiting.pending().planMessages())
                : Set.of();
    }

    private Optional<Instant> oldestWait(TeamId team) {
        return live(team).stream()
                .map(run -> run.state() instanceof RunState.AwaitingAuthorization waiting
                        ? waiting.pending().postedAt()
                        : run.openedAt())
                .min(Comparator.naturalOrder());
    }
}
