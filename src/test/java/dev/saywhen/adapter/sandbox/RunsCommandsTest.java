package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Clearances;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no command outlives what knows of it, tried by real ones. */
@Tag("bubblewrap")
final class RunsCommandsTest {
    private static final RunId RUN = new RunId(1);

    @TempDir
    Path folder;

    private final StopSwitch stops = new StopSwitch(0);
    private final TickingClock clock = new TickingClock(Clearances.NOW);
    private Workshop shop;
    private Watched isolation;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder, Duration.ofSeconds(15));
        isolation = new Watched(shop.bubblewrap());
        stops.track(RUN, false);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_command_that_the_hosts_stop_could_not_find_is_ended() throws Exception {
        Files.writeString(folder.resolve("leases"), "a file where a folder has to be");
        assertThrows(IOException.class, () -> handler().perform(sleeping()));
        assertEquals(List.of(), isolation.started.alive());
    }

    @Test
    void a_command_is_ended_where_whoever_waits_for_it_is_interrupted() throws Exception {
        isolation.afterStart = () -> Thread.currentThread().interrupt();
        assertThrows(Exception.class, () -> handler().perform(sleeping()));
        Thread.interrupted();
        assertEquals(List.of(), isolation.started.alive());
    }

    /** Whoever notices a gap looks once at what is registered, and this command was not yet. */
    @Test
    void a_command_that_was_starting_when_nobody_was_heard_any_more_is_ended() throws Exception {
        Clearance<Effect.RunCommand> clearance = sleeping();
        isolation.afterStart = () -> {
            clock.tick(Duration.ofSeconds(16));
            stops.suspend(RUN);
        };
        assertEquals(CommandResult.Ending.KILLED, handler().perform(clearance).ending());
        assertEquals(List.of(), isolation.started.alive());
    }

    private RunsCommands handler() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        ProvenSandbox sandbox = new ProvenSandbox(new SandboxChoice.Chosen(isolation, List.of()));
        return new RunsCommands(sandbox, _ -> tree, folder, Duration.ofMinutes(2), 1 << 20, stops);
    }

    private Clearance<Effect.RunCommand> sleeping() {
        return Clearances.live(new Effect.RunCommand(RUN, List.of("sleep", "60"), false), stops, clock);
    }

    /** Lets something happen between a command's start and whatever is done with it. */
    private static final class Watched implements Isolation {
        private final Isolation real;
        private Runnable afterStart = () -> {};
        private RunningCommand started;

        Watched(Isolation real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public RunningCommand start(SandboxCommand command) throws IOException {
            started = real.start(command);
            afterStart.run();
            return started;
        }
    }
}
