package dev.saywhen.boot.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That another process gets no home either is with the embedded server, where such a process is at hand. */
final class HomeTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void links_resolved() throws IOException {
        path = folder.toRealPath().resolve("deep/home");
    }

    @Test
    void a_missing_folder_is_made_and_closed_to_others() throws IOException {
        try (Home home = Home.claim(path)) {
            assertEquals(path, home.path());
            assertEquals("rwx--x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.logs())));
        }
    }

    @Test
    void a_home_is_claimed_once_under_whatever_name() throws IOException {
        Path link = folder.resolve("link");
        try (Home home = Home.claim(path)) {
            Files.createSymbolicLink(link, home.path());

            assertEquals(
                    "Another Saywhen (process " + ProcessHandle.current().pid() + ") already uses saywhen.home=" + path
                            + ". End that one, or give this one a folder of its own: ./saywhen -- saywhen.home=FOLDER",
                    assertThrows(StartRefused.class, () -> Home.claim(link)).getMessage());
        }
    }

    @Test
    void a_closed_home_can_be_claimed_again() throws IOException {
        try (Home home = Home.claim(path)) {
            Files.writeString(home.address(), "http://localhost:1\n");
        }
        try (Home home = Home.claim(path)) {
            assertFalse(Files.exists(home.address()), "who closes takes the address away");
        }
    }

    @Test
    void a_file_is_no_home() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        StartRefused refused = assertThrows(StartRefused.class, () -> Home.claim(file));

        assertEquals(
                "saywhen.home=" + file.toRealPath()
                        + " cannot be used (it is no folder). Choose another: ./saywhen -- saywhen.home=FOLDER",
                refused.getMessage());
    }
}
