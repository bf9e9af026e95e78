package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of {@code ./saywhen} that need no build: its own tests are run by it. */
final class LauncherTest {
    private record Outcome(int exitCode, String text) {}

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void made_home() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("a home"));
    }

    @Test
    void what_it_does_not_know_is_one_line_and_exit_code_2() throws Exception {
        assertEquals(
                new Outcome(2, "There is no command frobnicate. `./saywhen help` lists what there is.\n"),
                launch("frobnicate"));
        assertEquals(
                new Outcome(2, "\"port\" is not KEY=VALUE, as in: ./saywhen -- quarkus.http.port=9090\n"),
                launch("run", "--", "port"));
        assertEquals(new Outcome(2, "\"../x\" is no run's id\n"), launch("stop", "../x"));
    }

    @Test
    void a_stop_without_a_service_leaves_the_order_for_the_next_one() throws Exception {
        Outcome outcome = stop("");

        assertEquals(
                new Outcome(
                        0,
                        home + ": no service took it within 2 s. Killed 0 processes of runs; what starts next reads the"
                                + " order first and holds every run.\n"),
                outcome);
        List<String> order = Files.readAllLines(orders().getFirst());
        assertEquals("run=", order.get(0));
        assertTrue(order.get(1).startsWith("by="), order.get(1));
        assertTrue(order.get(2).matches("at=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), order.get(2));
    }

    @Test
    void a_stop_of_one_run_names_it() throws Exception {
        stop("18");

        assertEquals("run=18", Files.readAllLines(orders().getFirst()).getFirst());
    }

    @Test
    void an_order_that_a_service_takes_is_left_to_it() throws Exception {
        Path orders = Files.createDirectory(home.resolve("stop"));
        try (WatchService watch = orders.getFileSystem().newWatchService()) {
            orders.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process launcher = launcher("stop", "--", "saywhen.home=" + home);
            WatchKey key = watch.poll(10, TimeUnit.SECONDS);
            for (var event : key.pollEvents()) {
                Files.delete(orders.resolve((Path) event.context()));
            }

            assertEquals(
                    new Outcome(0, home + ": the service has it. Every run is held; the receipt is in the chat.\n"),
                    outcome(launcher));
        }
    }

    @Test
    void a_stop_that_nobody_takes_kills_what_the_leases_name_and_nothing_else() throws Exception {
        Process ofRun = new ProcessBuilder("sleep", "600").start();
        Process ofOther = new ProcessBuilder("sleep", "600").start();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Path leases = Files.createDirectory(home.resolve("leases"));
            Files.writeString(leases.resolve("18-" + ofRun.pid()), ofRun.pid() + " " + startOf(ofRun) + "\n");
            Files.writeString(leases.resolve("19-" + ofOther.pid()), ofOther.pid() + " " + startOf(ofOther) + "\n");
            // The process of the lease has ended, and its number went to somebody else.
            Files.writeString(leases.resolve("18-" + bystander.pid()), bystander.pid() + " 1\n");

            Outcome outcome = stop("18");

            assertEquals(
                    new Outcome(
                            0,
                            home + ": no service took it within 2 s. Killed 1 processes of runs; what starts next reads"
                                    + " the order first and holds 18.\n"),
                    outcome);
            assertTrue(ofRun.waitFor(5, TimeUnit.SECONDS), "the run's process is dead");
            assertTrue(ofOther.isAlive(), "the other run's lives");
            assertTrue(bystander.isAlive(), "the bystander lives");
        } finally {
            Stream.of(ofRun, ofOther, bystander).forEach(Process::destroyForcibly);
        }
    }

    private Outcome stop(String run) throws Exception {
        return run.isEmpty()
                ? launch("stop", "--", "saywhen.home=" + home)
                : launch("stop", run, "--", "saywhen.home=" + home);
    }

    private Outcome launch(String... arguments) throws Exception {
        return outcome(launcher(arguments));
    }

    private Process launcher(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("saywhen").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static Outcome outcome(Process launcher) throws Exception {
        String text = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(launcher.waitFor(), text);
    }

    private List<Path> orders() throws IOException {
        try (Stream<Path> orders = Files.list(home.resolve("stop"))) {
            return orders.toList();
        }
    }

    /** The 22nd field; the second is the name in brackets, which may hold anything. */
    private static String startOf(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    }
}
