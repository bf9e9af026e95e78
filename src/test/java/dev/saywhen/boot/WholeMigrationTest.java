package dev.saywhen.boot;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Change sets on the demo project's database, from the words in the chat to the same words undone. */
@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class WholeMigrationTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String LOG = """
            @saywhen Please apply this:
            ```sql
            --liquibase formatted sql
            --changeset ana:shelf
            CREATE TABLE shelf (id int PRIMARY KEY, label text NOT NULL);
            --rollback DROP TABLE shelf;
            --changeset ana:first-shelves
            INSERT INTO shelf VALUES (1, 'a; b'), (2, 'c');
            --rollback DELETE FROM shelf WHERE id IN (1, 2);
            --changeset ana:shelf-label
            CREATE UNIQUE INDEX shelf_label ON shelf (label);
            --rollback DROP INDEX shelf_label;
            ```
            """;

    private final Path home = Path.of(ConfigProvider.getConfig().getValue("saywhen.home", String.class));

    @Test
    void three_change_sets_are_rehearsed_authorized_applied_and_undone() throws SQLException {
        String before = everything();

        String thread = post(null, LOG);
        String run = runIn(thread);
        await(run, "awaiting-authorization");
        assertEquals("Do you authorize me to execute this database/API plan?", get(run).getString("plan.request"));
        List<String> plan = texts(thread);
        assertTrue(
                plan.stream().anyMatch(text -> text.contains("INSERT INTO shelf VALUES (1, 'a; b'), (2, 'c');")),
                plan.toString());
        assertTrue(plan.getLast().contains("Applied, rolled back, applied again on a copy: equal."), plan.getLast());
        assertEquals(before, everything(), "nothing changes before the yes");
        String picture = given().get("/api/runs/" + run + "/plan.svg")
                .then()
                .statusCode(200)
                .contentType("image/svg+xml")
                .extract()
                .asString();
        assertTrue(picture.contains("+ label text not null"), picture);

        post(thread, "i authorize you to execute this database/api plan");
        await(run, "completed");
        assertEquals("2", one("SELECT count(*) FROM shelf"));
        assertEquals("3", one("SELECT count(*) FROM databasechangelog"));

        post(thread, "undo");
        await(run, "awaiting-authorization");
        assertEquals("Do you authorize me to execute this database/API plan?", get(run).getString("plan.request"));
        assertTrue(
                texts(thread).getLast().contains("the table public.shelf goes, which holds 2 rows now"),
                texts(thread).getLast());
        one("INSERT INTO shelf VALUES (3, 'd') RETURNING id");
        post(thread, "proceed");
        await(run, "held");
        assertTrue(
                texts(thread).stream()
                        .anyMatch(
                                text -> text.contains(
                                        "The table public.shelf holds 3 rows now, and by the plan 2 rows"
                                                + " would go. Stop what writes there, then say `undo` for a fresh plan. Nothing was changed.")),
                texts(thread).toString());
        assertEquals("3", one("SELECT count(*) FROM shelf"), "nothing is taken that the plan did not name");

        post(thread, "undo");
        await(run, "awaiting-authorization");
        post(thread, "proceed");
        await(run, "completed");
        assertEquals(before, everything());
    }

    @Test
    void what_does_not_come_back_is_not_offered() {
        String thread = post(null, """
                @saywhen
                ```sql
                --liquibase formatted sql
                --changeset ana:gone
                CREATE TABLE gone (id int);
                --rollback SELECT 1;
                ```
                """);

        String text = until(
                "a refusal",
                () -> texts(thread).stream()
                        .filter(each -> each.startsWith("Not offered."))
                        .findFirst()
                        .orElse(null));

        assertTrue(text.contains("leaves the schema different: + column public.gone.id"), text);
    }

    /** Every name and row that the database holds, in one line each. */
    private String everything() throws SQLException {
        return one(
                "SELECT coalesce(string_agg(c.relname || ' ' || c.relkind::text, ',' ORDER BY c.relname), '') FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'");
    }

    private String one(String query) throws SQLException {
        DatabaseAccess access = EmbeddedServer.running(home, "demo").orElseThrow();
        try (Connection connection = access.login();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String post(@Nullable String thread, String text) {
        Map<String, String> body = new TreeMap<>(Map.of("channel", "general", "author", "ana", "text", text));
        if (thread != null) {
            body.put("thread", thread);
        }
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/local/messages")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String runIn(String thread) {
        return until("a run", () -> {
            List<String> found =
                    given().get("/api/runs").jsonPath().getList("findAll { it.thread == '" + thread + "' }.id");
            return found.isEmpty() ? null : found.getFirst();
        });
    }

    private static JsonPath get(String run) {
        return given().get("/api/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    private static void await(String run, String state) {
        until(state, () -> get(run).getString("state").equals(state) ? true : null);
    }

    private static List<String> texts(String thread) {
        return given().get("/api/local/messages?thread=" + thread).jsonPath().getList("text");
    }

    private static <T> T until(String what, Supplier<@Nullable T> look) {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            T seen = look.get();
            if (seen != null) {
                return seen;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not seen within " + LONG + ": " + what + "\n"
                + given().get("/api/local/messages?channel=general").jsonPath().getList("text"));
    }
}
