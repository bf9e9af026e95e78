package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLevelTest {
    private static final List<String> GOOD = List.of(
            "Commands run.",
            "A command can write in its work tree.",
            "A file outside the work tree cannot be read.",
            "Nothing outside the work tree can be written.",
            "The kernel's settings cannot be written.",
            "A socket file of the host cannot be reached.",
            "A port of the host's loopback cannot be reached.",
            "No process of the host can be seen.",
            "A command has no capabilities and can gain none.",
            "System calls are filtered.",
            "The environment of the service cannot be seen.",
            "A kill takes every process, also one that left its session or its parents.");

    @TempDir
    Path folder;

    @Test
    void auto_takes_bubblewrap_where_its_self_test_passes() {
        SandboxChoice.Chosen chosen = assertInstanceOf(SandboxChoice.Chosen.class, choose(SandboxLevel.AUTO));

        assertEquals("bubblewrap", chosen.isolation().name());
        assertEquals(GOOD, sentences(chosen.tried().getLast()));
        assertTrue(chosen.tried().getLast().passes());
        assertEquals("", chosen.tried().getLast().reason());
    }

    @Test
    void unshare_passes_the_same_self_test() {
        SandboxChoice.Chosen chosen = assertInstanceOf(SandboxChoice.Chosen.class, choose(SandboxLevel.UNSHARE));

        assertEquals("unshare", chosen.isolation().name());
        assertEquals(GOOD, sentences(chosen.tried().getLast()));
    }

    /** That every attempt to get out can succeed shows that the self-test finds what it looks for. */
    @Test
    void without_isolation_the_self_test_gets_out_by_every_way() {
        SandboxChoice.Chosen chosen = assertInstanceOf(SandboxChoice.Chosen.class, choose(SandboxLevel.NONE));

        assertEquals("none", chosen.isolation().name());
        List<String> bad = chosen.tried().getLast().findings().stream()
                .filter(finding -> !finding.holds())
                .map(SelfTest.Finding::sentence)
                .filter(sentence -> !sentence.contains("kernel's settings"))
                .toList();
        assertEquals(
                List.of(
                        "A file outside the work tree can be read.",
                        "A folder outside the work tree can be written.",
                        "A socket file of the host can be reached.",
                        "A port of the host's loopback can be reached.",
                        "Processes of the host can be seen.",
                        "A command has capabilities, or can gain some.",
                        "System calls are not filtered: virtual sockets and key rings of the host can be reached."),
                bad);
    }

    @Test
    void a_level_whose_sandbox_cannot_be_put_up_is_refused_with_the_reason() {
        Toolchain tools = new Toolchain(
                Path.of("/no/such/jdk"),
                Workshop.tools().mavenHome(),
                Workshop.tools().mavenRepository());
        try (Lease lease = new Lease(Duration.ofSeconds(5))) {
            SandboxChoice.Refused refused =
                    assertInstanceOf(SandboxChoice.Refused.class, SandboxLevel.AUTO.choose(tools, folder, lease));

            assertEquals(
                    "Level bubblewrap: The self-test could not be run: Looking for /no/such/jdk, which a command needs"
                            + " inside its sandbox Level unshare: The self-test could not be run: Looking for /no/such/jdk,"
                            + " which a command needs inside its sandbox",
                    refused.reason());
        }
    }

    @Test
    void a_missing_program_is_named() {
        assertEquals(
                "no-such-program",
                Supervisor.firstMissing(List.of("sh", "no-such-program")).orElseThrow());
        assertTrue(Supervisor.firstMissing(List.of("sh", "cat")).isEmpty());
    }

    @Test
    void the_self_test_leaves_nothing_behind() throws IOException {
        choose(SandboxLevel.AUTO);

        try (Stream<Path> entries = Files.list(folder)) {
            assertEquals(
                    List.of("etc", "root", "system-calls"),
                    entries.map(entry -> entry.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    /** As the service's own user, or, where that is root, as nobody. */
    @Test
    void both_levels_hold_for_a_user_without_rights() throws Exception {
        Path classes = folder.resolve("classes");
        copy(SandboxLevel.class, classes);
        copy(SandboxLevelTest.class, classes);
        for (String script : List.of("supervise.sh", "enter.sh", "filter.pl", "self-test.sh", "self-test-beat.sh")) {
            copyResource(script, classes);
        }
        for (String name :
                List.of("passwd", "group", "hosts", "nsswitch.conf", "settings-offline.xml", "settings-online.xml")) {
            copyResource("etc/" + name, classes);
        }
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertEquals("bubblewrap true\nunshare true\n", saidByNobody(classes, home));
    }

    private static String saidByNobody(Path classes, Path home) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
        }
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                UnprivilegedService.class.getName(),
                home.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static void copy(Class<?> one, Path target) throws IOException, URISyntaxException {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = root.resolve(one.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(root.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static void copyResource(String name, Path target) throws IOException {
        Path copy = target.resolve("sandbox").resolve(name);
        Files.createDirectories(copy.getParent());
        try (InputStream in = SandboxLevelTest.class.getResourceAsStream("/sandbox/" + name)) {
            Files.write(copy, Objects.requireNonNull(in, name).readAllBytes());
        }
    }

    private SandboxChoice choose(SandboxLevel level) {
        try (Lease lease = new Lease(Duration.ofSeconds(5))) {
            return level.choose(Workshop.tools(), folder, lease);
        }
    }

    private static List<String> sentences(SelfTest test) {
        return test.findings().stream().map(SelfTest.Finding::sentence).toList();
    }
}
