package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalFolderTest {
    @TempDir
    Path parent;

    @Test
    void what_a_dead_service_of_this_home_left_goes_and_nothing_else() throws IOException {
        RehearsalFolder ours = RehearsalFolder.make(parent);
        Files.writeString(ours.work().resolve("data"), "rows");
        Path dead = left("rehearsal-1", parent + "\n4194400\n2020-01-01T00:00:00Z\n");
        Path reused =
                left("rehearsal-2", parent + "\n" + ProcessHandle.current().pid() + "\n2020-01-01T00:00:00Z\n");
        Path others = left("rehearsal-3", "/somewhere/else\n4194400\n2020-01-01T00:00:00Z\n");
        Path unknown = left("rehearsal-4", "no owner");
        Path other = left("note", parent + "\n4194400\n2020-01-01T00:00:00Z\n");

        RehearsalFolder.removeLeftovers(parent);

        assertFalse(Files.exists(dead));
        assertFalse(Files.exists(reused), "another process has the number now");
        assertEquals(
                List.of(others, unknown, other),
                Stream.of(others, unknown, other).filter(Files::exists).toList());
        assertTrue(Files.exists(ours.work().resolve("data")), "its service lives");
        ours.remove();
    }

    @Test
    void a_server_that_is_alive_keeps_its_files() throws IOException {
        Path dead = left("rehearsal-1", parent + "\n4194400\n2020-01-01T00:00:00Z\n");
        Path socket = Files.createDirectory(dead.resolve("w")).resolve(".s.PGSQL.5432");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            RehearsalFolder.removeLeftovers(parent);
            assertTrue(Files.exists(dead));
        }

        RehearsalFolder.removeLeftovers(parent);
        assertFalse(Files.exists(dead));
    }

    @Test
    void what_cannot_be_removed_does_not_hide_what_was_wrong_first() throws IOException {
        RehearsalFolder folder = RehearsalFolder.make(parent);
        folder.remove();
        IOException first = new IOException("the server did not start");

        folder.removeAfter(first);

        assertEquals("the server did not start", first.getMessage());
        assertEquals(1, first.getSuppressed().length);
    }

    private Path left(String name, String owner) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve("owner"), owner);
        return folder;
    }
}
