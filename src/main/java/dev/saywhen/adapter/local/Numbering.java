package dev.saywhen.adapter.local;

import dev.saywhen.chat.MessageArchive;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeSet;

/**
 * Gives messages their ids and their times in memory, so that a STOP has both before anything is stored.
 *
 * <p>Times are strictly increasing, whatever the clock does, and in steps that every store keeps. An id is open until it
 * is settled; who reads up to an open id could otherwise page past a message that appears a moment later.
 */
final class Numbering {
    private final Clock clock;
    private final TreeSet<Long> open = new TreeSet<>(); // guarded by this
    private long last; // guarded by this
    private Instant newest; // guarded by this

    /** An id and the time that goes with it. */
    record Number(long id, Instant at) {}

    Numbering(MessageArchive.Position from, Clock clock) {
        this.clock = clock;
        this.last = from.id();
        this.newest = from.time();
    }

    /** The next id, open until {@link #settle}. */
    synchronized Number next() {
        last++;
        open.add(last);
        return new Number(last, moment());
    }

    /** A time later than every one before it. */
    synchronized Instant moment() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        newest = now.isAfter(newest) ? now : newest.plus(1, ChronoUnit.MICROS);
        return newest;
    }

    /** Whatever is to be seen of this id can be seen now. */
    synchronized void settle(Number number) {
        open.remove(number.id());
        notifyAll();
    }

    synchronized long last() {
        return last;
    }

    /** The highest id below which nothing is open. */
    synchronized long settled() {
        return open.isEmpty() ? last : open.first() - 1;
    }

    /** Waits until every id given so far is settled, at most this long; then says how far everything is. */
    synchronized long settledAfter(Duration atMost) {
        long target = last;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (settled() < target) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return settled();
    }
}
