package dev.saywhen.adapter.local;

import static dev.saywhen.adapter.local.Talk.say;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
@Timeout(30)
final class LiveEventsApiTest {
    @Test
    void everything_that_happens_is_told_in_its_order() throws Exception {
        try (Listener listener = new Listener(null)) {
            String id = say("api-events", null, "said");
            String path = "/api/local/messages/" + id;
            given().contentType(ContentType.JSON)
                    .body(Map.of("text", "changed"))
                    .put(path);
            given().contentType(ContentType.JSON)
                    .body(Map.of("author", "bo", "emoji", "👍"))
                    .post(path + "/reactions");
            given().delete(path);

            List<Event> told =
                    Stream.generate(() -> listener.nextOf(id)).limit(4).toList();
            assertEquals(
                    List.of("message", "edited", "reaction", "deleted"),
                    told.stream().map(Event::name).toList());
            assertEquals("said", told.getFirst().data().getString("text"));
            assertEquals("changed", told.get(1).data().getString("text"));
        }
    }

    @Test
    void who_broke_off_goes_on_behind_the_last_event_that_arrived() throws Exception {
        String last;
        try (Listener listener = new Listener(null)) {
            last = listener.nextOf(say("api-resume", null, "one")).id();
        }
        String two = say("api-resume", null, "two");
        String three = say("api-resume", null, "three");

        try (Listener again = new Listener(last)) {
            List<String> told = Stream.generate(again::next)
                    .filter(event -> "api-resume".equals(event.data().getString("channel")))
                    .map(event -> event.data().getString("id"))
                    .limit(2)
                    .toList();
            assertEquals(List.of(two, three), told);
        }
    }

    @Test
    void who_was_away_for_too_long_is_told_to_read_again() throws Exception {
        for (String unknown : List.of("zzz-7-0", "no id at all", "0-0-0")) {
            try (Listener listener = new Listener(unknown)) {
                assertEquals("reset", listener.next().name());
            }
        }
    }

    @Test
    void a_reset_is_followed_by_the_messages_since() throws Exception {
        String before = say("api-reset", null, "known");
        String missed = say("api-reset", null, "missed");

        try (Listener listener = new Listener("otherstart-1-" + before)) {
            assertEquals("reset", listener.next().name());
            assertEquals(missed, listener.nextOf(missed).data().getString("id"));
        }
    }

    private record Event(String id, String name, JsonPath data) {}

    /** Reads events as a browser does. */
    private static final class Listener implements Closeable {
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // as browsers speak without TLS
                .build();
        private final BufferedReader lines;

        Listener(@Nullable String lastId) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/local/events"));
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            HttpResponse<java.io.InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            if (lastId == null) {
                read(); // comes once it is followed: from here on nothing is missed
            }
        }

        /** The next event that tells something; what only says that somebody listens is passed over. */
        Event next() {
            Event event = read();
            while (event.name().isEmpty()) {
                event = read();
            }
            return event;
        }

        private Event read() {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            try {
                for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                    String value = line.substring(line.indexOf(':') + 1).strip();
                    switch (line.substring(0, Math.max(0, line.indexOf(':')))) {
                        case "id" -> id = value;
                        case "event" -> name = value;
                        case "data" -> data.append(value);
                        default -> {}
                    }
                }
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
            return new Event(id, name, JsonPath.from(data.isEmpty() ? "{}" : data.toString()));
        }

        /** The next event about a message; other tests' events come in between. */
        Event nextOf(String message) {
            Event event = next();
            while (!message.equals(event.data().getString("id"))) {
                event = next();
            }
            return event;
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
