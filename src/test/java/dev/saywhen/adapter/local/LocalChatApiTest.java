package dev.saywhen.adapter.local;

import static dev.saywhen.adapter.local.Talk.messages;
import static dev.saywhen.adapter.local.Talk.post;
import static dev.saywhen.adapter.local.Talk.say;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class LocalChatApiTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    @Test
    void a_posted_message_is_answered_with_everything_about_it() {
        post(Map.of("channel", "#api-post", "author", "ana", "text", "hello"))
                .then()
                .statusCode(201)
                .body("id", matchesPattern("[0-9]+"))
                .body("channel", equalTo("api-post"))
                .body("thread", nullValue())
                .body("author", equalTo("ana"))
                .body("text", equalTo("hello"))
                .body("time", matchesPattern(TIME))
                .body("edited", nullValue())
                .body("bot", equalTo(false));

        given().get("/api/local").then().statusCode(200).body("channels", hasItem("api-post"));
    }

    @Test
    void a_null_member_is_an_absent_one() {
        post("{\"channel\":\"api-null\",\"thread\":null,\"author\":\"ana\",\"text\":\"hi\",\"bot\":null,\"guest\":null}")
                .then()
                .statusCode(201)
                .body("bot", equalTo(false));
    }

    @Test
    void a_direct_message_is_a_channel_with_an_at() {
        String id = say("@ana", null, "psst");

        assertEquals(
                List.of(id),
                messages("channel=@ana&after=" + (Long.parseLong(id) - 1)).getList("id"));
    }

    @Test
    void messages_come_in_order_and_page_by_page_without_a_gap() {
        String root = say("api-pages", null, "first");
        List<String> said = new ArrayList<>(List.of(root));
        for (int at = 0; at < 6; at++) {
            said.add(say("api-pages", at % 2 == 0 ? root : null, "message " + at));
        }

        List<String> paged = new ArrayList<>();
        List<String> page = messages("channel=api-pages&after=0&limit=3").getList("id");
        while (!page.isEmpty()) {
            paged.addAll(page);
            page = messages("channel=api-pages&limit=3&after=" + page.getLast()).getList("id");
        }

        assertEquals(said, paged);
        assertEquals(said, messages("channel=api-pages").getList("id"));
        assertEquals(
                said.subList(5, 7), messages("channel=api-pages&limit=2").getList("id"), "without after: the newest");
        assertEquals(
                List.of(root, said.get(1), said.get(3), said.get(5)),
                messages("thread=" + root).getList("id"));
    }

    @Test
    void times_increase_strictly_however_many_post_at_once() throws InterruptedException, ExecutionException {
        List<Future<String>> posted;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            posted = threads.invokeAll(
                    java.util.Collections.nCopies(40, () -> say("api-times", null, "at the same time")));
        }

        List<String> ids = messages("channel=api-times").getList("id");
        List<Instant> times = messages("channel=api-times").getList("time", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertEquals(posted.size(), ids.size());
        for (int at = 1; at < times.size(); at++) {
            assertTrue(Long.parseLong(ids.get(at - 1)) < Long.parseLong(ids.get(at)));
            assertTrue(times.get(at - 1).isBefore(times.get(at)), () -> times.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\"} {}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\",\"text\":\"y\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\",\"admin\":true}",
                "{\"channel\":\"bad\",\"author\":\"ana\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":null}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\" \\t\\n\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"\\u200b\\u00a0\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"a\\u0000b\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"a\\u001bb\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"half \\ud83d\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":7}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\",\"bot\":\"yes\"}",
                "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\",\"bot\":1}",
                "{\"channel\":\"bad\",\"author\":\"\",\"text\":\"x\"}",
                "{\"channel\":\"bad\",\"author\":\"an a\",\"text\":\"x\"}",
                "{\"channel\":\"bad\",\"author\":\"a\\nb\",\"text\":\"x\"}",
                "{\"channel\":\"bad\",\"author\":\"SayWhen\",\"text\":\"x\"}",
                "{\"channel\":\"\",\"author\":\"ana\",\"text\":\"x\"}",
                "{\"channel\":\"a/b\",\"author\":\"ana\",\"text\":\"x\"}",
                "{\"channel\":\"<b>\",\"author\":\"ana\",\"text\":\"x\"}"
            })
    void a_bad_message_is_refused_in_words_and_nothing_of_it_is_kept(String body) {
        isProblem(post(body), 400);

        assertEquals(List.of(), messages("channel=bad").getList("id"));
    }

    @Test
    void twenty_thousand_characters_are_taken_and_one_more_is_not() {
        String longest = "é".repeat(19_999) + "😀";

        post(Map.of("channel", "api-long", "author", "ana", "text", longest))
                .then()
                .statusCode(201)
                .body("text", equalTo(longest));
        isProblem(post(Map.of("channel", "api-long", "author", "ana", "text", longest + "x")), 400);
        assertEquals(1, messages("channel=api-long").getList("id").size());
    }

    @Test
    void a_thread_is_named_by_its_first_message_alone() {
        String root = say("api-thread", null, "first");
        String reply = say("api-thread", root, "second");

        assertEquals(root, messages("thread=" + root).getList("thread").get(1));
        for (String unknown : List.of("999999999", "0", "-1", "abc", "", "99999999999999999999")) {
            isProblem(post(Map.of("channel", "api-thread", "thread", unknown, "author", "ana", "text", "x")), 404);
        }
        isProblem(post(Map.of("channel", "api-thread", "thread", reply, "author", "ana", "text", "x")), 404);
        post(Map.of("channel", "api-elsewhere", "thread", root, "author", "ana", "text", "x"))
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        assertEquals(2, messages("thread=" + root).getList("id").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=-1", "after=x", "limit=0", "limit=1001", "limit=x", "channel=a%20b"})
    void a_question_that_makes_no_sense_is_refused(String query) {
        isProblem(given().get("/api/local/messages?" + query), 400);
    }

    @Test
    void what_is_no_json_is_not_taken() {
        String body = "{\"channel\":\"bad\",\"author\":\"ana\",\"text\":\"x\"}";

        for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
            isProblem(given().contentType(type).body(body).post("/api/local/messages"), 415);
        }
        isProblem(
                given().contentType(ContentType.JSON)
                        .body("x".repeat(1_000_001))
                        .post("/api/local/messages"),
                413);
        isProblem(given().contentType(ContentType.JSON).body(body).patch("/api/local/messages"), 405);
        isProblem(given().get("/api/local/nothing"), 404);
    }

    @Test
    void a_message_is_edited_and_deleted() {
        String id = say("api-edit", null, "before");
        String path = "/api/local/messages/" + id;

        given().contentType(ContentType.JSON)
                .body(Map.of("text", "after"))
                .put(path)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("text", equalTo("after"))
                .body("edited", matchesPattern(TIME));
        for (String body : List.of("{}", "{\"text\":\" \"}", "{\"text\":\"x\",\"author\":\"bo\"}", "x")) {
            isProblem(given().contentType(ContentType.JSON).body(body).put(path), 400);
        }
        assertEquals(List.of("after"), messages("channel=api-edit").getList("text"));

        given().delete(path).then().statusCode(204);
        assertEquals(List.of(), messages("channel=api-edit").getList("id"));
        isProblem(given().delete(path), 404);
        isProblem(
                given().contentType(ContentType.JSON).body(Map.of("text", "x")).put(path), 404);
        isProblem(given().delete("/api/local/messages/abc"), 404);
    }

    @Test
    void a_reaction_is_one_emoji_of_somebody() {
        String id = say("api-react", null, "react to this");
        String path = "/api/local/messages/" + id + "/reactions";

        given().contentType(ContentType.JSON)
                .body(Map.of("author", "bo", "emoji", "👍🏽"))
                .post(path)
                .then()
                .statusCode(204);
        for (String body : List.of(
                "{\"author\":\"bo\"}",
                "{\"author\":\"bo\",\"emoji\":\"\"}",
                "{\"author\":\"bo\",\"emoji\":\"x\"}",
                "{\"author\":\"bo\",\"emoji\":\"👍\",\"more\":1}",
                "{\"author\":\"saywhen\",\"emoji\":\"👍\"}")) {
            isProblem(given().contentType(ContentType.JSON).body(body).post(path), 400);
        }
        isProblem(
                given().contentType(ContentType.JSON)
                        .body(Map.of("author", "bo", "emoji", "👍"))
                        .post("/api/local/messages/999999999/reactions"),
                404);
        assertEquals(
                Map.of("👍🏽", List.of("bo")),
                messages("channel=api-react").getList("reactions").getFirst());
    }

    @Test
    void what_a_bot_says_is_marked_as_a_bots() {
        post(Map.of("channel", "api-bots", "author", "deploy-bot", "text", "deployed", "bot", true))
                .then()
                .statusCode(201)
                .body("bot", equalTo(true));
        given().get("/api/local/messages?channel=api-bots").then().body("bot", contains(true));
    }

    private static void isProblem(Response answer, int status) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("title", not(blankOrNullString()))
                .body("detail", not(blankOrNullString()))
                .body("status", equalTo(status));
    }
}
