package dev.saywhen.run;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work in one thread.
 *
 * @param version raised by every change; compared when one is stored
 */
public record Run(
        RunId id,
        ProjectName project,
        ThreadId thread,
        ActorId requester,
        Instant openedAt,
        Talk talk,
        Work work,
        RunState state,
        long version) {

    /**
     * What people said.
     *
     * @param changers who asked for a change since it was opened; with the requester they are the requesters of the plan
     * @param heard messages that went into the brief, so that a redelivery adds nothing
     */
    public record Talk(Brief brief, List<ActorId> changers, List<MessageId> heard) {
        public Talk {
            changers = List.copyOf(changers);
            heard = List.copyOf(heard);
        }
    }

    /**
     * What was planned and done.
     *
     * @param newest the newest revision; absent before the first
     * @param built how many steps of what was planned are done and committed
     * @param commits the run's commits, the oldest first
     * @param report what REVIEW found, as Markdown; absent before it ran
     * @param undo what is being taken back; absent while the run builds
     */
    public record Work(
            @Nullable RevisionNumber newest,
            int built,
            List<CommitId> commits,
            @Nullable String report,
            @Nullable Undo undo) {
        static final Work NONE = new Work(null, 0, List.of(), null, null);

        public Work {
            commits = List.copyOf(commits);
        }
    }

    /** A run that begins: somebody asked for something. */
    public static Run opened(
            RunId id, ProjectName project, ThreadId thread, ActorId requester, Brief brief, MessageId by, Instant at) {
        Talk talk = new Talk(brief, List.of(), List.of(by));
        return new Run(id, project, thread, requester, at, talk, Work.NONE, new RunState.Asking(0, false), 0);
    }

    /** The run after an event, its version as it was; empty if the event means nothing in its state. */
    public Optional<Run> after(RunEvent event) {
        return RunMachine.next(state, event).map(this::in);
    }

    public Run in(RunState next) {
        return new Run(id, project, thread, requester, openedAt, talk, work, next, version);
    }

    public Run saying(Brief more, MessageId message) {
        return talking(new Talk(more, changers(), plus(heard(), message)));
    }

    /** The run that found something out by itself, which the next plan has to heed. */
    public Run learned(String what) {
        return talking(new Talk(brief().with(what), changers(), heard()));
    }

    public Run changedBy(ActorId changer) {
        return changers().contains(changer) ? this : talking(new Talk(brief(), plus(changers(), changer), heard()));
    }

    public Run at(RevisionNumber revision) {
        return working(new Work(revision, work.built, work.commits, work.report, work.undo));
    }

    /** The run with one more step of its newest plan done. */
    public Run stepDone() {
        return work.undo == null
                ? working(new Work(work.newest, work.built + 1, work.commits, work.report, null))
                : working(new Work(work.newest, work.built, work.commits, work.report, work.undo.further()));
    }

    public Run committed(CommitId commit) {
        return working(new Work(work.newest, work.built, plus(work.commits, commit), work.report, work.undo));
    }

    public Run reported(String markdown) {
        return working(new Work(work.newest, work.built, work.commits, markdown, work.undo));
    }

    /** The run whose commits are to be taken back, all of them; it goes on with that if it was begun before. */
    public Run undoing() {
        return work.undo != null ? this : undoingAnew();
    }

    /** The run with all its commits to be taken back, none of them yet. */
    public Run undoingAnew() {
        return working(
                new Work(work.newest, work.built, work.commits, work.report, new Undo(work.commits.reversed(), 0)));
    }

    /** The run that builds again, unless some of it is taken back already. */
    public Run building() {
        return work.undo == null || work.undo.done() > 0
                ? this
                : working(new Work(work.newest, work.built, work.commits, work.report, null));
    }

    public Run versioned(long next) {
        return new Run(id, project, thread, requester, openedAt, talk, work, state, next);
    }

    public Brief brief() {
        return talk.brief;
    }

    public List<ActorId> changers() {
        return talk.changers;
    }

    public List<MessageId> heard() {
        return talk.heard;
    }

    public @Nullable RevisionNumber newest() {
        return work.newest;
    }

    /** How many steps of the newest plan are done, be it one that builds or one that takes back. */
    public int stepsDone() {
        return work.undo == null ? work.built : work.undo.done();
    }

    /** How many steps of what was planned were built, be they taken back since or not. */
    public int built() {
        return work.built;
    }

    public List<CommitId> commits() {
        return work.commits;
    }

    public @Nullable String report() {
        return work.report;
    }

    public @Nullable Undo undo() {
        return work.undo;
    }

    /** The run's newest commit; absent while there is none. */
    public @Nullable CommitId head() {
        return commits().isEmpty() ? null : commits().getLast();
    }

    /** The number that the next revision gets. */
    public RevisionNumber nextRevision() {
        return work.newest == null ? RevisionNumber.FIRST : work.newest.next();
    }

    private Run talking(Talk next) {
        return new Run(id, project, thread, requester, openedAt, next, work, state, version);
    }

    private Run working(Work next) {
        return new Run(id, project, thread, requester, openedAt, talk, next, state, version);
    }

    private static <T> List<T> plus(List<T> some, T one) {
        List<T> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }
}
