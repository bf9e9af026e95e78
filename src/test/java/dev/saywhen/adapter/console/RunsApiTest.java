package dev.saywhen.adapter.console;

import static dev.saywhen.adapter.local.Talk.awaitState;
import static dev.saywhen.adapter.local.Talk.messages;
import static dev.saywhen.adapter.local.Talk.plannedThread;
import static dev.saywhen.adapter.local.Talk.run;
import static dev.saywhen.adapter.local.Talk.runIn;
import static dev.saywhen.adapter.local.Talk.say;
import static dev.saywhen.adapter.local.Talk.until;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.id.Digest;
import dev.saywhen.id.RunId;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class RunsApiTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    @Inject
    AuditTrail trail;

    @Test
    void a_run_is_shown_from_its_plan_through_a_change_to_a_stop() {
        String thread = plannedThread("Song: title string required max 100");
        String id = runIn(thread);

        given().get("/api/runs/" + id)
                .then()
                .body("id", equalTo(id))
                .body("title", not(blankOrNullString()))
                .body("project", equalTo("demo"))
                .body("platform", equalTo("local"))
                .body("team", equalTo("local"))
                .body("channel", equalTo("general"))
                .body("thread", equalTo(thread))
                .body("requester", equalTo("local:local:ana"))
                .body("openedAt", matchesPattern(TIME))
                .body("phase", equalTo("PLAN"))
                .body("state", equalTo("awaiting-authorization"))
                .body("plan.revision", equalTo(1))
                .body("plan.postedAt", matchesPattern(TIME))
                .body("plan.expiresAt", matchesPattern(TIME))
                .body("plan.request", equalTo("Should I begin implementation of the proposed backend architecture?"))
                .body("authorization", nullValue())
                .body("held", nullValue())
                .body("branch", nullValue())
                .body("commits", hasSize(0))
                .body("cost", notNullValue());
        assertEquals(id, given().get("/api/runs?limit=1").jsonPath().getString("[0].id"), "the newest first");

        String firstDigest = run(id).getString("plan.digest");
        String text = given().get("/api/runs/" + id + "/plan.md").asString();
        assertEquals(firstDigest, Digest.of(text).hex(), "the digest is of the text as it is served");
        assertEquals(text, plan(id, "").getString("text"));
        assertTrue(text.contains("The service's own change sets were rehearsed before you read this"), text);
        isProblem(given().get("/api/runs/" + id + "/report"), 404);

        say("general", thread, "change Song: title string required max 90");
        until("a second revision", () -> run(id).getInt("plan.revision") == 2 ? true : null);
        awaitState(id, "awaiting-authorization");
        given().get("/api/runs/" + id + "/plans")
                .then()
                .body("revision", equalTo(List.of(2, 1)))
                .body("digest[1]", equalTo(firstDigest));
        assertEquals(text, plan(id, "?revision=1").getString("text"), "an old revision never changes");
        assertEquals(2, plan(id, "").getInt("revision"));
        assertNotEquals(firstDigest, plan(id, "?revision=r2").getString("digest"));
        isProblem(given().get("/api/runs/" + id + "/plan?revision=3"), 404);
        isProblem(given().get("/api/runs/" + id + "/plan?revision=0"), 400);
        isProblem(given().get("/api/runs/" + id + "/plan.md?revision=x"), 400);

        stop("{\"by\":\"night shift\",\"run\":\"" + id + "\"}")
                .then()
                .statusCode(200)
                .body("confirmed", equalTo(true))
                .body("runs", equalTo(List.of(id)))
                .body("words", equalTo("stop"))
                .body("survivors", hasSize(0))
                .body("text", startsWith("STOPPED, CONFIRMED."));
        awaitState(id, "held");
        assertEquals("night shift", run(id).getString("held.by"));
        until(
                "a receipt in the thread",
                () -> messages("thread=" + thread).getList("text", String.class).stream()
                                .anyMatch(said -> said.startsWith("STOPPED, CONFIRMED."))
                        ? true
                        : null);
        assertChainHolds(id);
    }

    @Test
    void what_models_cost_a_run_is_the_sum_of_its_calls() {
        String id = runIn(plannedThread("Tape: title string required max 100"));
        given().get("/api/runs/" + id).then().body("cost", equalTo(Map.of()));

        called(id, "planning", 1_000, 200, new BigDecimal("0.003600"));
        called(id, "r1 step 1", 500, 100, new BigDecimal("0.001800"));
        given().get("/api/runs/" + id)
                .then()
                .body("cost.modelCalls", equalTo(2))
                .body("cost.tokensRead", equalTo(1_500))
                .body("cost.tokensWritten", equalTo(300))
                .body("cost.dollars", equalTo(0.0054f));
        given().get("/api/runs?limit=1000")
                .then()
                .body("find { it.id == '%s' }.cost.tokensRead".formatted(id), equalTo(1_500));

        called(id, "r1 step 1", 1, 1, null);
        given().get("/api/runs/" + id)
                .then()
                .body("cost.modelCalls", equalTo(3))
                .body("cost.dollars", nullValue());
    }

    private void called(String id, String account, long read, long written, @Nullable BigDecimal dollars) {
        trail.append(
                AuditChain.of(RunId.parse(id)),
                new AuditEvent.ModelCalled("OPENAI m", account, read, written, false, dollars));
    }

    private static void assertChainHolds(String id) {
        JsonPath trail = given().get("/api/runs/" + id + "/audit").jsonPath();
        List<Integer> sequences = trail.getList("sequence");
        List<String> types = trail.getList("type");
        assertEquals("run-opened", types.getFirst());
        assertTrue(types.containsAll(List.of("plan-drafted", "request-posted", "stop-heard")), types::toString);
        for (int at = 0; at < sequences.size(); at++) {
            assertEquals(at + 1, sequences.get(at));
            if (at > 0) {
                assertEquals(trail.getString("hash[" + (at - 1) + "]"), trail.getString("previousHash[" + at + "]"));
            }
        }
        given().get("/api/runs/" + id + "/audit?after=2&limit=2")
                .then()
                .body("sequence", equalTo(List.of(3, 4)))
                .body("time", everyItem(matchesPattern(TIME)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "999999999", "99999999999999999999", "1%2F..", "%00"})
    void an_unknown_run_is_not_found(String id) {
        for (String path : List.of("", "/plan", "/plans", "/plan.md", "/plan.svg", "/report", "/audit")) {
            given().get("/api/runs/" + id + path).then().statusCode(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "1.5"})
    void a_limit_is_a_number_from_1_to_1000(String limit) {
        isProblem(given().get("/api/runs?limit=" + limit), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{",
                "{\"by\":null}",
                "{\"by\":\"\"}",
                "{\"by\":\" \"}",
                "{\"by\":7}",
                "{\"by\":\"a\\nb\"}",
                "{\"by\":\"ops\",\"run\":true}",
                "{\"by\":\"ops\",\"all\":true}",
                "{\"by\":\"ops\",\"by\":\"eve\"}",
                "{\"by\":\"ops\"} x"
            })
    void a_stop_that_cannot_be_read_is_refused_in_words(String body) {
        isProblem(stop(body), 400);
    }

    @Test
    void a_stop_of_a_run_that_is_not_there_says_that_nothing_was_held() {
        isProblem(stop("{\"by\":\"ops\",\"run\":\"999999999\"}"), 404);
        isProblem(stop("{\"by\":\"ops\",\"run\":\"abc\"}"), 404);
    }

    @Test
    void a_stop_without_a_run_is_for_everything_and_may_find_nothing() {
        stop("{\"by\":\"ops\",\"run\":null}").then().statusCode(200);

        stop("{\"by\":\"ops\"}")
                .then()
                .statusCode(200)
                .body("runs", hasSize(0))
                .body("text", startsWith("Nothing to hold: no run of mine acts or waits here."));
    }

    @Test
    void readiness_says_where_a_stop_would_be_heard() {
        given().get("/api/stop/readiness")
                .then()
                .statusCode(200)
                .body("ready", equalTo(true))
                .body("hearing[0].platform", equalTo("local"))
                .body("hearing[0].team", equalTo("local"))
                .body("hearing[0].lastHeard", matchesPattern(TIME))
                .body("hearing[0].notHeard", hasSize(0))
                .body("sandbox", not(blankOrNullString()))
                .body("status", not(blankOrNullString()));
    }

    private static JsonPath plan(String id, String query) {
        return given().get("/api/runs/" + id + "/plan" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response stop(String body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/stop");
    }

    private static void isProblem(Response answer, int status) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("title", not(blankOrNullString()))
                .body("detail", not(blankOrNullString()));
    }
}
