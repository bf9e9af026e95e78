package dev.saywhen.adapter.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody who follows the chat what happens, in one order, and lets them go on where they broke off.
 *
 * <p>An event's id is {@code start-number-message}: which start of the service, the event's number in it, and the message
 * up to which everything had been told. The newest events are kept. A listener that comes from further back, or from
 * before a restart, first gets a {@code reset} (what it knows may be out of date), then every message since. So a
 * listener may be told a message twice, and misses none.
 */
final class LiveEvents {
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,16})-([0-9]{1,18})-([0-9]{1,18})");

    private final String start;
    private final int kept;
    private final Deque<Numbered> newest = new ArrayDeque<>(); // guarded by this
    private final Set<Follower> followers = new LinkedHashSet<>(); // guarded by this
    private long number; // guarded by this
    private long toldUpTo; // guarded by this

    /** What a listener gets. {@code data} is shown as JSON; without data it only carries an id. */
    record Event(String id, String name, @Nullable Object data) {}

    /** Where the messages are that a listener missed. */
    @FunctionalInterface
    interface Backlog {
        /** Some messages with higher ids, the oldest first; empty when there are none. */
        List<MessageView> after(long message);
    }

    private record Numbered(long number, Event event) {}

    /** Tells a listener that it missed more than is remembered. */
    record Reset(String detail) {}

    /** @param start different for every start of the service: digits and lower-case letters */
    LiveEvents(String start, int kept, long toldUpTo) {
        this.start = start;
        this.kept = kept;
        this.toldUpTo = toldUpTo;
    }

    /** Tells everybody. {@code settled} is the message up to which everything is settled. */
    synchronized void tell(String name, Object data, long settled) {
        number++;
        toldUpTo = Math.max(toldUpTo, settled);
        Event event = new Event(id(number, toldUpTo), name, data);
        newest.add(new Numbered(number, event));
        if (newest.size() > kept) {
            newest.remove();
        }
        List.copyOf(followers).forEach(follower -> follower.hear(event));
    }

    /**
     * Tells a listener everything since the event with this id and from now on, one event at a time.
     *
     * @param lastId the id of the last event it got; absent for one that starts to listen
     * @return to be run when it no longer listens
     */
    Runnable follow(@Nullable String lastId, Backlog backlog, Consumer<Event> listener) {
        Follower follower = new Follower(listener);
        Matcher known = ID.matcher(lastId == null ? "" : lastId);
        boolean isId = known.matches();
        synchronized (this) {
            followers.add(follower);
            long from = isId && known.group(1).equals(start) ? Long.parseLong(known.group(2)) : -1;
            boolean complete = newest.isEmpty()
                    ? from == number
                    : from >= newest.getFirst().number() - 1;
            if (lastId == null || (complete && from <= number)) {
                listener.accept(new Event(lastId == null ? id(number, toldUpTo) : lastId, "", null));
                newest.stream()
                        .filter(one -> lastId != null && one.number() > from)
                        .forEach(one -> listener.accept(one.event()));
                follower.catchUp();
                return () -> leave(follower);
            }
        }
        try {
            replay(isId ? Long.parseLong(known.group(3)) : toldUpToNow(), backlog, listener);
        } catch (RuntimeException unreadable) {
            leave(follower);
            throw unreadable;
        }
        synchronized (this) {
            follower.catchUp();
        }
        return () -> leave(follower);
    }

    private synchronized long toldUpToNow() {
        return toldUpTo;
    }

    private synchronized void leave(Follower follower) {
        followers.remove(follower);
    }

    /** Ids of an unknown start: whoever breaks off in the middle comes here again and goes on from that message. */
    private void replay(long after, Backlog backlog, Consumer<Event> listener) {
        listener.accept(new Event(
                "0-0-" + after,
                "reset",
                new Reset("What happened before is no longer known in detail. Read the messages and runs again.")));
        long told = after;
        for (List<MessageView> some = backlog.after(told); !some.isEmpty(); some = backlog.after(told)) {
            for (MessageView message : some) {
                told = Long.parseLong(message.id());
                listener.accept(new Event("0-0-" + told, "message", message));
            }
        }
    }

    private String id(long number, long message) {
        return start + "-" + number + "-" + message;
    }

    /** Keeps what happens back until the listener was told what it missed. Guarded by the lock around it. */
    private static final class Follower {
        private final Consumer<Event> listener;
        private final List<Event> waiting = new ArrayList<>();
        private boolean live;

        Follower(Consumer<Event> listener) {
            this.listener = listener;
        }

        void hear(Event event) {
            if (live) {
                listener.accept(event);
            } else {
                waiting.add(event);
            }
        }

        void catchUp() {
            waiting.forEach(listener);
            waiting.clear();
            live = true;
        }
    }
}
