package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work stops the start with one line that names the key and says what to do. */
final class RefusedStartIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "saywhen.hearing.limitt=3s|saywhen.hearing.limitt is no key of Saywhen; saywhen.hearing.limit is one. Correct it or leave it out: docs/configuration.md lists them all.",
                "saywhen.command.output-limit=huge|saywhen.command.output-limit=huge is not understood. It is a size in bytes, as in 512K or 50M. Without it the default counts.",
                "saywhen.hearing.limit=61s|saywhen.hearing.limit=61s does not do: it is more than nothing and at most 60s, because a frozen service acts on for so long. Without it 15s count.",
                "quarkus.http.host=0.0.0.0|quarkus.http.host=0.0.0.0 would open the local chat, which verifies nobody, to other machines. Leave it at 127.0.0.1, or set saywhen.local.enabled=false",
                "saywhen.projects.\"shop\".repository=/nowhere/at/all|The repository of shop is not there: /nowhere/at/all. Put it back, or set saywhen.projects.\"shop\".repository to where it is.",
                "quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x|quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x cannot be used (Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.). Check it with quarkus.datasource.username and .password, or leave all three out: Saywhen then brings a PostgreSQL of its own.",
            })
    void one_line_and_exit_code_1(String setting, String line) throws Exception {
        assertEquals(new ServiceProcess.Ended(1, line + "\n"), start(folder.resolve("home"), setting));
        assertTrue(Files.notExists(folder.resolve("home/postgres/data/postmaster.pid")), "its database has ended too");
    }

    @Test
    void a_taken_port_is_told_before_anything_is_started() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertEquals(
                    new ServiceProcess.Ended(
                            1,
                            "quarkus.http.port=" + port + " cannot be had on 127.0.0.1 (Address already in use)."
                                    + " End what listens there, or choose another: ./saywhen -- quarkus.http.port=8081\n"),
                    start(folder.resolve("home"), "quarkus.http.port=" + port));
        }
        assertTrue(Files.notExists(folder.resolve("home/postgres")));
    }

    @Test
    void a_home_that_cannot_be_one_is_told() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertEquals(
                new ServiceProcess.Ended(
                        1,
                        "saywhen.home=" + file.toRealPath() + " cannot be used (it is no folder)."
                                + " Choose another: ./saywhen -- saywhen.home=FOLDER\n"),
                start(file));
    }

    private ServiceProcess.Ended start(Path home, String... settings) throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        return ServiceProcess.ended(home, maven, List.of(), settings);
    }
}
