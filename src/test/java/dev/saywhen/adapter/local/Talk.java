package dev.saywhen.adapter.local;

import static io.restassured.RestAssured.given;

import dev.saywhen.boot.Pause;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people do in the local chat, over HTTP, for tests. */
public final class Talk {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Talk() {}

    /** Posts as ana and gives the message's id. */
    public static String say(String channel, @Nullable String thread, String text) {
        Map<String, String> body = new HashMap<>(Map.of("channel", channel, "author", "ana", "text", text));
        if (thread != null) {
            body.put("thread", thread);
        }
        return post(body).then().statusCode(201).extract().path("id");
    }

    public static Response post(Object body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/local/messages");
    }

    public static JsonPath messages(String query) {
        return given().get("/api/local/messages?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static JsonPath run(String id) {
        return given().get("/api/runs/" + id).then().statusCode(200).extract().jsonPath();
    }

    /** The run that was opened in a thread, once there is one. */
    public static String runIn(String thread) {
        return until("a run in thread " + thread, () -> {
            List<String> found =
                    given().get("/api/runs").jsonPath().getList("findAll { it.thread == '" + thread + "' }.id");
            return found.isEmpty() ? null : found.getFirst();
        });
    }

    public static void awaitState(String run, String state) {
        until("run " + run + " " + state, () -> run(run).getString("state").equals(state) ? true : null);
    }

    /** Opens a run and waits for its first plan; gives the thread. */
    public static String plannedThread(String task) {
        String thread = say("general", null, "@saywhen " + task);
        String run = runIn(thread);
        until("questions", () -> messages("thread=" + thread).getList("id").size() > 1 ? true : null);
        say("general", thread, "plan");
        awaitState(run, "awaiting-authorization");
        return thread;
    }

    /** Looks until something is there; says what was not there in time. */
    public static <T> T until(String what, Supplier<@Nullable T> look) {
        return until(what, PATIENCE, look);
    }

    public static <T> T until(String what, Duration patience, Supplier<@Nullable T> look) {
        long end = System.nanoTime() + patience.toNanos();
        Pause pause = new Pause(Duration.ofMillis(20));
        while (System.nanoTime() < end) {
            T seen = look.get();
            if (seen != null) {
                return seen;
            }
            pause.make();
        }
        throw new AssertionError("not seen within " + patience + ": " + what);
    }
}
