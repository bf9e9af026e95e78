package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.Digest;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    @TempDir
    Path folder;

    @Test
    void a_disk_that_fills_up_on_the_way_is_named_and_nothing_was_applied() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder)) {
            run(disk, "CREATE TABLE note (id int, word text); INSERT INTO note VALUES (1, 'a')");
            List<ChangeSet> step = DemoDatabase.changeSets(
                    "full",
                    "--rows: 5000000\nINSERT INTO note SELECT i, md5(i::text) FROM generate_series(1, 1000000) i;",
                    "DELETE FROM note WHERE word <> 'a';");
            Digest schema = schema(disk);

            IOException refusal = assertThrows(
                    IOException.class,
                    () -> new Migration(
                                    disk.target,
                                    Migration.Change.APPLY,
                                    step,
                                    new Proof(disk.target.shown(), schema, schema, 0, List.of(), List.of(), List.of()),
                                    "test",
                                    _ -> {})
                            .run(() -> {}));

            assertTrue(refusal.getMessage().startsWith("The disk of the database is full"), refusal.getMessage());
            assertTrue(
                    refusal.getMessage().endsWith("ana:full rolled back, as before this step, looked at."),
                    refusal.getMessage());
            assertEquals("1", one(disk, "SELECT string_agg(id::text, ',') FROM note"));
            assertEquals(schema, schema(disk));
            assertEquals(
                    "0",
                    one(disk, "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND locktype = 'advisory'"));
        }
    }

    private static void run(SmallDisk disk, String sql) throws SQLException {
        try (Connection connection = disk.target.login();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(SmallDisk disk, String query) throws SQLException {
        try (Connection connection = disk.target.login();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static Digest schema(SmallDisk disk) throws SQLException {
        try (Connection connection = disk.target.login()) {
            connection.setAutoCommit(false);
            return Schema.of(connection).fingerprint();
        }
    }
}
