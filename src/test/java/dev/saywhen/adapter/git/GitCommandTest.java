package dev.saywhen.adapter.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopPull;
import dev.saywhen.safety.StopSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommandTest {
    private static final RunId RUN = new RunId(1);

    // An alias of ours is the only way to have git run something slow or noisy.
    private static final String[] SLEEPS = {"-c", "alias.slow=!sleep 61.25 & sleep 61.25", "slow"};

    @TempDir
    Path folder;

    private GitCommand git;

    @BeforeEach
    void make() {
        git = new GitCommand(folder.resolve("scratch"));
    }

    @Test
    void the_environment_of_git_is_empty_but_for_what_it_needs() {
        String environment =
                git.anywhere().must("looking", "-c", "alias.look=!env", "look").text();

        List<String> names = environment
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !name.startsWith("GIT_"))
                .sorted()
                .toList();
        assertEquals(List.of("HOME", "LC_ALL", "PATH"), names);
        assertTrue(environment.contains("HOME=/dev/null\n"), environment);
    }

    @Test
    void git_has_no_transport_unless_it_is_allowed_one() {
        UserRepository user = UserRepository.begun(folder.resolve("user"));

        GitCommand.Result refused = git.anywhere().run("ls-remote", user.root().toString());

        assertFalse(refused.succeeded());
        assertEquals("fatal: transport 'file' not allowed", refused.complaint());
        assertTrue(git.anywhere()
                .allowing("file")
                .run("ls-remote", user.root().toString())
                .succeeded());
    }

    @Test
    void what_takes_too_long_is_ended_with_all_its_children() {
        GitBroke broken = assertThrows(
                GitBroke.class,
                () -> git.anywhere().timeLimit(Duration.ofMillis(300)).run(SLEEPS));

        assertTrue(String.valueOf(broken.getMessage()).contains("took longer than"), broken.getMessage());
        assertEquals(0, sleeping());
    }

    @Test
    void commands_within_a_time_share_it() {
        GitCommand brief = git.within(Duration.ofMillis(300));

        assertThrows(GitBroke.class, () -> brief.anywhere().run(SLEEPS));
        assertThrows(GitBroke.class, () -> brief.anywhere().run(SLEEPS));
    }

    @Test
    void a_flood_of_output_is_cut() {
        GitCommand.Result flood = git.anywhere().outputLimit(1_000).run("-c", "alias.flood=!yes", "flood");

        assertTrue(flood.isCut());
        assertEquals(1_000, flood.output().length);
    }

    @Test
    void an_interrupted_thread_ends_its_git_and_stays_interrupted() throws Exception {
        BlockingQueue<String> ended = new ArrayBlockingQueue<>(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            GitBroke broken = assertThrows(GitBroke.class, () -> git.anywhere().run(SLEEPS));
            ended.add(broken.getMessage() + " " + Thread.currentThread().isInterrupted());
        });
        awaitSleeping();

        thread.interrupt();

        assertEquals("git -c was interrupted true", ended.poll(10, TimeUnit.SECONDS));
        assertEquals(0, sleeping());
    }

    @Test
    void a_stop_ends_the_git_of_its_run_and_lets_none_begin() throws Exception {
        StopSwitch stops = new StopSwitch(0);
        stops.track(RUN, false);
        GitCommand held = git.cutOffBy(stops, stops.epochOf(RUN));
        BlockingQueue<String> ended = new ArrayBlockingQueue<>(1);
        Thread.ofVirtual().start(() -> {
            GitBroke broken = assertThrows(GitBroke.class, () -> held.anywhere().run(SLEEPS));
            ended.add(String.valueOf(broken.getMessage()));
        });
        awaitSleeping();

        StopPull pull = stops.pull(new StopOrder(RUN, null, "ana", "stop", "here", null));

        CutOff.Report ofRun =
                Objects.requireNonNull(pull.settle(Duration.ofSeconds(5)).get(RUN));
        assertEquals(List.of(), ofRun.survivors());
        assertEquals("git -c was stopped", ended.poll(10, TimeUnit.SECONDS));
        assertEquals(0, sleeping());
        GitBroke late = assertThrows(GitBroke.class, () -> held.anywhere().run("version"));
        assertEquals("git version was stopped before it began", late.getMessage());
    }

    @Test
    void a_stop_that_comes_while_a_late_git_is_ended_waits_for_what_outlived_it() throws Exception {
        StopSwitch stops = new StopSwitch(0);
        stops.track(RUN, false);
        GitCommand late = git.cutOffBy(stops, stops.epochOf(RUN)).within(Duration.ofMillis(300));
        Path started = folder.resolve("started");
        Path ssh = folder.resolve("ssh");
        Files.writeString(
                ssh,
                "#!/bin/bash\ntrap '' TERM\necho $PPID $$ > %s.new && mv %s.new %s\nwhile :; do sleep 0.05; done\n"
                        .formatted(started, started, started));
        assertTrue(ssh.toFile().setExecutable(true));
        Thread thread = Thread.ofVirtual()
                .start(() -> assertThrows(
                        GitBroke.class,
                        () -> late.anywhere()
                                .allowing("ssh")
                                .with("GIT_SSH_COMMAND", ssh.toString())
                                .run("ls-remote", "host:/x")));
        await(() -> Files.exists(started));
        String[] parentAndSelf = Files.readString(started).strip().split(" ");
        ProcessHandle stubborn =
                ProcessHandle.of(Long.parseLong(parentAndSelf[1])).orElseThrow();
        long parent = Long.parseLong(parentAndSelf[0]);
        await(() -> stubborn.parent().map(ProcessHandle::pid).orElse(0L) != parent);
        assertTrue(GitCommand.isRunning(stubborn));

        StopPull pull = stops.pull(new StopOrder(RUN, null, "ana", "stop", "here", null));

        CutOff.Report ofRun =
                Objects.requireNonNull(pull.settle(Duration.ofSeconds(5)).get(RUN));
        assertFalse(GitCommand.isRunning(stubborn));
        assertEquals(List.of(), ofRun.survivors());
        assertTrue(ofRun.killed() > 0);
        thread.join();
    }

    @Test
    void nothing_stays_in_the_scratch_folder() throws Exception {
        git.anywhere().run("version");

        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void a_password_in_an_address_is_never_told() {
        GitCommand.Result refused = git.anywhere().run("ls-remote", "https://ana:secret@127.0.0.1:1/x.git");

        assertFalse(refused.complaint().contains("secret"), refused.complaint());
    }

    private static void awaitSleeping() {
        await(() -> sleeping() == 2);
    }

    private static void await(BooleanSupplier happened) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!happened.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(happened.getAsBoolean());
    }

    private static long sleeping() {
        return ProcessHandle.current()
                .descendants()
                .filter(child ->
                        List.of(child.info().arguments().orElse(new String[0])).equals(List.of("61.25")))
                .count();
    }
}
