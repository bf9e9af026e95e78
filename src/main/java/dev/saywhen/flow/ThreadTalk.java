package dev.saywhen.flow;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.flow.RunStore.Change;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.phase.DocumentPhase;
import dev.saywhen.phase.PlanNews;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.run.Phase;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.run.Undo;
import dev.saywhen.safety.Approvers;
import dev.saywhen.safety.Decision;
import dev.saywhen.safety.Denial;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Reply;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.words.Command;
import dev.saywhen.words.Commands;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.Mentions;
import dev.saywhen.words.NearMiss;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is said in the thread of a run: phrase, command, answer, in this order. STOP was heard before. */
public final class ThreadTalk {
    private static final Duration CANCEL_CAN_BE_TAKEN_BACK = Duration.ofDays(30);
    private static final int DIFF_LIMIT = 12_000;

    /** What people's words are read with. */
    public record Reading(ConsentPhrases phrases, NearMiss nearMiss, Commands commands, Mentions mentions) {}

    private final Runs runs;
    private final LiveThreads threads;
    private final Reading reading;
    private final Gate gate;
    private final StopSwitch stops;
    private final Approvers approvers;
    private final RunDriver driver;
    private final Workspace workspace;
    private final Outbox outbox;
    private final String help;

    public ThreadTalk(
            Runs runs,
            LiveThreads threads,
            Reading reading,
            Gate gate,
            StopSwitch stops,
            Approvers approvers,
            RunDriver driver,
            Workspace workspace,
            Outbox outbox,
            String help) {
        this.runs = runs;
        this.threads = threads;
        this.reading = reading;
        this.gate = gate;
        this.stops = stops;
        this.approvers = approvers;
        this.driver = driver;
        this.workspace = workspace;
        this.outbox = outbox;
        this.help = help;
    }

    /** Takes in one message, in the order in which the thread heard them. */
    void hear(RunId id, InboundMessage message) {
        Run run = runs.get(id);
        Optional<Command> command = reading.commands().read(message.text());
        if (command.isPresent() && command.get() instanceof Command.Aside) {
            return;
        }
        boolean waits = run.state() instanceof RunState.AwaitingAuthorization;
        if (reading.phrases().read(message.text()).isPresent() && !(run.state() instanceof RunState.Asking)) {
            phrase(run, message);
        } else if (isForMembersOnly(run, command, message) && !isMember(run, message.author())) {
            spoke(run, message);
            reply(message, "guest", "A guest can't do that here.");
        } else if (command.isPresent() && isOrder(run, command.get())) {
            spoke(run, message);
            order(runs.get(id), command.get(), message);
        } else if (run.state() instanceof RunState.Asking) {
            answer(run, message);
        } else if (reading.mentions().mentionsBot(message.text())) {
            spoke(run, message);
            addressed(runs.get(id), message);
        } else if (waits && reading.nearMiss().matches(message.text())) {
            nearMiss(run, message);
        } else if (waits) {
            spoke(run, message);
            outbox.put(List.of(new Outgoing.Reaction("run-" + id + "/seen/" + message.id(), message.id(), "👀")));
        }
    }

    /** Commands that may be said anywhere. */
    boolean answersAnywhere(Command command, InboundMessage message) {
        switch (command) {
            case Command.Status _ -> reply(message, "status", status());
            case Command.Help _ -> reply(message, "help", help);
            case Command.Whoami _ ->
                reply(message, "whoami", "You are " + message.author().id() + ".");
            case Command.Resume _,
                    Command.Undo _,
                    Command.Plan _,
                    Command.Diff _,
                    Command.Cancel _,
                    Command.No _,
                    Command.Withdraw _,
                    Command.Change _,
                    Command.Aside _ -> {
                return false;
            }
        }
        return true;
    }

    String help() {
        return help;
    }

    private static boolean isOrder(Run run, Command command) {
        boolean asks = run.state() instanceof RunState.Asking;
        return !(asks
                && (command instanceof Command.No
                        || command instanceof Command.Withdraw
                        || command instanceof Command.Change));
    }

    /** Whether this would move the run; everybody may look. */
    private boolean isForMembersOnly(Run run, Optional<Command> command, InboundMessage message) {
        boolean asks = run.state() instanceof RunState.Asking;
        if (command.isEmpty() || !isOrder(run, command.get())) {
            String text = message.text().strip();
            return asks || (reading.mentions().mentionsBot(text) && !text.endsWith("?"));
        }
        return switch (command.get()) {
            case Command.Status _, Command.Help _, Command.Whoami _, Command.Diff _, Command.Aside _ -> false;
            case Command.Plan _ -> asks || run.state() instanceof RunState.Held;
            case Command.Resume _,
                    Command.Undo _,
                    Command.Cancel _,
                    Command.No _,
                    Command.Withdraw _,
                    Command.Change _ -> true;
        };
    }

    /** A person of the run's own team; a guest only if the list of approvers says so. */
    private boolean isMember(Run run, Author author) {
        return isApprover(run, author)
                || (author.kind() == Author.Kind.PERSON
                        && author.id().team().equals(run.thread().team()));
    }

    private void phrase(Run run, InboundMessage message) {
        Optional<RevisionNumber> unreadable =
                run.state() instanceof RunState.AwaitingAuthorization ? driver.unreadablePlan(run) : Optional.empty();
        if (unreadable.isPresent()) {
            refuse(run, message, unreadable.get());
            return;
        }
        switch (gate.authorize(run.id(), reply(message))) {
            case Decision.Granted granted -> {
                driver.authorized(granted.permit()); // first: a failure from here on must not lose it
                if (!granted.movement().isBlank()) {
                    reply(message, "moved", granted.movement());
                }
            }
            case Decision.Counted counted ->
                reply(
                        message,
                        "counted",
                        "Noted: @%s says yes to %s. %d more must say so."
                                .formatted(
                                        message.author().id().user(),
                                        counted.authorization().revision(),
                                        counted.missing()));
            case Decision.Denied(Denial denial) -> {
                driver.wake(run.id()); // a run that acts without a permit is held there
                reply(message, "denied", denial.sentence());
                if (denial.reason() == Denial.Reason.STALE || denial.reason() == Denial.Reason.EXPIRED) {
                    voided(run, denial.sentence());
                } else if (denial.reason() != Denial.Reason.NOT_AWAITING) {
                    spoke(run, message);
                }
            }
        }
    }

    /** Before the gate is asked, so that nothing is half done. */
    private void refuse(Run run, InboundMessage message, RevisionNumber unreadable) {
        String why = "That yes does not count: the stored " + unreadable
                + " of this run can't be read any more, and I don't act on what I can't read."
                + " Open a new run for what remains.";
        ActorId author = message.author().id();
        var refused = new AuditEvent.Refused(author, message.id(), Denial.Reason.NOT_CHECKED.name(), why);
        runs.happen(
                run.id(),
                new RunEvent.Spoke(author),
                _ -> new Change(List.of(refused), List.of(note(message, "denied", why)), null, null));
    }

    private void voided(Run run, String why) {
        var hold = new RunState.Hold("saywhen", driver.now(), why);
        runs.happen(run.id(), new RunEvent.PlanVoided(hold), _ -> Change.NOTHING);
    }

    private void order(Run run, Command command, InboundMessage message) {
        switch (command) {
            case Command.Status _ -> reply(message, "status", line(run));
            case Command.Help _ -> reply(message, "help", help);
            case Command.Whoami _ -> reply(message, "whoami", whoami(run, message.author()));
            case Command.Plan _ -> plan(run, message);
            case Command.Diff _ -> reply(message, "diff", diff(run));
            case Command.Resume _ -> resume(run, message);
            case Command.Cancel _ -> cancel(run, message);
            case Command.No _ -> object(run, message, true);
            case Command.Withdraw _ -> object(run, message, false);
            case Command.Change(String text) -> change(run, message, text);
            case Command.Undo _ -> undo(run, message);
            case Command.Aside _ -> {}
        }
    }

    private void answer(Run run, InboundMessage message) {
        String text = reading.mentions().withoutMention(message.text()).strip();
        happen(
                run,
                new RunEvent.Answered(),
                message,
                "answer",
                r -> r.saying(r.brief().with(text), message.id()));
    }

    private void addressed(Run run, InboundMessage message) {
        String text = reading.mentions().withoutMention(message.text()).strip();
        if (text.endsWith("?")) {
            reply(message, "question", line(run) + "\n`plan` shows all of it, `diff` what changed, `help` what I do.");
        } else {
            change(run, message, text);
        }
    }

    private void change(Run run, InboundMessage message, String text) {
        switch (run.state()) {
            case RunState.Planning _, RunState.Posting _, RunState.AwaitingAuthorization _ -> {
                if (run.undo() != null) {
                    reply(
                            message,
                            "change",
                            "There is nothing to change in a way back. `cancel` leaves everything as it is.");
                    return;
                }
                if (text.isBlank()) {
                    reply(message, "change", "Say what to change, as in: change Book: add pages int min 1");
                    return;
                }
                happen(
                        run,
                        new RunEvent.ChangeRequested(),
                        message,
                        "change",
                        r -> r.saying(r.brief().with(text), message.id())
                                .changedBy(message.author().id()));
            }
            case RunState.Acting _ -> reply(message, "change", "Noted. Say `stop` to change the plan.");
            case RunState.Held _ -> reply(message, "change", "This run is held. Say `resume` first.");
            case RunState.Asking _ -> reply(message, "change", line(run));
            case RunState.Completed _, RunState.Failed _, RunState.Cancelled _ ->
                reply(message, "change", line(run) + "\nFor more work mention me outside of this thread.");
        }
    }

    private void plan(Run run, InboundMessage message) {
        switch (run.state()) {
            case RunState.Asking _ ->
                happen(
                        run,
                        new RunEvent.Answered(),
                        message,
                        "plan",
                        r -> r.saying(r.brief().assuming(), message.id()));
            case RunState.Held held
            when held.phase() == Phase.PLAN && held.hold().by().equals("saywhen") -> resume(run, message);
            case RunState.Planning _,
                    RunState.Posting _,
                    RunState.AwaitingAuthorization _,
                    RunState.Acting _,
                    RunState.Held _,
                    RunState.Completed _,
                    RunState.Failed _,
                    RunState.Cancelled _ ->
                reply(
                        message,
                        "plan",
                        newest(run)
                                .map(plan -> {
                                    String text = PlanText.canonical(plan).strip();
                                    return text.substring(0, text.lastIndexOf('\n'))
                                            .strip();
                                })
                                .orElse("There is no plan yet."));
        }
    }

    private Optional<PlanRevision> newest(Run run) {
        return Optional.ofNullable(run.newest()).flatMap(number -> runs.store().plan(run.id(), number));
    }

    private String diff(Run run) {
        Optional<PlanRevision> newest = newest(run);
        if (newest.isEmpty()) {
            return "There is no plan yet, so nothing differs.";
        }
        PlanRevision plan = newest.get();
        if (run.head() != null && !(run.state() instanceof RunState.AwaitingAuthorization)) {
            return "```\n" + changes(run.project(), plan.base().commit(), run.head()) + "\n```";
        }
        if (plan.number().value() == 1) {
            return "r1 is the first plan; nothing is on the branch yet.";
        }
        RevisionNumber before = new RevisionNumber(plan.number().value() - 1);
        List<String> lines = runs.store()
                .plan(run.id(), before)
                .map(old -> PlanNews.diff(old, plan))
                .orElse(List.of());
        return before + " to " + plan.number() + ":\n```\n" + String.join("\n", lines) + "\n```";
    }

    private String changes(ProjectName project, CommitId from, CommitId to) {
        try {
            return workspace.diff(project, from, to, DIFF_LIMIT).replace("```", "'''");
        } catch (RepositoryUnreadable unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    private void resume(Run run, InboundMessage message) {
        boolean tooLate = run.state() instanceof RunState.Cancelled cancelled
                && cancelled.at().plus(CANCEL_CAN_BE_TAKEN_BACK).isBefore(message.said());
        if (tooLate || run.after(new RunEvent.Resumed()).isEmpty()) {
            reply(message, "resume", "There is nothing to resume. " + line(run));
            return;
        }
        Optional<RevisionNumber> unreadable = driver.unreadablePlan(run);
        if (unreadable.isPresent()) { // no yes to it would count
            reply(
                    message,
                    "resume",
                    "I can't go on: the stored " + unreadable.get()
                            + " of this run can't be read any more. Open a new run for what remains.");
            return;
        }
        happen(run, new RunEvent.Resumed(), message, "resume", r -> r);
    }

    private void undo(Run run, InboundMessage message) {
        Undo begun = run.undo();
        if (run.state() instanceof RunState.Acting) {
            reply(message, "undo", "I am at work. Say stop first, then undo.");
        } else if (run.commits().isEmpty()
                && workspace.head(run.id(), run.project()).isEmpty()) {
            reply(
                    message,
                    "undo",
                    "Nothing of this run was committed, so there is nothing to take back." + halfway(run)
                            + DocumentPhase.stays(driver.calledOutside(run)));
        } else if (begun != null && begun.isDone() && run.state().hasEnded()) {
            reply(message, "undo", "It is taken back already. " + line(run));
        } else if (!happen(
                run,
                new RunEvent.UndoRequested(),
                message,
                "undo",
                r -> r.undoing().changedBy(message.author().id()))) {
            reply(message, "undo", "There is nothing to take back now. " + line(run));
        }
    }

    /** A change of a database may be committed and the commit of its step not be made yet. */
    private String halfway(Run run) {
        boolean changesDatabase = newest(run).stream()
                .flatMap(plan -> plan.remaining().stream())
                .anyMatch(step -> step.proof().isPresent());
        return changesDatabase
                ? " If a receipt says that change sets were committed, say `resume`: it finishes their step, and then"
                        + " `undo` takes it back."
                : "";
    }

    private void cancel(Run run, InboundMessage message) {
        if (!message.author().id().equals(run.requester()) && !isApprover(run, message.author())) {
            reply(
                    message,
                    "cancel",
                    "Only @" + run.requester().user() + " or somebody who may say yes can cancel this.");
            return;
        }
        if (run.state() instanceof RunState.Acting) {
            driver.stopBeforeCancel(run.id(), message);
        }
        if (happen(run, new RunEvent.CancelRequested(message.said()), message, "cancel", r -> r)) {
            driver.dropped(run.id());
            reply(
                    message,
                    "cancelled",
                    "Cancelled. What is committed stays on " + run.id().branch()
                            + ". `resume` takes this back for 30 days.");
        } else {
            reply(message, "cancel", "There is nothing to cancel. " + line(run));
        }
    }

    private void object(Run run, InboundMessage message, boolean objects) {
        if (!(run.state() instanceof RunState.AwaitingAuthorization waiting)) {
            reply(message, "object", "No plan waits for a yes now. " + line(run));
            return;
        }
        ActorId author = message.author().id();
        if (!isApprover(run, message.author())) {
            reply(message, "object", "Only somebody who may say yes can hold a plan back.");
            return;
        }
        RunEvent event = objects ? new RunEvent.Objected(author) : new RunEvent.Withdrew(author);
        runs.happen(
                run.id(),
                event,
                _ -> new Change(
                        List.of(new AuditEvent.Objection(author, message.id(), waiting.revision(), !objects)),
                        List.of(),
                        null,
                        null));
        reply(
                message,
                "object",
                objects
                        ? "Noted: @%s says not yet. %s can't start until @%s replies withdraw, or a new revision comes."
                                .formatted(author.user(), waiting.revision(), author.user())
                        : "Noted: @%s withdrew. %s waits for a yes.".formatted(author.user(), waiting.revision()));
    }

    private void nearMiss(Run run, InboundMessage message) {
        RunState.AwaitingAuthorization waiting = (RunState.AwaitingAuthorization) run.state();
        ActorId author = message.author().id();
        String text = isApprover(run, message.author())
                ? "Not taken as a yes: \"%s\". For %s reply only: proceed. For a change, start with change."
                        .formatted(quoted(message.text()), waiting.revision())
                : "Thanks. %s can say yes to %s.".formatted(whoMay(run), waiting.revision());
        runs.happen(
                run.id(),
                new RunEvent.Spoke(author),
                _ -> new Change(
                        List.of(new AuditEvent.NearMiss(author, message.id())),
                        List.of(new Outgoing.Message(
                                "run-%s/near-miss/%s/%s".formatted(run.id(), waiting.revision(), author),
                                run.thread(),
                                Outgoing.Purpose.NOTE,
                                text,
                                null)),
                        null,
                        null));
    }

    private Approvers.Policy policy(Run run) {
        Approvers.Policy all = approvers.policy(run.project());
        return run.undo() == null ? all : newest(run).map(all::of).orElse(all);
    }

    private String whoMay(Run run) {
        String named = policy(run).named();
        return named.isEmpty() ? "Nobody" : "Only " + named;
    }

    /** Whoever writes anything while a plan waits may have asked something that the next yes answers. */
    private void spoke(Run run, InboundMessage message) {
        if (message.author().kind() != Author.Kind.MACHINE) {
            runs.happen(run.id(), new RunEvent.Spoke(message.author().id()), _ -> Change.NOTHING);
        }
    }

    /** A run that goes on by this does so only if no STOP came since it was asked for. */
    private boolean happen(Run run, RunEvent event, InboundMessage message, String kind, UnaryOperator<Run> change) {
        StopSwitch.Epoch asked = stops.epochOf(run.id());
        while (true) {
            Run fresh = runs.get(run.id());
            if (fresh.heard().contains(message.id())) {
                return true;
            }
            Optional<Run> after = change.apply(fresh).after(event);
            if (after.isEmpty()) {
                return false;
            }
            var said = new AuditEvent.Said(message.author().id(), message.id(), kind, message.text());
            Change stored = new Change(List.of(said), List.of(), null, null);
            if (runs.advance(fresh, after.get(), stored, event).isPresent()) {
                boolean goesOn = event instanceof RunEvent.Resumed || event instanceof RunEvent.UndoRequested;
                if (goesOn && !stops.rearm(asked) && stops.isHalted(run.id())) {
                    holdUp(run, "a stop came while that was taken in");
                } else {
                    driver.wake(run.id());
                }
                return true;
            }
        }
    }

    private void holdUp(Run run, String why) {
        var hold = new RunState.Hold("saywhen", driver.now(), why);
        runs.happen(run.id(), new RunEvent.HeldUp(hold), _ -> Change.NOTHING);
    }

    private boolean isApprover(Run run, Author author) {
        Approvers.Policy policy = policy(run);
        return policy.approvers().contains(author.id())
                || (policy.anyone()
                        && author.kind() == Author.Kind.PERSON
                        && author.id().team().platform().name().equals("local"));
    }

    private String whoami(Run run, Author author) {
        return "You are " + author.id() + ". You may " + (isApprover(run, author) ? "" : "not ") + "say yes here.";
    }

    private String status() {
        List<String> lines = threads.all().stream()
                .filter(run -> !run.state().hasEnded())
                .sorted(Comparator.comparing(Run::id))
                .map(ThreadTalk::line)
                .toList();
        return lines.isEmpty() ? "No run is going on." : String.join("\n", lines);
    }

    private static String line(Run run) {
        String detail = switch (run.state()) {
            case RunState.Asking _ -> "waits for an answer";
            case RunState.Planning _, RunState.Posting _ -> "makes a plan";
            case RunState.AwaitingAuthorization waiting -> "waits for a yes to " + waiting.revision();
            case RunState.Acting acting -> "works in " + acting.phase() + ", " + run.stepsDone() + " steps done";
            case RunState.Held held ->
                "held by " + held.hold().by() + ": " + held.hold().words();
            case RunState.Completed _ -> "done, branch " + run.id().branch();
            case RunState.Failed failed -> "failed: " + failed.why();
            case RunState.Cancelled _ -> "cancelled";
        };
        String task = PlanText.visible(run.brief().task());
        return "Run %s, %s, %s: %s"
                .formatted(run.id(), run.project(), task.length() > 60 ? task.substring(0, 60) + "..." : task, detail);
    }

    private static Reply reply(InboundMessage message) {
        Set<Reply.Mark> marks = EnumSet.noneOf(Reply.Mark.class);
        if (message.traits().contains(InboundMessage.Trait.QUOTE)) {
            marks.add(Reply.Mark.QUOTE);
        }
        if (message.traits().contains(InboundMessage.Trait.FORWARD)) {
            marks.add(Reply.Mark.FORWARD);
        }
        if (message.traits().contains(InboundMessage.Trait.FILE)) {
            marks.add(Reply.Mark.FILE);
        }
        switch (message.author().kind()) {
            case PERSON -> {}
            case GUEST -> marks.add(Reply.Mark.GUEST);
            case MACHINE -> marks.add(Reply.Mark.MACHINE);
        }
        return new Reply(
                message.id(),
                message.thread(),
                message.author().id(),
                message.text(),
                message.said(),
                message.replyTo(),
                marks);
    }

    private void reply(InboundMessage to, String kind, String text) {
        outbox.put(List.of(note(to, kind, text)));
    }

    private static Outgoing note(InboundMessage to, String kind, String text) {
        return new Outgoing.Message("reply/" + to.id() + "/" + kind, to.thread(), Outgoing.Purpose.NOTE, text, null);
    }

    private static String quoted(String text) {
        String shown = PlanText.visible(text).toLowerCase(Locale.ROOT).replace("\"", "'");
        return shown.length() > 60 ? shown.substring(0, 60) + "..." : shown;
    }
}
