package dev.saywhen.flow;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Newest;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Moment;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.words.Mentions;
import dev.saywhen.words.StopPlace;
import dev.saywhen.words.StopRecognition;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The inbox: STOP first, with nothing but the latch and the index in its way; then everything else. */
public final class StopFirstInbox implements Inbox {
    private static final int REMEMBERED = 1_000;
    private static final int TAKEN_IN_AT_ONCE = Runtime.getRuntime().availableProcessors();
    private static final Duration MADE_WAY_FOR = Duration.ofMillis(100);

    private final StopRecognition recognition;
    private final Mentions mentions;
    private final StopSwitch stops;
    private final StopDesk desk;
    private final LiveThreads threads;
    private final Projects projects;
    private final Router router;
    private final Executor executor;

    /** Virtual threads run until they wait. Few of them take in, so that one that hears finds a processor at once. */
    private final Semaphore takingIn = new Semaphore(TAKEN_IN_AT_ONCE, true);

    /** What was a STOP when it was heard is one when it is taken in, though the run is held by then. */
    private final Set<InboundEvent> carriedOut = Newest.set(REMEMBERED);

    public StopFirstInbox(
            StopRecognition recognition,
            Mentions mentions,
            StopSwitch stops,
            StopDesk desk,
            LiveThreads threads,
            Projects projects,
            Router router,
            Executor executor) {
        this.recognition = recognition;
        this.mentions = mentions;
        this.stops = stops;
        this.desk = desk;
        this.threads = threads;
        this.projects = projects;
        this.router = router;
        this.executor = executor;
    }

    @Override
    public boolean hear(InboundEvent event) {
        long begun = System.nanoTime();
        Optional<Heard> heard = listen(event);
        heard.ifPresent(stop -> {
            carriedOut.add(event);
            StopPull pull = stops.pull(stop.order());
            executor.execute(() -> {
                desk.follow(pull, begun, stop.thread(), stop.answersEvenNothing());
                router.stopFollowed(event);
            });
        });
        return heard.isPresent();
    }

    @Override
    public boolean mayHoldStopWord(String raw) {
        return recognition.mayHear(raw);
    }

    @Override
    public boolean passes(InboundEvent event) {
        return event instanceof InboundEvent.Posted(InboundMessage message)
                && !router.mayMatter(message)
                && listen(event).isEmpty();
    }

    @Override
    public void accept(InboundEvent event) {
        boolean isStop = carriedOut.contains(event) || hear(event); // it may have become one since
        boolean hasPlace = !isStop && placeWithin(MADE_WAY_FOR);
        try {
            router.accept(event, isStop);
        } finally {
            if (hasPlace) {
                takingIn.release();
            }
        }
    }

    /** False after a while: where the database makes everybody wait, the places say nothing about processors. */
    private boolean placeWithin(Duration patience) {
        try {
            return takingIn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean catchUp(InboundMessage message) {
        InboundEvent event = new InboundEvent.Posted(message);
        if (listen(event).isEmpty()) {
            router.accept(event, false);
            return false;
        }
        return isNews(message) && hear(event);
    }

    /** Where that cannot be told, it is heard: a STOP too many costs a few replies. */
    private boolean isNews(InboundMessage message) {
        try {
            return router.keep(message);
        } catch (RuntimeException unreadable) {
            return true;
        }
    }

    @Override
    public Receipt stop(String by, @Nullable RunId run, String place) {
        long begun = System.nanoTime();
        StopPull pull = stops.pull(new StopOrder(run, null, by, "stop", place, null));
        return desk.follow(pull, begun, null, false);
    }

    /** One that hears as this one does, and nothing hangs on it: its latch holds no run of anybody's, and nothing follows. */
    public Inbox forWarmUp() {
        RunId nobodys = new RunId(1);
        StopSwitch apart = new StopSwitch(0);
        apart.track(nobodys, false);
        apart.onPull(apart.epochOf(nobodys), () -> CutOff.Report.NOTHING);
        return new ForWarmUp(
                new StopFirstInbox(recognition, mentions, apart, desk, new LiveThreads(), projects, router, _ -> {}),
                () -> apart.rearm(apart.epochOf(nobodys)));
    }

    /** Takes nothing in. */
    private record ForWarmUp(StopFirstInbox inbox, Runnable rearm) implements Inbox {
        @Override
        public boolean hear(InboundEvent event) {
            boolean isStop = inbox.hear(event);
            rearm.run();
            return isStop;
        }

        @Override
        public boolean passes(InboundEvent event) {
            return inbox.passes(event);
        }

        @Override
        public void accept(InboundEvent event) {
            throw takesNothingIn();
        }

        @Override
        public boolean catchUp(InboundMessage message) {
            throw takesNothingIn();
        }

        @Override
        public Receipt stop(String by, @Nullable RunId run, String place) {
            throw takesNothingIn();
        }

        private static IllegalStateException takesNothingIn() {
            return new IllegalStateException("what is said to warm up is never taken in");
        }
    }

    private record Heard(StopOrder order, @Nullable ThreadId thread, boolean answersEvenNothing) {}

    private Optional<Heard> listen(InboundEvent event) {
        return switch (event) {
            case InboundEvent.Posted(InboundMessage message) -> said(message);
            case InboundEvent.Edited(InboundMessage message) -> said(message);
            case InboundEvent.Reacted reacted
            when reacted.isToOwnMessage() && recognition.isStopEmoji(reacted.emoji()) ->
                Optional.of(heard(
                        reacted.thread(),
                        Set.of(),
                        reacted.emoji(),
                        reacted.emoji(),
                        reacted.author(),
                        reacted.at(),
                        reacted.to()));
            case InboundEvent.PlaceLost lost -> lost(lost);
            case InboundEvent.Reacted _, InboundEvent.Deleted _, InboundEvent.OwnMessageLost _ -> Optional.empty();
        };
    }

    /** A place where no run is can be lost without harm; with more than one run in it everything is held. */
    private Optional<Heard> lost(InboundEvent.PlaceLost lost) {
        List<Run> there = threads.all().stream()
                .filter(run -> !run.state().hasEnded())
                .filter(run -> lost.thread() == null
                        ? run.thread().channel().equals(lost.channel())
                        : run.thread().equals(lost.thread()))
                .toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        RunId run = there.size() == 1 ? there.getFirst().id() : null;
        StopOrder order = new StopOrder(
                run, moment(lost.channel(), lost.at()), "the platform", lost.why(), place(lost.channel()), null);
        return Optional.of(new Heard(order, null, false));
    }

    private Optional<Heard> said(InboundMessage message) {
        StopPlace place = placeOf(message);
        Optional<String> word = message.author().kind() == Author.Kind.MACHINE
                ? recognition.hearMachine(message.text(), place)
                : recognition.hear(message.text(), place);
        return word.map(heard -> heard(
                message.thread(),
                message.traits(),
                message.text(),
                heard,
                message.author(),
                message.said(),
                message.id()));
    }

    private Heard heard(
            ThreadId thread,
            Set<InboundMessage.Trait> traits,
            String text,
            String word,
            Author author,
            Instant at,
            MessageId message) {
        boolean everywhere = traits.contains(InboundMessage.Trait.BROADCAST) || recognition.coversEverything(text);
        Optional<Run> run = everywhere ? Optional.empty() : threads.in(thread);
        boolean answers = threads.in(thread).isPresent()
                || traits.contains(InboundMessage.Trait.DIRECT)
                || mentions.mentionsBot(text);
        StopOrder order = new StopOrder(
                run.map(Run::id).orElse(null),
                moment(thread.channel(), at),
                "@" + author.id().user(),
                word,
                place(thread.channel()),
                message);
        return new Heard(order, thread, answers);
    }

    private StopPlace placeOf(InboundMessage message) {
        Set<StopPlace.Trait> traits = EnumSet.noneOf(StopPlace.Trait.class);
        ChannelId channel = message.thread().channel();
        if (message.traits().contains(InboundMessage.Trait.DIRECT)) {
            traits.add(StopPlace.Trait.DIRECT_MESSAGE);
        }
        projects.in(channel, false).ifPresent(project -> {
            traits.add(StopPlace.Trait.PROJECT_CHANNEL);
            if (threads.acting().stream().anyMatch(run -> run.project().equals(project.name()))) {
                traits.add(StopPlace.Trait.CHANNEL_OF_ACTING_PROJECT);
            }
        });
        threads.in(message.thread()).ifPresent(_ -> traits.add(StopPlace.Trait.RUN_THREAD));
        if (threads.isActing(message.thread())) {
            traits.add(StopPlace.Trait.THREAD_OF_ACTING_RUN);
        }
        return new StopPlace(traits);
    }

    private static Moment moment(ChannelId channel, Instant at) {
        return new Moment(channel.platform(), at);
    }

    private String place(ChannelId channel) {
        String name = projects.nameOf(channel);
        return name.startsWith("@") ? "a direct message" : "#" + name;
    }
}
