package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnisolatedTest {
    private static final Duration BEAT = Duration.ofMillis(4);

    @TempDir
    Path folder;

    Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder, Duration.ofMillis(800));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_command_runs_in_its_work_tree_with_an_environment_of_its_own() throws Exception {
        CommandResult result = shop.unisolated()
                .start(shop.bash("pwd; env | grep -c ^SAYWHEN_COMMAND="))
                .await();

        assertEquals(shop.workTree + "\n1\n", result.head());
        assertEquals(Ending.EXITED, result.ending());
    }

    @Test
    void a_kill_takes_what_can_be_told_by_its_mark() throws Exception {
        NastyChildren children = new NastyChildren(shop.workTree);
        RunningCommand running = shop.unisolated().start(shop.command(NastyChildren.argv(BEAT)));
        assertTrue(children.awaitAll());

        KillReport report = running.kill();

        assertEquals(List.of(), report.survivors());
        assertTrue(report.killed() > NastyChildren.KINDS.size(), report::toString);
        assertFalse(IsolationContract.isAlive(running.pid()));
        children.assertSilent();
        assertEquals(Ending.KILLED, running.await().ending());
    }

    @Test
    void the_end_of_the_lease_takes_it_too() throws Exception {
        NastyChildren children = new NastyChildren(shop.workTree);
        RunningCommand running = shop.unisolated().start(shop.command(NastyChildren.argv(BEAT)));
        assertTrue(children.awaitAll());

        shop.lease.close();

        assertEquals(Ending.LEASE_LOST, running.await().ending());
        children.assertSilent();
    }
}
