package dev.saywhen.adapter.git;

import dev.saywhen.audit.AuditMark;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.Unwinding;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The projects' repositories in clones of our own, and the runs' work trees. Safe for use by several threads. */
public final class GitWorkspace implements Workspace {
    private static final Duration KEEPING_LIMIT = Duration.ofSeconds(10);

    private final Map<ProjectName, ProjectClone> clones;
    private final Path worktrees;
    private final Path scratch;
    private final Commits commits;

    /** @param home {@code saywhen.home} */
    public GitWorkspace(List<GitProject> projects, Path home, GitCommand git, Clock clock) {
        Path repositories = home.toAbsolutePath().resolve("repositories");
        this.clones = projects.stream()
                .collect(Collectors.toUnmodifiableMap(
                        GitProject::name, project -> new ProjectClone(project, repositories, git)));
        this.worktrees = home.toAbsolutePath().resolve("worktrees");
        this.scratch = home.toAbsolutePath().resolve("cache/git");
        this.commits = new Commits(clock, scratch);
    }

    /**
     * Removes what a service that was killed may have left half done: lock files, half laid out work trees. To be called
     * at start, before anything else is asked of this, and only by a service that has {@code saywhen.home} for itself.
     */
    public void clearLeftovers() {
        try {
            Removal.of(scratch);
            for (Path left : entries(worktrees)) {
                if (String.valueOf(left.getFileName()).startsWith(".")) {
                    Removal.of(left);
                }
            }
        } catch (IOException broken) {
            throw new GitBroke("clearing " + worktrees + " did not work: " + broken.getMessage(), broken);
        }
        clones.values().forEach(ProjectClone::removeLocks);
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Override
    public Base base(ProjectName project) {
        ProjectClone clone = clone(project);
        return new Base(clone.project().branch(), whole(clone, ProjectClone::fetch));
    }

    @Override
    public Repository at(ProjectName project, CommitId commit) {
        return whole(clone(project), clone -> {
            clone.demand(commit);
            return new CommittedFiles(clone, commit);
        });
    }

    @Override
    public WorkTree tree(RunId run) {
        return files(run);
    }

    /** Where the files of a run are. */
    public Path folder(RunId run) {
        return worktrees.resolve("run-" + run);
    }

    RunFolder files(RunId run) {
        return new RunFolder(folder(run));
    }

    Path worktrees() {
        return worktrees;
    }

    Commits commits() {
        return commits;
    }

    @Override
    public Optional<CommitId> head(RunId run, ProjectName project) {
        return whole(clone(project), clone -> clone.branch(run));
    }

    @Override
    public Optional<CommitId> keep(RunId run, ProjectName project, CommitId parent) {
        RunFolder files = files(run);
        if (!files.exists()) {
            return Optional.empty();
        }
        return whole(clone(project).within(KEEPING_LIMIT), clone -> {
            clone.demand(parent);
            return commits.unfinished(clone, files, parent)
                    .map(tree -> clone.kept(run, tree, parent).orElseGet(() -> keep(clone, run, tree, parent)));
        });
    }

    private CommitId keep(ProjectClone clone, RunId run, String tree, CommitId parent) {
        String message = "Keep the unfinished work of run " + run;
        return clone.put(run, "kept", commits.commit(clone, tree, parent, message, Collections.emptySortedMap()));
    }

    @Override
    public Unwinding unwind(RunId run, ProjectName project, List<CommitId> reverted) {
        return whole(clone(project), clone -> new Reverting(clone, commits).workedOut(run, reverted));
    }

    @Override
    public String treeOf(ProjectName project, CommitId commit) {
        return whole(clone(project), clone -> {
            clone.demand(commit);
            return clone.tree(commit);
        });
    }

    @Override
    public String diff(ProjectName project, CommitId from, CommitId to, int limit) {
        return whole(clone(project), clone -> {
            clone.demand(from);
            clone.demand(to);
            GitCommand.Result result = clone.call()
                    .outputLimit(4L * limit)
                    .run(
                            "diff-tree",
                            "-r",
                            "-M",
                            "--stat",
                            "--patch",
                            "--no-ext-diff",
                            "--no-textconv",
                            "--no-color",
                            from.hash(),
                            to.hash());
            if (!result.succeeded() && !result.isCut()) {
                throw new GitBroke(
                        "comparing " + from.brief() + " with " + to.brief() + " did not work: " + result.complaint());
            }
            return head(result.text(), limit);
        });
    }

    private static String head(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    /** What the commits of a run's branch say about the audit trail, the oldest first. */
    public List<Marked> marks(ProjectName project, RunId run) {
        return whole(clone(project), clone -> {
            Optional<CommitId> tip = clone.branch(run);
            return tip.isEmpty() ? List.of() : marks(clone, run, tip.get());
        });
    }

    private static List<Marked> marks(ProjectClone clone, RunId run, CommitId tip) {
        String format = "%H%x1f" + trailer("Saywhen-Run") + "%x1f" + trailer("Saywhen-Audit");
        return clone
                .call()
                .must("reading the commits of run " + run, "log", "-z", "--reverse", "--format=" + format, tip.hash())
                .items()
                .stream()
                .map(item -> item.split("\u001f", -1))
                .filter(parts -> parts.length == 3 && parts[1].equals(run.toString()))
                .map(parts -> new Marked(new CommitId(parts[0]), parts[2]))
                .toList();
    }

    private static String trailer(String key) {
        return "%(trailers:key=" + key + ",valueonly,separator=%x2C)";
    }

    /**
     * A commit of a run and the value of its trailer {@code Saywhen-Audit}.
     *
     * @param value as it stands there; blank if there is none
     */
    public record Marked(CommitId commit, String value) {
        /** The place in the audit chain; empty if the trailer is not one of ours. */
        public Optional<AuditMark> mark() {
            return value.matches("[0-9]{1,18} [0-9a-f]{64}")
                    ? Optional.of(new AuditMark(
                            Long.parseLong(value.substring(0, value.indexOf(' '))),
                            new Digest(value.substring(value.indexOf(' ') + 1))))
                    : Optional.empty();
        }
    }

    ProjectClone clone(ProjectName project) {
        ProjectClone clone = clones.get(project);
        if (clone == null) {
            throw ProjectClone.refusal(
                    "There is no project " + project + ". Add saywhen.projects.\"" + project + "\".repository.");
        }
        return clone;
    }

    /** Does something with a clone; what breaks there is told as what it means here. */
    private static <T> T whole(ProjectClone clone, Function<ProjectClone, T> work) {
        try {
            return work.apply(clone);
        } catch (GitBroke broken) {
            throw new RepositoryUnreadable(
                    "Saywhen's own clone of " + clone.project().name() + ": " + broken.getMessage(), broken);
        }
    }
}
