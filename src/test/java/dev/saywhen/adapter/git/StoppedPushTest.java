package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.CommitId;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that a STOP cuts off after the project's repository was told. */
class StoppedPushTest {
    private static final String REF = "refs/heads/saywhen/run-1";
    private static final Duration LONG = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    private final BlockingQueue<String> ended = new ArrayBlockingQueue<>(1);
    private UserRepository user;
    private Path remote;
    private String address;
    private Setting setting;
    private CommitId first;

    @BeforeEach
    void begin() {
        user = UserRepository.begun(folder.resolve("user"));
        remote = folder.resolve("remote.git");
        UserRepository.git(folder, "clone", "--quiet", "--bare", user.root().toString(), remote.toString());
        address = "host.example:" + remote;
    }

    @AfterEach
    void awaitTheOtherEnd() {
        await(() -> ProcessHandle.allProcesses()
                .noneMatch(any -> any.info().commandLine().orElse("").contains(remote.toString())));
    }

    /** The other end is no process of ours: it goes on when ours has ended. */
    private void onAnotherHost() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        script(programs.resolve("ssh"), """
                for command; do :; done
                exec env -i PATH="$PATH" setsid --fork sh -c "$command"
                """);
        over(address, new GitCommand(folder.resolve("scratch"), programs + ":" + System.getenv("PATH")));
    }

    private void over(String repository, GitCommand git) throws Exception {
        setting = new Setting(folder.resolve("home"), repository, git);
        CommitId base = setting.base();
        setting.open(base);
        setting.write("a", "1");
        first = setting.commit(base, "a");
    }

    private CommitId next(CommitId parent) throws Exception {
        setting.write("a", "after " + parent);
        return setting.commit(parent, "a");
    }

    @Test
    void a_push_to_another_host_is_unknown_to_every_receipt_until_the_branch_is_seen() throws Exception {
        onAnotherHost();
        String unknown = "a push of saywhen/run-1 at " + first.brief() + " into " + address + " was not answered";

        CutOff.Report report = stopInHook(first);

        assertEquals("", there());
        assertEquals(List.of(unknown), report.unknown());
        assertEquals(List.of(), report.survivors());
        assertEquals("git push was stopped; outcome unknown", ended.poll(10, TimeUnit.SECONDS));

        StopPull again = pull();
        assertEquals(List.of(unknown), report(again).unknown());
        assertEquals(List.of(unknown), settledAgain(again).unknown());

        say("go");
        await(() -> there().equals(first.hash()));
        resume();
        removeHook();
        CommitId second = next(first);
        setting.publish(second);

        assertEquals(second.hash(), there());
        assertEquals(List.of(), report(pull()).unknown());
    }

    @Test
    void a_push_that_never_arrived_is_gone_on_from() throws Exception {
        onAnotherHost();
        stopInHook(first);
        say("no");
        resume();
        removeHook();
        CommitId second = next(first);

        setting.publish(second);

        assertEquals(second.hash(), there());
    }

    @Test
    void a_push_that_arrives_late_is_ours_though_another_was_tried_since() throws Exception {
        onAnotherHost();
        stopInHook(first);
        resume();
        hook("exit 1");
        CommitId second = next(first);
        GitBroke no = assertThrows(GitBroke.class, () -> setting.publish(second));
        assertTrue(String.valueOf(no.getMessage()).contains("pre-receive hook declined"), no.getMessage());

        say("go");
        await(() -> there().equals(first.hash()));
        removeHook();
        setting.publish(second);

        assertEquals(second.hash(), there());
        assertEquals("", setting.ours("for-each-ref", "refs/saywhen/run-1/publishing-*"));
    }

    @Test
    void what_was_answered_before_the_stop_is_known() throws Exception {
        onAnotherHost();
        setting.publish(first);

        assertEquals(CutOff.Report.NOTHING, report(pull()));
    }

    @Test
    void on_this_host_the_receipt_says_where_the_branch_stands() throws Exception {
        over(user.root().toString(), new GitCommand(folder.resolve("scratch")));
        user.git("config", "core.filesRefLockTimeout", "60000");
        Path lock = Files.createDirectories(user.gitDir().resolve("refs/heads/saywhen"))
                .resolve("run-1.lock");
        Files.createFile(lock);
        publish(first);
        await(StoppedPushTest::isReceiving);

        StopPull pull = pull();

        String branch = "Branch saywhen/run-1 in " + user.root() + ": ";
        CutOff.Report report = report(pull);
        assertEquals(List.of(branch + "as before this step, looked at."), report.found());
        assertEquals(List.of(), report.unknown());
        assertEquals("git push was stopped", ended.poll(10, TimeUnit.SECONDS));

        Files.delete(lock);
        user.git("update-ref", REF, base(first));
        user.git("fetch", "--quiet", setting.ownGitDir().toString(), "+refs/heads/saywhen/run-1:" + REF);
        assertEquals(
                List.of(branch + "brought there, at " + first.brief() + ", looked at."),
                settledAgain(pull).found());
    }

    private String base(CommitId commit) {
        return setting.ours("rev-parse", commit + "^");
    }

    /** Stops it while the other end, which has the commit, makes up its mind. */
    private CutOff.Report stopInHook(CommitId commit) throws Exception {
        hook("""
                touch '%1$s/asked'
                for _ in $(seq 400); do
                    [ -e '%1$s/go' ] && exit 0
                    [ -e '%1$s/no' ] && exit 1
                    sleep 0.05
                done
                exit 1
                """.formatted(folder));
        publish(commit);
        await(() -> Files.exists(folder.resolve("asked")));
        return report(pull());
    }

    private void publish(CommitId commit) {
        Thread.ofVirtual().start(() -> {
            GitBroke broken = assertThrows(GitBroke.class, () -> setting.publish(commit));
            ended.add(String.valueOf(broken.getMessage()));
        });
    }

    private StopPull pull() {
        return setting.stops.pull(new StopOrder(Setting.RUN, null, "ana", "stop", "here", null));
    }

    private static CutOff.Report report(StopPull pull) {
        return Objects.requireNonNull(pull.settle(LONG).get(Setting.RUN));
    }

    private static CutOff.Report settledAgain(StopPull pull) {
        return Objects.requireNonNull(pull.settleAgain(LONG).get(Setting.RUN));
    }

    private void resume() {
        assertTrue(setting.stops.rearm(setting.stops.epochOf(Setting.RUN)));
    }

    private void hook(String text) throws Exception {
        Path fresh = folder.resolve("fresh");
        script(fresh, text);
        Files.move(fresh, hook(), StandardCopyOption.REPLACE_EXISTING); // one that runs reads its own text
    }

    private Path hook() throws Exception {
        return Files.createDirectories(remote.resolve("hooks")).resolve("pre-receive");
    }

    private void removeHook() throws Exception {
        Files.delete(hook());
    }

    private void say(String word) throws Exception {
        Files.createFile(folder.resolve(word));
    }

    private String there() {
        return UserRepository.git(remote, "for-each-ref", "--format=%(objectname)", REF);
    }

    private static void script(Path file, String text) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + text);
        assertTrue(file.toFile().setExecutable(true));
    }

    private static boolean isReceiving() {
        return ProcessHandle.current()
                .descendants()
                .anyMatch(child -> Arrays.asList(child.info().arguments().orElse(new String[0]))
                        .contains("receive-pack"));
    }

    private static void await(BooleanSupplier happened) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!happened.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(5_000_000);
        }
        assertTrue(happened.getAsBoolean());
    }
}
