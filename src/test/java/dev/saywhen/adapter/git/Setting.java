package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Repository;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.Effect.CommitFiles;
import dev.saywhen.safety.Effect.OpenWorkTree;
import dev.saywhen.safety.Effect.PublishBranch;
import dev.saywhen.safety.Effect.RevertCommit;
import dev.saywhen.safety.Effect.WriteFile;
import dev.saywhen.safety.StopSwitch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A workspace over one project, and the hands of its runs. */
final class Setting {
    static final ProjectName PROJECT = new ProjectName("shop");
    static final RunId RUN = new RunId(1);
    static final RunId OTHER_RUN = new RunId(2);
    static final Instant BEGIN = Instant.parse("2026-11-02T10:00:00Z");

    final Path home;
    final GitCommand git;
    final GitWorkspace workspace;
    final StopSwitch stops = new StopSwitch(0);
    private final PublishesBranches publishes;

    Setting(Path home, String repository) {
        this(home, repository, new GitCommand(home.resolve("cache/git")));
    }

    Setting(Path home, String repository, GitCommand git) {
        this.home = home;
        this.git = git;
        this.workspace =
                new GitWorkspace(List.of(new GitProject(PROJECT, repository, "main")), home, git, new LaterEachTime());
        this.publishes = new PublishesBranches(workspace, stops);
        stops.track(RUN, false);
        stops.track(OTHER_RUN, false);
    }

    static Setting over(Path folder, UserRepository repository) {
        return new Setting(folder.resolve("home"), repository.root().toString());
    }

    CommitId base() {
        return workspace.base(PROJECT).commit();
    }

    Repository at(CommitId commit) {
        return workspace.at(PROJECT, commit);
    }

    Path tree() {
        return workspace.folder(RUN);
    }

    Path ownGitDir() {
        return home.resolve("repositories/shop.git");
    }

    /** What one of our own refs names. */
    String ours(String... arguments) {
        return UserRepository.git(ownGitDir(), arguments);
    }

    void open(CommitId commit) throws Exception {
        open(RUN, commit);
    }

    void open(RunId run, CommitId commit) throws Exception {
        new OpensWorkTrees(workspace, stops).perform(Clearances.live(new OpenWorkTree(run, PROJECT, commit), stops));
    }

    void write(String path, String content) throws Exception {
        write(RUN, path, content);
    }

    void write(RunId run, String path, String content) throws Exception {
        new WritesFiles(workspace).perform(Clearances.live(new WriteFile(run, path, content), stops));
    }

    CommitId commit(CommitId parent, String... paths) throws Exception {
        return commit(RUN, parent, paths);
    }

    CommitId commit(RunId run, CommitId parent, String... paths) throws Exception {
        return new CommitsFiles(workspace, stops).perform(Clearances.live(committing(run, parent, paths), stops));
    }

    static CommitFiles committing(RunId run, CommitId parent, String... paths) {
        Map<String, String> trailers = Map.of("Saywhen-Run", run.toString(), "Saywhen-Audit", "12 " + "a".repeat(64));
        return new CommitFiles(run, PROJECT, parent, List.of(paths), "Do a step\n\nIts body.", new TreeMap<>(trailers));
    }

    /** Takes a commit back as the first or next step of a plan would. */
    CommitId revert(CommitId parent, CommitId reverted) throws Exception {
        RevertCommit effect = new RevertCommit(RUN, PROJECT, parent, reverted, "Revert it", new TreeMap<>());
        return new RevertsCommits(workspace, stops).perform(Clearances.live(effect, stops));
    }

    void publish(CommitId commit) throws Exception {
        publish(RUN, commit);
    }

    void publish(RunId run, CommitId commit) throws Exception {
        publish(Clearances.live(new PublishBranch(run, PROJECT, commit), stops));
    }

    void publish(Clearance<PublishBranch> clearance) throws Exception {
        publishes.perform(clearance);
    }

    /** A clock that is a second later each time it is read. */
    private static final class LaterEachTime extends Clock {
        private final AtomicLong seconds = new AtomicLong();

        @Override
        public Instant instant() {
            return BEGIN.plusSeconds(seconds.getAndIncrement());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
