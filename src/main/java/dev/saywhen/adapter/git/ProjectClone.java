package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One project's git directory of our own, and what is known there of the project's repository.
 *
 * <p>Refs: {@code refs/project/heads/*} and {@code refs/project/runs/*} as last fetched, {@code
 * refs/heads/saywhen/run-*} the runs' branches,
 * {@code refs/saywhen/run-<n>/published} and {@code /publishing} what we brought or were bringing into the project's
 * repository, {@code /publishing-<k>} what we were bringing there before that and may still arrive, {@code /kept-<k>}
 * unfinished work, {@code /left-<k>} commits that a later work tree did not go on from.
 */
final class ProjectClone {
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(15);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

    /**
     * The last word on how files become blobs: byte for byte, whatever the repository's own attributes say, and every
     * text is shown in a diff.
     */
    private static final String NO_ATTRIBUTES =
            "* -text !eol -ident -filter !working-tree-encoding !diff !merge !conflict-marker-size\n";

    private final GitProject project;
    private final Path gitDir;
    private final GitCommand git;
    private final ReentrantLock lock; // held while the directory is made and while it is fetched into

    ProjectClone(GitProject project, Path repositories, GitCommand git) {
        this(project, repositories.resolve(project.name() + ".git"), git, new ReentrantLock());
    }

    private ProjectClone(GitProject project, Path gitDir, GitCommand git, ReentrantLock lock) {
        this.project = project;
        this.gitDir = gitDir;
        this.git = git;
        this.lock = lock;
    }

    /** The same, whose commands end with a STOP of the run. */
    ProjectClone cutOffBy(StopSwitch stops, StopSwitch.Epoch began) {
        return new ProjectClone(project, gitDir, git.cutOffBy(stops, began), lock);
    }

    ProjectClone within(Duration time) {
        return new ProjectClone(project, gitDir, git.within(time), lock);
    }

    GitProject project() {
        return project;
    }

    GitCommand.Call call() {
        return git.in(gitDir);
    }

    boolean exists() {
        return Files.isDirectory(gitDir);
    }

    /** What the project's repository has now: the project's branch and others, by full name. Changes nothing. */
    Map<String, CommitId> look(String... refs) {
        List<String> arguments = new ArrayList<>(List.of("ls-remote", "--refs"));
        arguments.addAll(uploadPack());
        arguments.add("--");
        arguments.add(project.address());
        arguments.addAll(List.of(refs));
        GitCommand.Result result;
        try {
            result = remote(git.anywhere()).timeLimit(LOOK_LIMIT).run(arguments.toArray(String[]::new));
        } catch (GitBroke broken) {
            throw unreadable(String.valueOf(broken.getMessage()));
        }
        if (!result.succeeded()) {
            throw unreadable(result.complaint());
        }
        Map<String, CommitId> found = new TreeMap<>();
        result.text().lines().forEach(line -> {
            String[] parts = line.split("\t", 2);
            if (parts.length == 2 && (refs.length == 0 || List.of(refs).contains(parts[1]))) {
                found.put(parts[1], new CommitId(parts[0]));
            }
        });
        return found;
    }

    /** Brings the project's branch into our directory, if it is not there yet, and says where it is. */
    CommitId fetch() {
        String ref = "refs/heads/" + project.branch();
        CommitId tip = Optional.ofNullable(look(ref).get(ref)).orElseThrow(this::noBranch);
        return fetched(tip);
    }

    /** The same for a tip that {@link #look} has just found. */
    CommitId fetched(CommitId tip) {
        String ref = "refs/project/heads/" + project.branch();
        lock();
        try {
            make(tip);
            if (!tip.equals(ref(ref).orElse(null)) || !has(tip)) {
                fetchInto(project.branch(), ref);
            }
            return ref(ref).orElseThrow(this::noBranch);
        } finally {
            lock.unlock();
        }
    }

    /** Brings a run's branch, as the project's repository has it, into our directory; {@link #look} found its tip. */
    void fetchRun(RunId run, CommitId tip) {
        lock();
        try {
            if (!has(tip)) {
                fetchInto(run.branch(), "refs/project/runs/run-" + run);
            }
        } finally {
            lock.unlock();
        }
        demand(tip);
    }

    private void fetchInto(String branch, String ref) {
        List<String> arguments = new ArrayList<>(List.of(
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--no-recurse-submodules",
                "--update-shallow",
                "--refmap="));
        arguments.addAll(uploadPack());
        arguments.addAll(List.of("--", project.address(), "+refs/heads/" + branch + ":" + ref));
        GitCommand.Result result;
        try {
            result = remote(call()).timeLimit(FETCH_LIMIT).run(arguments.toArray(String[]::new));
        } catch (GitBroke broken) {
            throw unreadable(String.valueOf(broken.getMessage()));
        }
        if (!result.succeeded()) {
            throw unreadable(result.complaint());
        }
    }

    /** Makes the directory, whole or not at all, in the hash format of the project's repository. */
    private void make(CommitId sample) {
        if (exists()) {
            return;
        }
        Path fresh = gitDir.resolveSibling(".new-" + gitDir.getFileName());
        try {
            Files.createDirectories(gitDir.getParent());
            Removal.of(fresh);
            git.anywhere()
                    .must(
                            "making " + gitDir,
                            "init",
                            "--quiet",
                            "--bare",
                            "--template=",
                            "--object-format=" + (sample.hash().length() == 64 ? "sha256" : "sha1"),
                            fresh.toString());
            Files.createDirectories(fresh.resolve("info"));
            Files.writeString(fresh.resolve("info/attributes"), NO_ATTRIBUTES);
            Files.move(fresh, gitDir, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            throw new GitBroke("making " + gitDir + " did not work: " + broken.getMessage(), broken);
        }
    }

    /** Removes the lock files of gits that are no more. Nothing may be at work in the directory. */
    void removeLocks() {
        if (!exists()) {
            return;
        }
        try (Stream<Path> all = Files.walk(gitDir)) {
            for (Path lockFile :
                    all.filter(path -> path.toString().endsWith(".lock")).toList()) {
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException | UncheckedIOException broken) {
            throw new GitBroke("clearing " + gitDir + " did not work: " + broken.getMessage(), broken);
        }
    }

    /** Whether our directory holds this commit. */
    boolean has(CommitId commit) {
        return exists() && call().run("cat-file", "-e", commit + "^{commit}").succeeded();
    }

    /** Throws unless our directory holds this commit. */
    void demand(CommitId commit) {
        if (!has(commit)) {
            throw refusal("Saywhen's own clone of " + project.name() + " does not hold the commit " + commit.brief()
                    + ". Say `plan` for a fresh plan: it fetches again.");
        }
    }

    boolean isAncestor(CommitId older, CommitId newer) {
        GitCommand.Result result = call().run("merge-base", "--is-ancestor", older.hash(), newer.hash());
        if (result.exit() > 1) {
            throw new GitBroke(
                    "comparing " + older.brief() + " with " + newer.brief() + " did not work: " + result.complaint());
        }
        return result.succeeded();
    }

    /** Where one of our own refs is. */
    Optional<CommitId> ref(String name) {
        if (!exists()) {
            return Optional.empty();
        }
        GitCommand.Result result = call().run("rev-parse", "--verify", "--quiet", name + "^{commit}");
        return result.succeeded() ? Optional.of(new CommitId(result.line())) : Optional.empty();
    }

    Optional<CommitId> branch(RunId run) {
        return ref("refs/heads/" + run.branch());
    }

    /** Moves one of our own refs, if it is where it is thought to be; empty: nowhere. */
    void move(String name, Optional<CommitId> from, CommitId to) {
        String nowhere = "0".repeat(to.hash().length());
        call().must(
                        "moving " + name + " to " + to.brief(),
                        "update-ref",
                        "--no-deref",
                        name,
                        to.hash(),
                        from.map(CommitId::hash).orElse(nowhere));
    }

    void remember(String name, CommitId to) {
        call().must("noting " + name, "update-ref", "--no-deref", name, to.hash());
    }

    /**
     * Puts a commit under the first free name {@code refs/saywhen/run-<n>/<kind>-<k>}, unless its newest is the same. A
     * name that a git which was killed has locked is not free.
     */
    CommitId put(RunId run, String kind, CommitId commit) {
        for (int number = 1; ; number++) {
            String name = "refs/saywhen/run-" + run + "/" + kind + "-" + number;
            Optional<CommitId> there = ref(name);
            if (there.equals(Optional.of(commit))) {
                return commit;
            }
            if (there.isEmpty() && !Files.exists(gitDir.resolve(name + ".lock"))) {
                move(name, Optional.empty(), commit);
                return commit;
            }
        }
    }

    /** Removes what was put under such names. */
    void forget(RunId run, String kind) {
        numbered(run, kind).forEach(name -> call().must("forgetting " + name, "update-ref", "--no-deref", "-d", name));
    }

    private List<String> numbered(RunId run, String kind) {
        String names = "refs/saywhen/run-" + run + "/" + kind + "-*";
        return call().must("looking for " + names, "for-each-ref", "--format=%(refname)", names)
                .text()
                .lines()
                .toList();
    }

    /** Unfinished work that was kept before and is the same. */
    Optional<CommitId> kept(RunId run, String tree, CommitId parent) {
        String wanted = tree + " " + parent;
        return call().must(
                        "looking for kept work",
                        "for-each-ref",
                        "--format=%(tree) %(parent) %(objectname)",
                        "refs/saywhen/run-" + run + "/kept-*")
                .text()
                .lines()
                .filter(line -> line.startsWith(wanted + " "))
                .map(line -> new CommitId(line.substring(wanted.length() + 1)))
                .findFirst();
    }

    /** The commit before; every commit of ours has one. */
    CommitId parent(CommitId commit) {
        return new CommitId(call().must("reading " + commit.brief(), "rev-parse", "--verify", commit + "^1")
                .line());
    }

    /** The tree of a commit. */
    String tree(CommitId commit) {
        return call().must("reading " + commit.brief(), "rev-parse", "--verify", commit + "^{tree}")
                .line();
    }

    /** Places of a published branch that we know to be ours: the last one, and those whose publishing was cut short. */
    List<CommitId> published(RunId run) {
        if (!exists()) {
            return List.of();
        }
        String notes = "refs/saywhen/run-" + run;
        return Stream.concat(
                        Stream.of(notes + "/published", notes + "/publishing"), numbered(run, "publishing").stream())
                .flatMap(name -> ref(name).stream())
                .toList();
    }

    List<String> uploadPack() {
        return project.isLocal() ? List.of("--upload-pack=" + GitCommand.UPLOAD_PACK) : List.of();
    }

    List<String> receivePack() {
        return project.isLocal() ? List.of("--receive-pack=" + GitCommand.RECEIVE_PACK) : List.of();
    }

    /** A command that may talk to the project's repository, and to nothing in another way. */
    GitCommand.Call remote(GitCommand.Call call) {
        if (project.isLocal() && !Files.isDirectory(project.path())) {
            throw refusal("The repository of " + project.name() + " is not there: " + project.shown()
                    + ". Put it back, or set " + key() + " to where it is.");
        }
        return call.allowing(project.isLocal() ? "file" : "https:http:ssh");
    }

    RepositoryUnreadable unreadable(String why) {
        return refusal("The repository of " + project.name() + ", " + project.shown() + ", cannot be read: " + why
                + ". Mend it, or set " + key() + " to another.");
    }

    static RepositoryUnreadable refusal(String sentence) {
        return new RepositoryUnreadable(sentence, new GitBroke(sentence));
    }

    private RepositoryUnreadable noBranch() {
        List<String> others = look().keySet().stream()
                .filter(ref -> ref.startsWith("refs/heads/"))
                .map(ref -> ref.substring("refs/heads/".length()))
                .limit(5)
                .toList();
        String what = others.isEmpty()
                ? "has no commit yet. Make a first commit on the branch " + project.branch() + "."
                : "has no branch " + project.branch() + "; it has " + String.join(", ", others)
                        + ". Make that branch, or set saywhen.projects.\"" + project.name() + "\".branch.";
        return refusal("The repository of " + project.name() + ", " + project.shown() + ", " + what);
    }

    private String key() {
        return "saywhen.projects.\"" + project.name() + "\".repository";
    }

    private void lock() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GitBroke("waiting for the clone of " + project.name() + " was interrupted", interrupted);
        }
    }

    static String nulSeparated(Collection<String> items) {
        return items.stream().map(item -> item + "\0").collect(Collectors.joining());
    }
}
