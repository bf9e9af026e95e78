package dev.saywhen.safety;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Proof;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that changes the world outside Saywhen's own records. Sealed: a new way to change the world is a change of
 * the kernel, on purpose.
 *
 * @param <R> what it gives when it was done
 */
public sealed interface Effect<R> {
    RunId run();

    /** One line for the audit trail. */
    String what();

    /** Whether the plan named it. */
    boolean liesIn(PlanRevision plan);

    /** Lays out the run's work tree as it was at a commit; what else was in it is gone. */
    record OpenWorkTree(RunId run, ProjectName project, CommitId commit) implements Effect<Boolean> {
        @Override
        public String what() {
            return "work tree at " + commit;
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project);
        }
    }

    /** Writes a file of the work tree, whole. */
    record WriteFile(RunId run, String path, String content) implements Effect<Boolean> {
        @Override
        public String what() {
            return path + ", " + content.length() + " characters";
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.outline().scopes().coversPath(path);
        }
    }

    /** Runs a command in the work tree, kept apart from everything else. */
    record RunCommand(RunId run, List<String> arguments, boolean sharesNetwork) implements Effect<CommandResult> {
        public RunCommand {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String what() {
            return CommandScope.typed(arguments) + (sharesNetwork ? " with the host's network" : "");
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.outline().scopes().coversCommand(arguments, sharesNetwork);
        }
    }

    /** Commits the named files of the work tree to the run's branch in Saywhen's own git directory. */
    record CommitFiles(
            RunId run,
            ProjectName project,
            CommitId parent,
            List<String> paths,
            String message,
            SortedMap<String, String> trailers)
            implements Effect<CommitId> {
        public CommitFiles {
            paths = List.copyOf(paths);
            trailers = Collections.unmodifiableSortedMap(new TreeMap<>(trailers));
        }

        @Override
        public String what() {
            return message.lines().findFirst().orElse("") + ": " + String.join(" ", paths);
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project)
                    && paths.stream().allMatch(plan.outline().scopes()::coversPath);
        }
    }

    /** Takes a commit of the run back by a new one on the run's branch in Saywhen's own git directory. */
    record RevertCommit(
            RunId run,
            ProjectName project,
            CommitId parent,
            CommitId reverted,
            String message,
            SortedMap<String, String> trailers)
            implements Effect<CommitId> {
        public RevertCommit {
            trailers = Collections.unmodifiableSortedMap(new TreeMap<>(trailers));
        }

        @Override
        public String what() {
            return reverted + " on top of " + parent;
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project)
                    && plan.remaining().stream()
                            .anyMatch(step ->
                                    step.reverted().filter(reverted::equals).isPresent());
        }
    }

    /** Applies change sets to the project's database, in one transaction. False if they were applied before. */
    record ApplyChangeSets(RunId run, ProjectName project, List<ChangeSet> changeSets, Proof proof)
            implements Effect<Boolean> {
        public ApplyChangeSets {
            changeSets = List.copyOf(changeSets);
        }

        @Override
        public String what() {
            return named(changeSets) + " to schema " + proof.after().code();
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project)
                    && plan.remaining().stream()
                            .anyMatch(step -> step.work() instanceof Step.Migrate migrate
                                    && migrate.changeSets().equals(changeSets)
                                    && migrate.proof().equals(proof));
        }
    }

    /** Rolls change sets of the project's database back, in one transaction. False if they were not there any more. */
    record RollBackChangeSets(RunId run, ProjectName project, List<ChangeSet> changeSets, Proof proof)
            implements Effect<Boolean> {
        public RollBackChangeSets {
            changeSets = List.copyOf(changeSets);
        }

        @Override
        public String what() {
            return named(changeSets) + " to schema " + proof.after().code();
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project)
                    && plan.remaining().stream()
                            .anyMatch(step -> step.work() instanceof Step.RollBack back
                                    && back.changeSets().equals(changeSets)
                                    && back.proof().equals(proof));
        }
    }

    private static String named(List<ChangeSet> changeSets) {
        return String.join(", ", changeSets.stream().map(ChangeSet::name).toList());
    }

    /**
     * Calls a tool of a server outside.
     *
     * @param code what the tool takes, as the server told it when it was looked at; with any other code the server is asked
     *     what the tool takes now, and nothing is called
     * @param arguments a JSON object
     */
    record CallTool(RunId run, ProjectName project, ToolScope tool, String code, String arguments)
            implements Effect<ToolAnswer> {
        @Override
        public String what() {
            String given = arguments.length() + " characters, " + Digest.of(arguments);
            return begins(tool) + (code.isEmpty() ? "what it takes" : "arguments of " + given);
        }

        /** How every line of this tool begins. */
        public static String begins(ToolScope tool) {
            return tool.name() + " at " + tool.url() + ", ";
        }

        /** Whether it may change something; what only asks what a tool takes, does not. */
        boolean isCounted() {
            return !tool.onlyReads() && !code.isEmpty();
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project) && plan.outline().scopes().coversTool(tool);
        }
    }

    /** Brings the run's branch into the project's repository; refused there if the branch is not where we left it. */
    record PublishBranch(RunId run, ProjectName project, CommitId commit) implements Effect<Boolean> {
        @Override
        public String what() {
            return run.branch() + " at " + commit;
        }

        @Override
        public boolean liesIn(PlanRevision plan) {
            return plan.project().equals(project) && plan.outline().scopes().coversBranch(run.branch());
        }
    }
}
