package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
    private static final Duration HEARING_LIMIT = Duration.ofSeconds(1);
    private static final Duration A_MOMENT = Duration.ofMillis(500);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "unshare"})
    void with_the_service_frozen_no_process_of_a_command_is_alive_after_the_limit(String level) throws Exception {
        Process service = service(level);
        try (BufferedReader says = service.inputReader()) {
            long first = Long.parseLong(says.readLine());
            NastyChildren children = new NastyChildren(folder.resolve("tree"));
            assertTrue(children.awaitAll());

            signal("STOP", service.pid());

            assertDeadWithin(HEARING_LIMIT.plus(A_MOMENT), first);
            children.assertSilent();
            signal("CONT", service.pid());
            assertEquals("LEASE_LOST", says.readLine());
        } finally {
            service.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "unshare"})
    void with_the_service_killed_no_process_of_a_command_is_alive_a_moment_later(String level) throws Exception {
        Process service = service(level);
        try (BufferedReader says = service.inputReader()) {
            long first = Long.parseLong(says.readLine());
            NastyChildren children = new NastyChildren(folder.resolve("tree"));
            assertTrue(children.awaitAll());

            service.destroyForcibly();

            assertDeadWithin(A_MOMENT, first);
            children.assertSilent();
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void a_command_whose_supervisor_dies_dies_with_it() throws Exception {
        try (Workshop shop = new Workshop(folder, HEARING_LIMIT)) {
            RunningCommand running = shop.bubblewrap().start(shop.command(List.of("sleep", "60")));

            supervisorOf(running).destroyForcibly();

            assertDeadWithin(A_MOMENT, running.pid());
            assertEquals(Ending.LEASE_LOST, running.await().ending());
        }
    }

    @Test
    void a_supervisor_that_answers_no_more_ends_its_command_and_holds_up_no_other() throws Exception {
        try (Workshop shop = new Workshop(folder, Duration.ofMillis(500))) {
            Isolation isolation = shop.bubblewrap();
            RunningCommand deaf = isolation.start(shop.command(List.of("sleep", "60")));
            RunningCommand other = isolation.start(
                    new Workshop(folder.resolve("other"), HEARING_LIMIT).command(List.of("sleep", "2.5")));
            ProcessHandle supervisor = supervisorOf(deaf);
            List<ProcessHandle> frozen = supervisor.children().toList();

            signal("STOP", supervisor.pid());
            for (ProcessHandle ear : frozen) {
                signal("STOP", ear.pid());
            }

            assertEquals(Ending.LEASE_LOST, deaf.await().ending());
            assertFalse(IsolationContract.isAlive(deaf.pid()));
            assertEquals(Ending.EXITED, other.await().ending());
            frozen.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void a_closed_lease_ends_what_lives_on_it() throws Exception {
        try (Workshop shop = new Workshop(folder, Duration.ofMillis(500))) {
            RunningCommand running = shop.bubblewrap().start(shop.command(List.of("sleep", "60")));

            shop.lease.close();

            assertEquals(Ending.LEASE_LOST, running.await().ending());
        }
    }

    @Test
    void a_hearing_limit_is_more_than_nothing() {
        assertThrows(IllegalArgumentException.class, () -> new Lease(Duration.ZERO));
    }

    private Process service(String level) throws IOException, URISyntaxException {
        List<String> command = List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Dmaven.home=" + Workshop.tools().mavenHome(),
                "-cp",
                classes(SandboxLevel.class) + ":" + classes(LeaseTest.class) + ":" + classes(Test.class),
                FrozenService.class.getName(),
                folder.toString(),
                level,
                HEARING_LIMIT.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path classes(Class<?> one) throws URISyntaxException {
        return Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static ProcessHandle supervisorOf(RunningCommand running) {
        ProcessHandle launcher =
                ProcessHandle.of(running.pid()).orElseThrow().parent().orElseThrow();
        return launcher.parent().orElseThrow();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private static void assertDeadWithin(Duration limit, long pid) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (IsolationContract.isAlive(pid) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertFalse(IsolationContract.isAlive(pid), () -> "alive after " + limit);
    }
}
