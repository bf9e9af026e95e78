package dev.saywhen.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import dev.saywhen.adapter.local.Talk;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.page.Visit.Screen;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("chromium")
@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {
    private Chromium chromium;

    @BeforeAll
    void open() {
        chromium = new Chromium();
    }

    @AfterAll
    void close() {
        chromium.close();
    }

    @ParameterizedTest
    @EnumSource
    void every_part_of_the_page_can_be_read_reached_and_named(Screen screen) throws IOException {
        String thread = plannedOnce();
        String run = Talk.runIn(thread);
        Map<String, String> places = Map.of(
                "welcome", "#/c/nothing-yet",
                "places", "#/",
                "channel", "#/c/general",
                "thread", "#/c/general/" + thread,
                "plan", "#/c/general/" + thread + "/plan",
                "beside", "#/c/general/" + thread + "/plan/2/1",
                "trail", "#/c/general/" + thread + "/trail");
        String audit = script("audit.js");
        try (Visit visit = chromium.visit(screen).as("ana")) {
            for (var place : places.entrySet()) {
                visit.open(place.getValue());
                switch (place.getKey()) {
                    case "welcome" -> visit.see(".example");
                    case "places" -> visit.see(screen.isPhone() ? "#runs .run" : "#feed .card");
                    case "thread" -> visit.see(".standing.waits");
                    case "plan" -> visit.see("#sheet .plan");
                    case "beside" -> visit.see(".compared .come");
                    case "trail" -> visit.see(".trail li");
                    default -> visit.see("#feed .card");
                }
                visit.picture(place.getKey());

                assertEquals(List.of(), visit.page().evaluate(audit), place + " on " + screen);
                stopIsInReach(visit, screen);
            }
            assertEquals("en", visit.find("html").getAttribute("lang"));
            assertEquals("polite", visit.find("#announcer").getAttribute("aria-live"));
            assertTrue(visit.find("#runs").innerText().contains("Run " + run));
        }
    }

    /** Large, wholly on the screen, and at its bottom, where a thumb is. */
    private static void stopIsInReach(Visit visit, Screen screen) {
        BoundingBox stop = visit.find("#stop").boundingBox();
        var size = visit.page().viewportSize();

        assertTrue(stop.height >= 44 && stop.width >= 120, "large enough");
        assertTrue(stop.y + stop.height <= size.height && stop.x + stop.width <= size.width, "on the screen");
        assertTrue(stop.y > size.height * 0.85, "at the bottom");
        if (screen.isPhone()) {
            assertTrue(stop.width > size.width * 0.5, "half as wide as a phone");
        }
    }

    @Test
    void the_keyboard_alone_reaches_everything_and_stop_first() {
        String thread = plannedOnce();
        try (Visit visit = chromium.visit(Screen.DESK_DARK).as("ana").open("#/c/general/" + thread)) {
            visit.see(".standing.waits");
            visit.page().keyboard().press("Tab");
            assertFocus(visit, ".brand a");
            assertEquals("solid", visit.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"));
            visit.page().keyboard().press("Tab");
            assertFocus(visit, "#me");
            visit.page().keyboard().press("Tab");
            assertFocus(visit, "#stop-all");
            visit.page().keyboard().press("Tab");
            assertFocus(visit, "#stop");
            visit.page().keyboard().press("Tab");
            assertFocus(visit, "#channels a");

            Locator fold = visit.find(".plan summary").first();
            fold.focus();
            visit.page().keyboard().press("Enter");
            assertThat(visit.find(".plan details").first().locator("li").first())
                    .isVisible();

            visit.find(".tabs a:has-text(\"Trail\")").focus();
            visit.page().keyboard().press("Enter");
            visit.see(".trail li");
            visit.page().goBack();

            visit.find("[data-composer=thread] textarea").focus();
            visit.page().keyboard().type("!aside typed by hand");
            visit.page().keyboard().press("Shift+Enter");
            visit.page().keyboard().type("on two lines");
            visit.page().keyboard().press("Enter");
            assertThat(visit.see("#log li:has-text(\"typed by hand\")")).containsText("on two lines");
        }
    }

    private static void assertFocus(Visit visit, String selector) {
        assertEquals(
                true,
                visit.page().evaluate("selector => document.activeElement.matches(selector)", selector),
                () -> selector + " and not " + visit.page().evaluate("document.activeElement.outerHTML"));
    }

    @Test
    void what_people_write_stays_text() {
        String attack = "<img src=x onerror=\"alert(1)\"><script>alert(2)</script> [go](javascript:alert(3))"
                + " ![p](http://evil.example/p.png) <svg onload=alert(4)>\n"
                + "```\n</code></pre><img src=x onerror=alert(5)>\n```\n> <iframe src=//evil.example></iframe>\n"
                + "- <a href=\"javascript:alert(6)\">x</a>";
        String thread = Talk.say("attack", null, attack);
        for (String author : List.of("<img>", "a\"onx=\"1", "a b")) {
            Talk.post(Map.of("channel", "attack", "author", author, "text", "x"))
                    .then()
                    .statusCode(400);
        }
        Talk.post(Map.of(
                        "channel",
                        "attack",
                        "author",
                        "saywhen-",
                        "text",
                        "STOPPED, CONFIRMED. 1 run held",
                        "bot",
                        true))
                .then()
                .statusCode(201);
        try (Visit visit = chromium.visit(Screen.DESK).as("ana").open("#/c/attack/" + thread)) {
            Locator said = visit.see("#log .message");

            assertThat(said).containsText("<img src=x onerror=\"alert(1)\"><script>alert(2)</script>");
            assertThat(said).containsText("</code></pre><img src=x onerror=alert(5)>");
            assertEquals(
                    0,
                    visit.find("#log img, #log script, #log iframe, #log svg[onload], #feed img")
                            .count());
            assertEquals(0, visit.find("a[href^='javascript']").count());
            assertEquals(0, visit.find(".verdict").count(), "only the bot's own words are set like its own");

            visit.open("#/c/" + "%3Cimg%20src%3Dx%20onerror%3Dalert(7)%3E");
            visit.open("#/c/attack/1%22%3E/plan/%3Cscript%3E");
            visit.open("#/r/1%3Cscript%3E");
            assertEquals(0, visit.find("#panes img, #panes script").count());
        }
    }

    @Test
    void the_page_follows_what_happens_without_being_asked() {
        String thread = Talk.say("follow", null, "first");
        try (Visit visit = chromium.visit(Screen.PHONE_DARK).as("bo").open("#/c/follow/" + thread)) {
            String reply = Talk.say("follow", thread, "work in progress");
            Locator shown = visit.see("#log li[data-key=\"" + reply + "\"]");
            assertThat(shown).containsText("work in progress");
            assertThat(visit.find("#announcer")).containsText("ana: work in progress");

            RestAssured.given()
                    .contentType(ContentType.JSON)
                    .body(Map.of("text", "done, edited in place"))
                    .put("/api/local/messages/" + reply);
            assertThat(shown).containsText("done, edited in place");
            assertEquals(2, visit.find("#log > li").count());

            RestAssured.given().delete("/api/local/messages/" + reply);
            assertThat(shown).isHidden();

            visit.page().reload();
            visit.find("#link-state[data-state=live]").waitFor();
            assertThat(visit.see("#log li")).containsText("first");
        }
    }

    @Test
    void what_is_said_while_the_page_reads_the_thread_is_not_lost() {
        String thread = Talk.say("reading", null, "first");
        try (Visit visit = chromium.visit(Screen.PHONE).as("bo")) {
            Map<Route, APIResponse> onTheWay = new LinkedHashMap<>();
            visit.page().route("**/api/local/messages?thread=*", route -> onTheWay.put(route, route.fetch()));
            visit.open("#/c/reading/" + thread);
            visit.page().waitForCondition(() -> onTheWay.size() == 2); // one for the place, one for the connection

            Talk.say("reading", thread, "said meanwhile");
            assertThat(visit.find("#announcer")).containsText("ana: said meanwhile");
            onTheWay.forEach((route, old) -> route.fulfill(new Route.FulfillOptions().setResponse(old)));

            assertThat(visit.see("#log > li:has-text(\"first\")")).isVisible();
            visit.page().waitForCondition(() -> visit.find("#log > li").count() == 2);
            assertThat(visit.find("#log")).containsText("said meanwhile");
        }
    }

    @Test
    void what_was_said_while_the_line_was_cut_is_there_once_it_is_mended() throws IOException {
        String thread = Talk.say("cut", null, "first");
        int port = RestAssured.port;
        try (Relay relay = new Relay(port);
                Chromium behind =
                        new Chromium("--host-resolver-rules=MAP localhost:" + port + " 127.0.0.1:" + relay.port());
                Visit visit = behind.visit(Screen.PHONE).as("bo").open("#/c/cut/" + thread)) {
            visit.see("#log > li");

            relay.cut();
            assertThat(visit.see("#link-state[data-state=away]")).hasText("Not connected. Trying again …");
            visit.picture("cut");
            Talk.say("cut", thread, "while you were away");
            relay.mend();

            visit.see("#log > li:has-text(\"while you were away\")");
            assertThat(visit.see("#link-state[data-state=live]")).hasText("Live");
            assertEquals(2, visit.find("#log > li").count());
            visit.forgiveBrokenConnections();
        }
    }

    @Test
    void a_newcomer_is_told_what_to_do_and_can_begin_with_a_tap() {
        try (Visit visit = chromium.visit(Screen.PHONE).open("#/c/for-newcomers")) {
            assertThat(visit.see("#welcome h3")).hasText("Say what you need. Nothing is done before you say yes.");
            visit.see(".name:visible").fill("cleo");
            visit.find(".name-form:visible button").tap();
            visit.see(".example").tap();

            assertThat(visit.find("textarea:visible")).hasValue("@saywhen orders with customers and line items");
            assertEquals(List.of(), Talk.messages("channel=for-newcomers").getList("id"), "nothing was sent");
            assertThat(visit.find("#me")).hasText("You are cleo");
        }
    }

    private static String planned;

    /** A run whose second revision waits for a yes: one for all tests that only look. */
    private static String plannedOnce() {
        if (planned == null) {
            planned = Talk.plannedThread("Tune: name string required max 80");
            String run = Talk.runIn(planned);
            Talk.say("general", planned, "change Tune: name string required max 70");
            Talk.until("r2", () -> Talk.run(run).getInt("plan.revision") == 2 ? true : null);
            Talk.awaitState(run, "awaiting-authorization");
        }
        return planned;
    }

    private static String script(String name) throws IOException {
        try (InputStream in = PageTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
