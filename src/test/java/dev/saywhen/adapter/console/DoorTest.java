package dev.saywhen.adapter.console;

import static dev.saywhen.adapter.local.Talk.messages;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class DoorTest {
    private static final Map<String, String> MESSAGE = Map.of("channel", "door", "author", "eve", "text", "yes");

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1",
        "Origin, https://localhost",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "Host, evil.example",
        "Host, localhost.evil.example",
        "Host, localhost:1",
        "Host, 10.0.0.1",
        "X-Forwarded-For, 127.0.0.1",
        "X-Forwarded-Host, localhost",
        "x-forwarded-anything, 1",
        "Forwarded, for=127.0.0.1",
        "Via, 1.1 proxy",
        "X-Real-IP, 127.0.0.1"
    })
    void no_other_site_and_no_proxy_can_post_stop_edit_or_delete(String header, String value) {
        forbidden(with(header, value).body(MESSAGE).post("/api/local/messages"));
        forbidden(with(header, value).body(Map.of("by", "eve")).post("/api/stop"));
        forbidden(with(header, value).body(Map.of("text", "yes")).put("/api/local/messages/1"));
        forbidden(given().header(header, value).delete("/api/local/messages/1"));
        forbidden(with(header, value)
                .body(Map.of("author", "eve", "emoji", "🛑"))
                .post("/api/local/messages/1/reactions"));

        assertEquals(List.of(), messages("channel=door").getList("id"));
    }

    @Test
    void no_other_site_can_read_either() {
        for (String path : List.of("/", "/api/runs", "/api/local/messages", "/api/local/events", "/q/metrics")) {
            forbidden(given().header("Origin", "https://evil.example").get(path));
            forbidden(given().header("Sec-Fetch-Site", "cross-site").get(path));
            forbidden(given().header("Host", "evil.example").get(path));
        }
    }

    @Test
    void a_form_cannot_be_sent_even_where_a_browser_hides_the_origin() {
        given().contentType("text/plain")
                .body("{\"by\":\"eve\"}")
                .post("/api/stop")
                .then()
                .statusCode(415);
        given().contentType("application/x-www-form-urlencoded")
                .body("by=eve")
                .post("/api/stop")
                .then()
                .statusCode(415);
    }

    @Test
    void the_page_itself_may() {
        for (String host : List.of("localhost", "127.0.0.1")) {
            String own = host + ":" + RestAssured.port;
            given().header("Host", own)
                    .header("Origin", "http://" + own)
                    .header("Sec-Fetch-Site", "same-origin")
                    .contentType(ContentType.JSON)
                    .body(Map.of("channel", "door-own", "author", "ana", "text", "hi"))
                    .post("/api/local/messages")
                    .then()
                    .statusCode(201);
        }
        given().header("Sec-Fetch-Site", "none").get("/").then().statusCode(200);
    }

    @Test
    void the_page_loads_nothing_from_elsewhere_and_cannot_be_framed() {
        given().get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-cache");
    }

    @Test
    void health_is_open_to_whoever_probes_and_tells_of_everything_that_must_work() {
        given().header("Host", "10.1.2.3:8080")
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems("Database connections health check", "sandbox", "hearing", "outbox"));
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void metrics_and_the_description_of_the_interface_can_be_read() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_"));
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/local/messages"))
                .body(containsString("/api/runs/{id}/audit"))
                .body(containsString("/api/stop/readiness"));
    }

    @Test
    void what_is_not_there_is_a_problem_in_words() {
        given().get("/api/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is nothing at this address."));
    }

    private static RequestSpecification with(String header, String value) {
        return given().header(header, value).contentType(ContentType.JSON);
    }

    private static void forbidden(Response answer) {
        answer.then().statusCode(403).contentType("application/problem+json").body("title", equalTo("Forbidden"));
    }
}
