package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.ServiceProcess.Ended;
import dev.saywhen.boot.postgres.EmbeddedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the host, beside a living service, beside a frozen one and alone. */
final class HostCommandsIT {
    @TempDir
    private Path folder;

    @Test
    void the_audit_chains_are_checked_beside_a_service_and_alone_and_every_kind_of_tampering_shows() throws Exception {
        Path home = folder.resolve("home");
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (ServiceProcess service = ServiceProcess.start(home, maven)) {
            String thread = service.planned();
            service.post(thread, "proceed");
            service.awaitState(thread, "completed");
            service.awaitText(thread, text -> text.startsWith("Done: "));
            Ended whole = verify(home, maven);
            assertEquals(0, whole.exitCode(), whole.text());
            assertTrue(
                    whole.text().matches("(?s).*run-1 holds: \\d+ records, newest \\w{8}, [1-9]\\d* of them known.*"));
            assertEquals(new Ended(1, "There is no chain run-9.\n"), verify(home, maven, "9"));

            long marked = closingMark(service.awaitText(thread, text -> text.startsWith("Done: ")));
            try (Connection connection = EmbeddedServer.running(home, "saywhen")
                            .orElseThrow()
                            .login();
                    Statement sql = connection.createStatement()) {
                sql.execute("create table kept as table audit_record");
                sql.execute("create table kept_head as table audit_head");
                sql.execute("alter table audit_record disable trigger all");
                sql.execute("alter table audit_head disable trigger all");

                assertBroken(
                        home,
                        maven,
                        sql,
                        3,
                        "changed: its content gives another hash than it carries",
                        "update audit_record set actor = 'local:local:eve' where chain = 'run-1' and sequence = 3");
                assertBroken(
                        home,
                        maven,
                        sql,
                        4,
                        "missing: the next record is 5",
                        "delete from audit_record where chain = 'run-1' and sequence = 4");
                assertBroken(
                        home,
                        maven,
                        sql,
                        4,
                        "changed: its content gives another hash than it carries",
                        "update audit_record set sequence = 1000 where chain = 'run-1' and sequence = 4",
                        "update audit_record set sequence = 4 where chain = 'run-1' and sequence = 5",
                        "update audit_record set sequence = 5 where chain = 'run-1' and sequence = 1000");
                long last = marked;
                assertBroken(
                        home,
                        maven,
                        sql,
                        last,
                        null,
                        "delete from audit_record where chain = 'run-1' and sequence >= " + last,
                        """
                        update audit_head set sequence = r.sequence, hash = r.hash from audit_record r
                        where audit_head.chain = 'run-1' and r.chain = 'run-1' and r.sequence = %d
                        """.formatted(last - 1));
                long newest = newest(sql);
                assertBroken(
                        home,
                        maven,
                        sql,
                        newest,
                        "cut off: the witness file run-1 knows record " + newest,
                        "delete from audit_record where chain = 'run-1' and sequence = " + newest,
                        """
                        update audit_head set sequence = r.sequence, hash = r.hash from audit_record r
                        where audit_head.chain = 'run-1' and r.chain = 'run-1' and r.sequence = %d
                        """.formatted(newest - 1));
                assertBroken(
                        home,
                        maven,
                        sql,
                        1,
                        null,
                        "delete from audit_record where chain = 'run-1'",
                        "delete from audit_head where chain = 'run-1'",
                        "delete from outgoing where thread is not null",
                        "delete from local_message");
            }
            service.kill();
        }
        Ended alone = verify(home, maven);
        assertTrue(alone.text().contains("run-1 holds: "), alone.text());
    }

    private static long newest(Statement sql) throws Exception {
        try (var head = sql.executeQuery("select sequence from audit_head where chain = 'run-1'")) {
            head.next();
            return head.getLong(1);
        }
    }

    private static long closingMark(String done) {
        String line = done.lines()
                .filter(each -> each.startsWith("Audit "))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.split(" ")[1]);
    }

    private void assertBroken(
            Path home,
            Path maven,
            Statement sql,
            long sequence,
            @org.jspecify.annotations.Nullable String why,
            String... tampering)
            throws Exception {
        for (String each : tampering) {
            sql.execute(each);
        }
        Ended found = verify(home, maven);
        assertEquals(1, found.exitCode(), found.text());
        String line = "run-1 is BROKEN at record " + sequence + ": " + (why == null ? "cut off: " : why + "\n");
        assertTrue(found.text().contains(line), () -> line + "\n" + found.text());
        sql.execute("delete from audit_record");
        sql.execute("insert into audit_record table kept");
        sql.execute("delete from audit_head");
        sql.execute("insert into audit_head table kept_head");
    }

    private static Ended verify(Path home, Path maven, String... run) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("verify-audit"));
        command.addAll(List.of(run));
        return ServiceProcess.ended(home, maven, command);
    }

    @Test
    void a_stop_from_the_host_ends_what_a_frozen_service_runs_and_the_service_holds_it_on_waking() throws Exception {
        Path home = folder.resolve("home");
        Path slow = ScriptedMaven.of(folder.resolve("maven"), "sleep 600\n");
        try (ServiceProcess service = ServiceProcess.start(home, slow, "saywhen.hearing.limit=60s")) {
            String thread = service.planned();
            service.post(thread, "proceed");
            long command = service.awaitCommand();
            service.freeze();

            Process stop = new ProcessBuilder(
                            Path.of("saywhen").toAbsolutePath().toString(), "stop", "--", "saywhen.home=" + home)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(stop.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(
                    home.toRealPath() + ": no service took it within 2 s. Killed 1 processes of runs; what starts next"
                            + " reads the order first and holds every run.\n",
                    said);
            assertEquals(0, stop.waitFor());
            ServiceProcess.until(
                    "the end of the command",
                    () -> ProcessHandle.of(command).isEmpty() ? Optional.of(true) : Optional.empty(),
                    () -> "pid " + command);
            service.thaw();
            service.awaitState(thread, "held");
            service.awaitText(thread, text -> text.startsWith("STOPPED, CONFIRMED."));
        }
    }

    @Test
    void the_doctor_tells_what_is_there_and_what_is_missing() throws Exception {
        Path home = folder.resolve("home");
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (ServiceProcess service = ServiceProcess.start(home, maven)) {
            Ended well = ServiceProcess.ended(home, maven, List.of("doctor"));
            assertEquals(0, well.exitCode(), well.text());
            assertEquals(
                    List.of(
                            "JDK",
                            "git",
                            "home",
                            "settings",
                            "Maven",
                            "sandbox",
                            "database",
                            "project",
                            "model",
                            "service",
                            "hearing",
                            "drill"),
                    well.text()
                            .lines()
                            .map(line -> line.substring(9, 18).strip())
                            .toList());
            assertTrue(well.text().lines().allMatch(line -> line.startsWith("ok       ")), well.text());
            assertTrue(well.text().contains("hearing   local, team local, node "), well.text());

            service.freeze();
            Ended frozen = ServiceProcess.ended(home, maven, List.of("doctor"));
            assertEquals(1, frozen.exitCode());
            assertTrue(frozen.text().contains("MISSING  service   http://localhost:"), frozen.text());
            service.thaw();
        }
        Ended ill = ServiceProcess.ended(
                home,
                maven,
                List.of("doctor"),
                "saywhen.hearing.limitt=3s",
                "quarkus.datasource.jdbc.url=jdbc:postgresql://127.0.0.1:1/x");
        assertEquals(1, ill.exitCode());
        assertTrue(ill.text().contains("MISSING  settings  saywhen.hearing.limitt is no key of Saywhen;"), ill.text());
        assertTrue(ill.text().contains("MISSING  database  quarkus.datasource.jdbc.url=jdbc:postgresql:"), ill.text());
        Path file = Files.writeString(folder.resolve("file"), "");
        Ended lost = ServiceProcess.ended(
                home,
                maven,
                List.of("doctor"),
                "saywhen.sandbox.level=heavy",
                "saywhen.projects.\"shop\".repository=" + file);
        assertTrue(lost.text().contains("MISSING  sandbox   saywhen.sandbox.level is auto, "), lost.text());
        assertTrue(lost.text().contains("MISSING  project   shop: The repository of shop "), lost.text());
    }
}
