package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledLanguagesTest {
    @TempDir
    Path user;

    @Test
    void the_newest_node_and_rust_and_the_chosen_python_are_found() throws IOException {
        program(".nvm/versions/node/v9.11.2/bin/node");
        program(".nvm/versions/node/v20.1.0/bin/node");
        program(".nvm/versions/node/v18.20.0/bin/node");
        program(".pyenv/versions/3.13.0/bin/python3");
        program(".pyenv/versions/3.9.18/bin/python3");
        Files.writeString(user.resolve(".pyenv/version"), "3.9.18\n");
        program(".rustup/toolchains/nightly-x/bin/cargo");
        program(".rustup/toolchains/stable-x/bin/cargo");

        List<Path> found = found();

        assertEquals(
                List.of(".nvm/versions/node/v20.1.0", ".pyenv/versions/3.9.18", ".rustup/toolchains/stable-x"),
                found.stream().map(home -> user.relativize(home).toString()).toList());
    }

    @Test
    void nothing_else_of_a_home_is_taken() throws IOException {
        program("bin/node");
        program(".local/bin/python3");
        program("bin/python3");
        Files.createDirectories(user.resolve(".pyenv/versions"));
        Files.writeString(user.resolve(".pyenv/version"), "../..\nsystem\n.\n");

        assertTrue(found().isEmpty());
    }

    private List<Path> found() {
        return new InstalledLanguages(user)
                .find().stream().filter(home -> home.startsWith(user)).toList();
    }

    private void program(String path) throws IOException {
        Path file = user.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertTrue(file.toFile().setExecutable(true));
    }
}
