package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tools of other languages inside a real sandbox. */
@Tag("bubblewrap")
class LanguagesTest {
    @TempDir
    Path folder;

    private Workshop shop;
    private Isolation isolation;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder, Duration.ofSeconds(5));
        Toolchain given = Workshop.tools();
        Toolchain tools = new Toolchain(
                given.javaHome(),
                given.mavenHome(),
                given.mavenRepository(),
                new InstalledLanguages(Path.of(System.getProperty("user.home"))).find());
        isolation = new Bubblewrap(tools, folder.resolve("bubblewrap"), shop.lease);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Tag("node")
    void tests_of_node_run() throws Exception {
        put("sum.js", "exports.sum = (a, b) => a - b\n");
        put("test/sum.test.js", """
                const test = require('node:test')
                const assert = require('node:assert')
                test('adds', () => assert.equal(require('../sum').sum(1, 1), 2))
                """);

        CommandResult red = run("a", "node", "--test");
        put("sum.js", "exports.sum = (a, b) => a + b\n");
        CommandResult green = run("a", "node", "--test");

        assertEquals(1, red.exitCode(), red.head());
        assertTrue(red.head().contains("fail 1"), red.head());
        assertEquals(0, green.exitCode(), green.head());
    }

    @Test
    @Tag("node")
    void what_npm_installed_stays_with_its_run_while_the_work_tree_is_laid_out_anew() throws Exception {
        put("package.json", """
                {"name": "shop", "version": "1.0.0", "scripts": {"test": "node --test"},
                 "dependencies": {"greeting": "file:greeting.tgz"}}
                """);
        put("test/a.test.js", "require('node:test')('greets', () => require('greeting'))\n");
        put("greeting/package.json", "{\"name\": \"greeting\", \"version\": \"1.0.0\", \"main\": \"index.js\"}\n");
        put("greeting/index.js", "module.exports = 'hello'\n");
        assertEquals(0, run("a", "npm", "pack", "./greeting").exitCode());
        Files.move(shop.workTree.resolve("greeting-1.0.0.tgz"), shop.workTree.resolve("greeting.tgz"));

        CommandResult install = run("a", "npm", "install", "--ignore-scripts");
        assertEquals(0, install.exitCode(), install.head());
        CommandResult again = run("a", "npm", "ci", "--ignore-scripts");
        assertEquals(0, again.exitCode(), again.head());
        Files.delete(shop.workTree.resolve("node_modules"));
        CommandResult test = run("a", "npm", "test");

        assertEquals(0, test.exitCode(), test.head());
        assertEquals(
                0, shop.workTree.resolve("node_modules").toFile().list().length, "nothing of it is in the work tree");
        CommandResult other = run("b", "npm", "test");
        assertEquals(1, other.exitCode());
        assertTrue(other.head().contains("Cannot find module 'greeting'"), other.head());
    }

    @Test
    @Tag("node")
    void npm_says_at_once_that_there_is_no_network() throws Exception {
        put(
                "package.json",
                "{\"name\": \"shop\", \"version\": \"1.0.0\", \"dependencies\": {\"left-pad\": \"1.3.0\"}}\n");

        CommandResult result = run("a", "npm", "install");

        assertEquals(1, result.exitCode());
        assertTrue(result.head().contains("ENOTCACHED"), result.head());
        assertTrue(result.took().toSeconds() < 20);
    }

    @Test
    @Tag("python")
    void tests_of_pytest_run() throws Exception {
        put("sum.py", "def add(a, b):\n    return a - b\n");
        put("test_sum.py", "from sum import add\n\n\ndef test_adds():\n    assert add(1, 1) == 2\n");

        CommandResult red = run("a", "python3", "-m", "pytest", "-p", "no:cacheprovider");

        assertEquals(1, red.exitCode(), red.head());
        assertTrue(red.head().contains("1 failed"), red.head());
        assertFalse(Files.exists(shop.workTree.resolve("__pycache__")));
    }

    @Test
    @Tag("rust")
    void tests_of_cargo_run() throws Exception {
        put("Cargo.toml", "[package]\nname = \"sum\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
        put("src/lib.rs", """
                pub fn add(a: i32, b: i32) -> i32 {
                    a - b
                }

                #[test]
                fn adds() {
                    assert_eq!(add(1, 1), 2);
                }
                """);

        CommandResult red = run("a", "cargo", "test");

        assertEquals(101, red.exitCode(), red.head());
        assertTrue(red.head().contains("test result: FAILED. 0 passed; 1 failed"), red.head());
    }

    @Test
    void a_run_has_a_cache_of_its_own() throws Exception {
        assertEquals(
                0,
                run("a", "bash", "-c", "mkdir -p ~/.cache/x && echo kept >~/.cache/x/y")
                        .exitCode());

        assertEquals("kept\n", run("a", "cat", "/home/saywhen/.cache/x/y").head());
        assertEquals(1, run("b", "cat", "/home/saywhen/.cache/x/y").exitCode());
        assertEquals(
                1,
                command(shop.command(List.of("cat", "/home/saywhen/.cache/x/y")))
                        .exitCode());
    }

    @Test
    void no_command_can_put_a_link_in_the_place_of_its_cache() throws Exception {
        put("package.json", "{}\n");
        Path precious = Files.createDirectories(folder.resolve("precious"));

        run(
                "a",
                "bash",
                "-c",
                "cd /; rm -rf ~/.cache /work/node_modules; ln -s " + precious + " ~/.cache; ln -s " + precious
                        + " /work/node_modules; ls -la ~ /work");
        run("a", "bash", "-c", "echo x >~/.cache/written; echo x >/work/node_modules/written");

        assertEquals(0, precious.toFile().list().length);
        assertTrue(Files.isDirectory(folder.resolve("caches/a/node_modules"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void a_link_or_modules_of_its_own_in_the_work_tree_are_left_alone() throws Exception {
        put("package.json", "{}\n");
        Path precious = Files.createDirectories(folder.resolve("precious"));
        Files.createSymbolicLink(shop.workTree.resolve("node_modules"), precious);

        CommandResult result = run("a", "bash", "-c", "echo x >/work/node_modules/written");

        assertEquals(1, result.exitCode());
        assertEquals(0, precious.toFile().list().length);
        assertEquals(0, folder.resolve("caches/a/node_modules").toFile().list().length);
    }

    private void put(String path, String content) throws IOException {
        Path file = shop.workTree.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private CommandResult run(String run, String... argv) throws Exception {
        RunCache cache = new RunCache(folder.resolve("caches").resolve(run));
        return command(new SandboxCommand(
                List.of(argv), shop.workTree, Map.of(), Workshop.LONG_ENOUGH, 50L << 20, shop.output, cache, false));
    }

    private CommandResult command(SandboxCommand command) throws Exception {
        return isolation.start(command).await();
    }
}
