package dev.saywhen.flow.fakes;

import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.Unwinding;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.PlanSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Commits, branches and work trees in memory. A branch moves only if it stands at the parent, as the real one does. */
public final class FakeWorkspace implements Workspace {
    private final Map<CommitId, SortedMap<String, String>> commits = new HashMap<>();
    private final Map<RunId, CommitId> heads = new HashMap<>();
    private final Map<RunId, SortedMap<String, String>> trees = new HashMap<>();
    private final Map<RunId, CommitId> published = new HashMap<>();
    private final List<RunId> kept = new ArrayList<>();
    private CommitId newest = PlanSample.COMMIT;
    private boolean unreadable;
    private boolean othersBuilt = true;

    public FakeWorkspace() {
        commits.put(PlanSample.COMMIT, new TreeMap<>());
    }

    /** From now on nobody else's work is in the way of taking a run back. */
    public void clearWayBack() {
        othersBuilt = false;
    }

    /** Somebody else commits to the project's branch. */
    public void moveBase() {
        CommitId next = new CommitId(Digest.of("after " + newest).hex().substring(0, 40));
        commits.put(next, new TreeMap<>(commits.get(newest)));
        newest = next;
    }

    /** From now on the repository cannot be read. */
    public void lose() {
        unreadable = true;
    }

    /** Runs whose unfinished work was kept, in order. */
    public List<RunId> kept() {
        return List.copyOf(kept);
    }

    public Optional<CommitId> published(RunId run) {
        return Optional.ofNullable(published.get(run));
    }

    void open(RunId run, CommitId commit) {
        SortedMap<String, String> files = commits.get(commit);
        if (files == null) {
            throw new IllegalStateException("there is no commit " + commit.brief());
        }
        trees.put(run, new TreeMap<>(files));
        if (heads.containsKey(run)) {
            heads.put(run, commit);
        }
    }

    /** Changes a file as a command might, past every lock. */
    public void put(RunId run, String path, String content) {
        trees.computeIfAbsent(run, _ -> new TreeMap<>()).put(path, content);
    }

    CommitId commit(RunId run, CommitId parent, List<String> paths, String message) {
        CommitId head = heads.get(run);
        if (head != null && !head.equals(parent)) {
            throw new IllegalStateException("the branch stands at " + head.brief() + ", not at " + parent.brief());
        }
        SortedMap<String, String> files = new TreeMap<>(commits.getOrDefault(parent, new TreeMap<>()));
        paths.forEach(path -> tree(run).read(path).ifPresent(content -> files.put(path, content)));
        CommitId commit = new CommitId(
                Digest.of(run + " " + parent + " " + message + files).hex().substring(0, 40));
        commits.put(commit, files);
        heads.put(run, commit);
        return commit;
    }

    void publish(RunId run, CommitId commit) {
        published.put(run, commit);
    }

    @Override
    public Base base(ProjectName project) {
        if (unreadable) {
            throw new RepositoryUnreadable("The repository of demo is gone.", new IllegalStateException("gone"));
        }
        return new Base("main", newest);
    }

    @Override
    public Repository at(ProjectName project, CommitId commit) {
        SortedMap<String, String> files = commits.getOrDefault(commit, new TreeMap<>());
        return new Repository() {
            @Override
            public List<String> files() {
                return List.copyOf(files.keySet());
            }

            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(files.get(path));
            }
        };
    }

    @Override
    public WorkTree tree(RunId run) {
        return new WorkTree() {
            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(
                        trees.getOrDefault(run, new TreeMap<>()).get(path));
            }

            @Override
            public List<String> list(String folder) {
                return trees.getOrDefault(run, new TreeMap<>()).keySet().stream()
                        .filter(path -> path.startsWith(folder + "/"))
                        .toList();
            }
        };
    }

    @Override
    public Optional<CommitId> head(RunId run, ProjectName project) {
        return Optional.ofNullable(heads.get(run));
    }

    @Override
    public Optional<CommitId> keep(RunId run, ProjectName project, CommitId parent) {
        if (unreadable) {
            throw new RepositoryUnreadable("The repository of demo is gone.", new IllegalStateException("gone"));
        }
        kept.add(run);
        return Optional.of(parent);
    }

    @Override
    public Unwinding unwind(RunId run, ProjectName project, List<CommitId> taken) {
        CommitId head = heads.get(run);
        return othersBuilt || head == null
                ? new Unwinding.Impossible("others built on it")
                : new Unwinding.Possible(
                        head,
                        taken.stream()
                                .map(commit -> new Unwinding.Part(commit, "Do a step", List.of("a.txt")))
                                .toList(),
                        "0".repeat(40),
                        List.of(),
                        Optional.empty());
    }

    @Override
    public String treeOf(ProjectName project, CommitId commit) {
        return Digest.of(String.valueOf(commits.get(commit))).hex().substring(0, 40);
    }

    @Override
    public String diff(ProjectName project, CommitId from, CommitId to, int limit) {
        return "diff " + from.brief() + " " + to.brief();
    }
}
