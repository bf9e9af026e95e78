package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.CommitId;
import dev.saywhen.safety.CutOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Moves a run's branch in the project's repository, once, and tells a STOP what came of it.
 *
 * <p>The git of a push ends with a STOP by itself. On another host the other end goes on without it, so whether the branch
 * moves is known only if that end answered; on this host it has ended too, and one look tells.
 */
final class Push implements CutOff {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** What git itself says where the other end was asked for nothing yet. */
    private static final Pattern NOT_ASKED =
            Pattern.compile("(^|; )fatal: (Could not read from remote repository|unable to access|Authentication failed"
                    + "|could not read (Username|Password)|transport '.*' not allowed)");

    private final ProjectClone clone;
    private final ProjectClone looking;
    private final PublishedBranch branch;
    private final CommitId commit;
    private final CountDownLatch over = new CountDownLatch(1);

    // Written by whoever pushes and read by whoever cuts that off.
    private volatile boolean isBegun;
    private volatile boolean isAnswered;

    /**
     * @param clone its commands end with a STOP
     * @param looking the same, for a look after a STOP
     */
    Push(ProjectClone clone, ProjectClone looking, PublishedBranch branch, CommitId commit) {
        this.clone = clone;
        this.looking = looking;
        this.branch = branch;
        this.commit = commit;
    }

    /** Moves the branch there, if it still is where it was seen. */
    void run() {
        isBegun = true;
        try {
            GitCommand.Result result = pushed();
            isAnswered = isAnswer(result);
            if (!result.succeeded()) {
                throw new GitBroke(why(result));
            }
        } catch (GitCommand.NeverBegan never) {
            isAnswered = true;
            throw never;
        } finally {
            over.countDown();
        }
    }

    /** Whether the branch may have been moved, or may be yet, and nobody here can find out. */
    boolean isUnknown() {
        return isBegun && !isAnswered && !clone.project().isLocal();
    }

    private String lost() {
        return "a push of %s at %s into %s was not answered"
                .formatted(branch.name(), commit.brief(), clone.project().shown());
    }

    @Override
    public Report cut() {
        if (!isBegun) {
            return Report.NOTHING;
        }
        boolean isOver = CutOff.isOver(over, PATIENCE);
        if (isAnswered) {
            return Report.NOTHING;
        }
        Optional<String> found = isOver && clone.project().isLocal() ? found() : Optional.empty();
        return found.map(sentence -> new Report(0, List.of(), List.of(sentence)))
                .orElseGet(() -> new Report(0, List.of(), List.of(), List.of(lost()), List.of()));
    }

    private Optional<String> found() {
        try {
            boolean isThere =
                    PublishedBranch.look(looking.within(LOOK), branch.run()).isAt(commit);
            return Optional.of("Branch %s in %s: %s, looked at."
                    .formatted(
                            branch.name(),
                            clone.project().shown(),
                            isThere ? "brought there, at " + commit.brief() : "as before this step"));
        } catch (GitBroke | RepositoryUnreadable unreadable) {
            return Optional.empty();
        }
    }

    private GitCommand.Result pushed() {
        List<String> arguments = new ArrayList<>(List.of(
                "push",
                "--porcelain",
                "--no-verify",
                "--no-follow-tags",
                "--no-signed",
                "--recurse-submodules=no",
                "--force-with-lease=" + branch.ref() + ":"
                        + branch.stands().map(CommitId::hash).orElse("")));
        arguments.addAll(clone.receivePack());
        arguments.addAll(List.of("--", clone.project().address(), commit + ":" + branch.ref()));
        return clone.remote(clone.call()).timeLimit(LIMIT).run(arguments.toArray(String[]::new));
    }

    /** A remote that took the commit and said nothing more may move the branch still. */
    private static boolean isAnswer(GitCommand.Result result) {
        Optional<String> rejection = rejection(result);
        return result.succeeded()
                || rejection
                        .map(said -> !said.contains("[remote failure]"))
                        .orElseGet(() -> NOT_ASKED.matcher(result.complaint()).find());
    }

    private static Optional<String> rejection(GitCommand.Result result) {
        return result.text().lines().filter(line -> line.startsWith("!")).findFirst();
    }

    private String why(GitCommand.Result result) {
        String said = result.text() + result.complaint();
        String into = branch.name() + " was not brought into " + clone.project().shown() + ": ";
        if (said.contains("currently checked out")) {
            return into + "it is checked out there. Switch that work tree to another branch, then say `resume`.";
        }
        if (said.contains("stale info")) {
            return into + "somebody moved it at this moment. Say `resume` to look again.";
        }
        String rejection = rejection(result)
                .map(line -> line.replaceAll(".*\t", "").replaceAll("\\p{Cntrl}", " "))
                .orElse("");
        return into + (rejection + " " + result.complaint()).strip();
    }
}
