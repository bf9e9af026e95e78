package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.PublishBranch;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the run's branch into the project's repository, and touches nothing else there.
 *
 * <p>The branch must be where we left it, or absent if we never published it, and it only ever goes forward. Doing it
 * twice is doing it once.
 */
public final class PublishesBranches implements EffectHandler<PublishBranch, Boolean> {
    private static final Duration PUSH_LIMIT = Duration.ofMinutes(5);

    private final GitWorkspace workspace;
    private final StopSwitch stops;

    public PublishesBranches(GitWorkspace workspace, StopSwitch stops) {
        this.workspace = workspace;
        this.stops = stops;
    }

    @Override
    public Boolean perform(Clearance<PublishBranch> clearance) {
        PublishBranch effect = clearance.effect();
        ProjectClone clone = workspace.clone(effect.project()).cutOffBy(stops, clearance);
        clone.demand(effect.commit());
        PublishedBranch branch = PublishedBranch.look(clone, effect.run());
        Optional<String> no = branch.objection(effect.commit());
        if (no.isPresent()) {
            throw new GitBroke(no.get());
        }
        String notes = "refs/saywhen/run-" + effect.run();
        // The two notes together always name where the branch stands, wherever this is cut short.
        branch.stands().ifPresent(there -> clone.remember(notes + "/published", there));
        clone.remember(notes + "/publishing", effect.commit());
        clearance.spend();
        if (!branch.isAt(effect.commit())) {
            push(clone, branch, effect.commit());
        }
        clone.remember(notes + "/published", effect.commit());
        return true;
    }

    /** Moves the branch there, if it still is where it was seen. */
    static void push(ProjectClone clone, PublishedBranch branch, CommitId commit) {
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
        GitCommand.Result result =
                clone.remote(clone.call()).timeLimit(PUSH_LIMIT).run(arguments.toArray(String[]::new));
        if (!result.succeeded()) {
            throw new GitBroke(why(clone, branch, result));
        }
    }

    private static String why(ProjectClone clone, PublishedBranch branch, GitCommand.Result result) {
        String said = result.text() + result.complaint();
        String into = branch.name() + " was not brought into " + clone.project().shown() + ": ";
        if (said.contains("currently checked out")) {
            return into + "it is checked out there. Switch that work tree to another branch, then say `resume`.";
        }
        if (said.contains("stale info")) {
            return into + "somebody moved it at this moment. Say `resume` to look again.";
        }
        String rejection = result.text()
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.replaceAll(".*\t", "").replaceAll("\\p{Cntrl}", " "))
                .findFirst()
                .orElse("");
        return into + (rejection + " " + result.complaint()).strip();
    }
}
