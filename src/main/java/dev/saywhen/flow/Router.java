package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.words.Command;
import dev.saywhen.words.Commands;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.Mentions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Where a message goes that is no STOP: to its run, to a new run, or past us without a trace. */
public final class Router {
    private final Runs runs;
    private final LiveThreads threads;
    private final Projects projects;
    private final Mentions mentions;
    private final Commands commands;
    private final ConsentPhrases phrases;
    private final RunLanes lanes;
    private final RunDriver driver;
    private final ThreadTalk talk;
    private final Outbox outbox;
    private final UnaryOperator<InboundMessage> people;
    private final PlanPosts posts;
    private static final int TRIES = 30;

    private final Queue<Unfinished> unfinished = new ConcurrentLinkedQueue<>();

    /** @param people asks the platform what the author of a message is; throws if it cannot be read, and is asked again */
    public Router(
            Runs runs,
            LiveThreads threads,
            Projects projects,
            Mentions mentions,
            Commands commands,
            ConsentPhrases phrases,
            RunLanes lanes,
            RunDriver driver,
            ThreadTalk talk,
            Outbox outbox,
            UnaryOperator<InboundMessage> people) {
        this.runs = runs;
        this.threads = threads;
        this.projects = projects;
        this.mentions = mentions;
        this.commands = commands;
        this.phrases = phrases;
        this.lanes = lanes;
        this.driver = driver;
        this.talk = talk;
        this.outbox = outbox;
        this.people = people;
        this.posts = new PlanPosts(outbox);
    }

    /** Stores what matters and hands it on. A STOP is kept until {@link #stopFollowed}, so that a restart knows of it. */
    void accept(InboundEvent event, boolean isStop) {
        switch (event) {
            case InboundEvent.Posted(InboundMessage message) -> {
                if (isStop) {
                    runs.store().remember(message);
                } else if (matters(message) && runs.store().remember(message)) {
                    route(message);
                }
            }
            case InboundEvent.Edited(InboundMessage message) -> {
                if (isStop) {
                    runs.store().remember(asEdit(message));
                }
                lost(message.id(), message.thread(), "changed");
            }
            case InboundEvent.Deleted deleted -> lost(deleted.message(), deleted.thread(), "deleted");
            case InboundEvent.OwnMessageLost own -> voided(own.message(), own.at());
            case InboundEvent.Reacted _, InboundEvent.PlaceLost _ -> {}
        }
    }

    /** Keeps a STOP until it is followed; false if it was kept or followed before. */
    boolean keep(InboundMessage message) {
        return runs.store().remember(message);
    }

    void stopFollowed(InboundEvent event) {
        switch (event) {
            case InboundEvent.Posted(InboundMessage message) -> runs.store().handled(message.id());
            case InboundEvent.Edited(InboundMessage message) ->
                runs.store().handled(asEdit(message).id());
            case InboundEvent.Deleted _,
                    InboundEvent.OwnMessageLost _,
                    InboundEvent.Reacted _,
                    InboundEvent.PlaceLost _ -> {}
        }
    }

    /** Takes a kept message up again after a restart. */
    void route(InboundMessage message) {
        route(message, 1);
    }

    /** What met a failure, and how often it was tried. */
    private record Unfinished(InboundMessage message, int tries) {}

    private void route(InboundMessage message, int tries) {
        Optional<Run> run = threads.in(message.thread());
        String lane = "talk "
                + run.map(found -> found.id().toString())
                        .orElse(message.thread().toString());
        lanes.submit(lane, () -> {
            try {
                if (tries > TRIES) {
                    reply(message, "not-taken", "I could not take that in. Say it again in other words, or `status`.");
                } else {
                    InboundMessage known = people.apply(message);
                    threads.in(message.thread())
                            .ifPresentOrElse(found -> talk.hear(found.id(), known), () -> outside(known));
                }
                runs.store().handled(message.id());
            } catch (RuntimeException broken) {
                unfinished.add(new Unfinished(message, tries + 1));
                throw broken;
            }
        });
    }

    /** Takes up again what met a failure, such as a database that was away for a moment. */
    void again() {
        for (Unfinished one = unfinished.poll(); one != null; one = unfinished.poll()) {
            route(one.message(), one.tries());
        }
    }

    /** Whether it could matter, as far as memory alone can tell. */
    boolean mayMatter(InboundMessage message) {
        return message.author().kind() != Author.Kind.MACHINE
                && (threads.in(message.thread()).isPresent()
                        || mentions.mentionsBot(message.text())
                        || commands.read(message.text()).isPresent()
                        || phrases.read(message.text()).isPresent());
    }

    private boolean matters(InboundMessage message) {
        return message.author().kind() != Author.Kind.MACHINE
                && (threads.in(message.thread()).isPresent()
                        || isForRunThatEnded(message)
                        || mentions.mentionsBot(message.text())
                        || isStrayPhrase(message));
    }

    /** A run that ended before the last start is not in the index until somebody speaks to it again. */
    private boolean isForRunThatEnded(InboundMessage message) {
        boolean speaksToIt = !message.isRoot()
                && (mentions.mentionsBot(message.text())
                        || commands.read(message.text()).isPresent());
        Optional<Run> ended = speaksToIt ? runs.store().inThread(message.thread()) : Optional.empty();
        ended.ifPresent(threads::put);
        return ended.isPresent();
    }

    private boolean isStrayPhrase(InboundMessage message) {
        return phrases.read(message.text()).isPresent() && waitingFor(message).isPresent();
    }

    private Optional<Run> waitingFor(InboundMessage message) {
        boolean direct = message.traits().contains(InboundMessage.Trait.DIRECT);
        return projects.in(message.thread().channel(), direct)
                .flatMap(project -> threads.all().stream()
                        .filter(run -> run.project().equals(project.name()))
                        .filter(run -> run.state() instanceof RunState.AwaitingAuthorization)
                        .findFirst());
    }

    /** A message that stands in no run's thread. */
    private void outside(InboundMessage message) {
        Optional<Command> command = commands.read(message.text());
        if (command.isPresent() && talk.answersAnywhere(command.get(), message)) {
            return;
        }
        if (!mentions.mentionsBot(message.text())) {
            waitingFor(message)
                    .ifPresent(run -> reply(
                            message,
                            "stray",
                            "A yes counts only in the thread of its plan: run " + run.id() + ", in "
                                    + projects.nameOf(run.thread().channel()) + ", message "
                                    + run.thread().root().value() + "."));
            return;
        }
        boolean direct = message.traits().contains(InboundMessage.Trait.DIRECT);
        ChannelId channel = message.thread().channel();
        String request = mentions.withoutMention(message.text()).strip();
        Optional<Project> addressed = projects.addressed(request);
        Optional<Project> project = addressed.isPresent()
                ? addressed.filter(one -> projects.isIn(one, channel, direct))
                : projects.in(channel, direct);
        if (project.isEmpty()) {
            reply(
                    message,
                    "nowhere",
                    addressed
                                    .map(one -> "The project " + one.name() + " is not talked about here.")
                                    .orElse("No project is talked about here.")
                            + " Ask in one of: "
                            + channels(addressed.map(List::of).orElse(projects.all())) + ".");
        } else if (message.author().kind() == Author.Kind.GUEST) {
            reply(message, "guest", "A guest can't open a run here.");
        } else {
            String task = addressed.map(one -> one.withoutAddress(request)).orElse(request);
            open(message, project.get(), task);
        }
    }

    private static String channels(List<Project> projects) {
        return projects.stream()
                .flatMap(project -> project.channels().stream())
                .sorted()
                .map(channel -> "#" + channel)
                .collect(Collectors.joining(", "));
    }

    private void open(InboundMessage message, Project project, String task) {
        if (task.isEmpty()) {
            reply(message, "empty", talk.help());
            return;
        }
        Run run = runs.store()
                .open(new RunStore.Opening(
                        project.name(),
                        message.thread(),
                        message.author().id(),
                        Brief.of(task),
                        message.id(),
                        message.said(),
                        List.of(new AuditEvent.RunOpened(
                                message.author().id(),
                                message.id(),
                                project.name().value(),
                                task))));
        runs.known(run);
        outbox.put(List.of(new Outgoing.Reaction("run-" + run.id() + "/heard", message.id(), "👀")));
        driver.wake(run.id());
    }

    /** The message that authorized a run was taken back: the run is held. */
    private void lost(MessageId message, ThreadId thread, String how) {
        Optional<Run> run = threads.in(thread).filter(found -> !found.state().hasEnded());
        run.map(Run::id).ifPresent(id -> {
            Runnable look = () -> {
                if (isYesTo(id, message)) {
                    driver.hold(id, "the message that said yes was " + how);
                }
            };
            look.run();
            lanes.submit("talk " + id, look); // once more, behind a yes that is being checked now
        });
    }

    /** Every yes that it took counts, where several people have to say it. */
    private boolean isYesTo(RunId id, MessageId message) {
        return switch (runs.get(id).state()) {
            case RunState.Acting _ -> runs.store().isUsed(message);
            case RunState.AwaitingAuthorization waiting ->
                !waiting.pending().approvals().isEmpty() && runs.store().isUsed(message);
            case RunState.Asking _,
                    RunState.Planning _,
                    RunState.Posting _,
                    RunState.Held _,
                    RunState.Completed _,
                    RunState.Failed _,
                    RunState.Cancelled _ -> false;
        };
    }

    /** A plan message was touched: that revision is void, and what was begun under it is held. */
    private void voided(MessageId message, Instant at) {
        for (Run run : threads.all()) {
            switch (run.state()) {
                case RunState.AwaitingAuthorization waiting
                when waiting.pending().planMessages().contains(message) -> voided(run, at);
                case RunState.Acting acting
                when isOfPlan(message, run, acting.revision()) ->
                    driver.hold(run.id(), "a message of " + acting.revision() + " was changed or deleted");
                case RunState.Asking _,
                        RunState.Planning _,
                        RunState.Posting _,
                        RunState.AwaitingAuthorization _,
                        RunState.Acting _,
                        RunState.Held _,
                        RunState.Completed _,
                        RunState.Failed _,
                        RunState.Cancelled _ -> {}
            }
        }
    }

    private boolean isOfPlan(MessageId message, Run run, RevisionNumber revision) {
        return run.thread().channel().equals(message.channel())
                && posts.of(run.id(), revision)
                        .filter(posted -> posted.messages().contains(message))
                        .isPresent();
    }

    private void voided(Run run, Instant at) {
        var hold = new RunState.Hold("saywhen", at, "a message of the plan was changed or deleted");
        runs.happen(
                run.id(),
                new RunEvent.PlanVoided(hold),
                before -> new Change(
                        List.of(),
                        List.of(new Outgoing.Message(
                                "run-" + run.id() + "/void/" + before.version(),
                                run.thread(),
                                Outgoing.Purpose.HELD,
                                "That plan is void: " + hold.words() + ". Say `plan` for a fresh one.",
                                null)),
                        null,
                        null));
    }

    private void reply(InboundMessage message, String kind, String text) {
        outbox.put(List.of(new Outgoing.Message(
                "reply/" + message.id() + "/" + kind, message.thread(), Outgoing.Purpose.NOTE, text, null)));
    }

    private static InboundMessage asEdit(InboundMessage message) {
        MessageId edit = new MessageId(
                message.id().channel(),
                message.id().value() + "-edit-" + message.said().toEpochMilli());
        return new InboundMessage(
                edit,
                message.thread(),
                message.author(),
                message.text(),
                message.said(),
                message.replyTo(),
                message.traits());
    }
}
