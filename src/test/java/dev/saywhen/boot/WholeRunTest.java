package dev.saywhen.boot;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The one path that everything else hangs on: from the first message to a branch that builds, through a STOP. */
@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class WholeRunTest {
    private static final Duration STEP = Duration.ofMinutes(10); // how long at most, on a busy machine

    private final Path home = Path.of(ConfigProvider.getConfig().getValue("saywhen.home", String.class));

    @Test
    void a_service_is_asked_for_planned_authorized_stopped_resumed_completed_and_taken_back() throws Exception {
        String thread = post(null, "@saywhen Note: text string required max 200, rank int min 0 max 5");
        String run = runIn(thread);
        await(
                run,
                "asking",
                state -> state.getInt("state.length()") > 0
                        && state.getString("state").equals("asking"));
        post(thread, "plan");
        await(run, "a plan", state -> state.getString("state").equals("awaiting-authorization"));

        Map<String, String> before = files();
        post(thread, "looks good to me");
        post(thread, "yes?");
        post(thread, "LGTM");
        assertTrue(texts(thread).stream().noneMatch(text -> text.startsWith("Yes from")));
        assertEquals(before, files(), "nothing changes between the plan and a phrase");

        post(thread, "proceed");
        await(run, "a first commit", state -> !state.getList("commits").isEmpty());
        await(run, "a running command", _ -> commandsRunning());
        post(thread, "hmm stop, wrong repository");
        await(run, "held", state -> state.getString("state").equals("held"));
        assertTrue(!commandsRunning());
        awaitText(thread, text -> text.startsWith("STOPPED, CONFIRMED. 1 run held, nothing of mine is alive."));
        post(thread, "proceed");
        awaitText(thread, text -> text.equals("Nothing waits for a yes here now."));
        assertEquals("held", get(run).getString("state"));

        post(thread, "resume");
        await(run, "the same plan again", state -> state.getString("state").equals("awaiting-authorization"));
        awaitText(thread, text -> text.contains("same as r1, nothing added"));
        post(thread, "proceed r1");
        awaitText(thread, text -> text.equals("r1 is not the newest plan. r2 is."));
        post(thread, "proceed r2");
        await(run, "completion", state -> state.getString("state").equals("completed"));

        awaitText(thread, text -> text.startsWith("Done: "));
        assertTrailersOf(run);
        int built = get(run).getList("commits").size();

        post(thread, "undo");
        await(run, "a way back", state -> state.getString("state").equals("awaiting-authorization"));
        awaitText(thread, text -> text.startsWith("Plan r3, demo: take back run " + run));
        post(thread, "proceed");
        await(run, "the way back", state -> state.getString("state").equals("completed"));
        awaitText(thread, text -> text.startsWith("Done: run " + run + " is taken back. " + 2 * built + " commits."));
        assertTrailersOf(run);
        assertEquals("", git(origin(), "diff", "--name-only", "main", "saywhen/run-" + run));
        post(thread, "undo");
        awaitText(thread, text -> text.startsWith("It is taken back already."));
    }

    private void assertTrailersOf(String run) throws Exception {
        String log = git(origin(), "log", "--format=%s%n%(trailers)%x00", "main..saywhen/run-" + run);
        List<String> commits = Stream.of(log.split("\0"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        assertEquals(get(run).getList("commits").size(), commits.size());
        for (String commit : commits) {
            for (String trailer : List.of(
                    "Saywhen-Run: " + run,
                    "Saywhen-Plan: r",
                    "Authorized-By: local:local:ana",
                    "Saywhen-Audit: ",
                    "Saywhen-Thread: local:local:general:")) {
                assertTrue(commit.contains(trailer), () -> trailer + " is missing in\n" + commit);
            }
        }
    }

    private Path origin() {
        return home.resolve("repositories/origin/demo.git");
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git", "--git-dir", repository.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), output);
        return output;
    }

    /** Everything below the home, by path, but what is written beside a run: database, logs, marks of the trails. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(home)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(path).toString();
                if (Stream.of("postgres/", "logs/", "audit/").noneMatch(name::startsWith)) {
                    files.put(name, Files.size(path) + " " + Files.getLastModifiedTime(path));
                }
            }
        }
        return files;
    }

    private boolean commandsRunning() {
        Path leases = home.resolve("leases");
        if (!Files.isDirectory(leases)) {
            return false;
        }
        try (Stream<Path> files = Files.list(leases)) {
            return files.findAny().isPresent();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static String post(@org.jspecify.annotations.Nullable String thread, String text) {
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
        return until("a run in thread " + thread, () -> {
            List<String> found =
                    given().get("/api/runs").jsonPath().getList("findAll { it.thread == '" + thread + "' }.id");
            return found.isEmpty() ? null : found.getFirst();
        });
    }

    private static JsonPath get(String run) {
        return given().get("/api/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    private static void await(String run, String what, Predicate<JsonPath> is) {
        until(what + " of run " + run, () -> is.test(get(run)) ? true : null);
    }

    private static void awaitText(String thread, Predicate<String> is) {
        until("a message in thread " + thread, () -> texts(thread).stream().anyMatch(is) ? true : null);
    }

    private static List<String> texts(String thread) {
        return given().get("/api/local/messages?thread=" + thread).jsonPath().getList("text");
    }

    private static <T> T until(String what, java.util.function.Supplier<@org.jspecify.annotations.Nullable T> look) {
        long end = System.nanoTime() + STEP.toNanos();
        while (System.nanoTime() < end) {
            T seen = look.get();
            if (seen != null) {
                return seen;
            }
            LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("not seen within " + STEP + ": " + what + "\n"
                + given().get("/api/runs").asString() + "\n"
                + given().get("/api/local/messages?channel=general").jsonPath().getList("text"));
    }
}
