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
 * @param changers who asked for a change since it was opened; with the requester they are the requesters of the plan
 * @param heard messages that went into the brief, so that a redelivery adds nothing
 * @param newest the newest revision; absent before the first
 * @param stepsDone how many of the newest plan's steps are done and committed
 * @param commits the run's commits, the oldest first
 * @param report what REVIEW found, as Markdown; absent before it ran
 * @param version raised by every change; compared when one is stored
 */
public record Run(
        RunId id,
        ProjectName project,
        ThreadId thread,
        ActorId requester,
        List<ActorId> changers,
        Brief brief,
        List<MessageId> heard,
        @Nullable RevisionNumber newest,
        int stepsDone,
        List<CommitId> commits,
        @Nullable String report,
        RunState state,
        Instant openedAt,
        long version) {
    public Run {
        changers = List.copyOf(changers);
        heard = List.copyOf(heard);
        commits = List.copyOf(commits);
    }

    /** The run after an event, its version as it was; empty if the event means nothing in its state. */
    public Optional<Run> after(RunEvent event) {
        return RunMachine.next(state, event).map(this::in);
    }

    public Run in(RunState next) {
        return new Run(
                id, project, thread, requester, changers, brief, heard, newest, stepsDone, commits, report, next,
                openedAt, version);
    }

    public Run saying(Brief more, MessageId message) {
        return new Run(
                id,
                project,
                thread,
                requester,
                changers,
                more,
                plus(heard, message),
                newest,
                stepsDone,
                commits,
                report,
                state,
                openedAt,
                version);
    }

    public Run changedBy(ActorId changer) {
        List<ActorId> more = changers.contains(changer) ? changers : plus(changers, changer);
        return new Run(
                id, project, thread, requester, more, brief, heard, newest, stepsDone, commits, report, state, openedAt,
                version);
    }

    public Run at(RevisionNumber revision) {
        return new Run(
                id, project, thread, requester, changers, brief, heard, revision, stepsDone, commits, report, state,
                openedAt, version);
    }

    /** The run with one more of its steps done. */
    public Run stepDone() {
        return new Run(
                id,
                project,
                thread,
                requester,
                changers,
                brief,
                heard,
                newest,
                stepsDone + 1,
                commits,
                report,
                state,
                openedAt,
                version);
    }

    public Run committed(CommitId commit) {
        return new Run(
                id,
                project,
                thread,
                requester,
                changers,
                brief,
                heard,
                newest,
                stepsDone,
                plus(commits, commit),
                report,
                state,
                openedAt,
                version);
    }

    public Run reported(String markdown) {
        return new Run(
                id, project, thread, requester, changers, brief, heard, newest, stepsDone, commits, markdown, state,
                openedAt, version);
    }

    public Run versioned(long next) {
        return new Run(
                id, project, thread, requester, changers, brief, heard, newest, stepsDone, commits, report, state,
                openedAt, next);
    }

    /** The run's newest commit; absent while there is none. */
    public @Nullable CommitId head() {
        return commits.isEmpty() ? null : commits.getLast();
    }

    /** The number that the next revision gets. */
    public RevisionNumber nextRevision() {
        return newest == null ? RevisionNumber.FIRST : newest.next();
    }

    private static <T> List<T> plus(List<T> some, T one) {
        List<T> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }
}
