package dev.saywhen.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import dev.saywhen.adapter.local.Talk;
import dev.saywhen.boot.Traces;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.page.Visit.Screen;
import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.StopPlace;
import dev.saywhen.words.StopRecognition;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one path that everything else hangs on, by typing and tapping: from the first message to a branch that builds, through a
 * STOP, and back again. Each stretch of it is a method of its own.
 */
@Tag("chromium")
@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class WholeRunOnAPhoneTest {
    /** How long a part of the work takes at most, on a busy machine. */
    private static final Duration AT_WORK = Duration.ofMinutes(10);

    private final Traces traces =
            new Traces(Path.of(ConfigProvider.getConfig().getValue("saywhen.home", String.class)));

    @Test
    void a_run_is_asked_for_planned_authorized_stopped_by_a_tap_resumed_completed_and_taken_back() throws Exception {
        try (Chromium chromium = new Chromium();
                Visit visit = chromium.visit(Screen.PHONE)) {
            asked(visit);
            planned(visit);
            onlyAPhraseMeansYes(visit);
            stoppedByATap(visit);
            resumed(visit);
            completed(visit);
            takenBack(visit);
            List<Map<String, Object>> said = saidByTheBot(visit);
            cardsShowEveryWord(visit, said);
            nothingThatWasSaidIsAStop(said);
            readAfterwards(visit);
        }
    }

    private static void asked(Visit visit) {
        visit.open("#/c/general");
        visit.see(".name:visible").fill("ana");
        visit.find(".name-form:visible button").tap();
        visit.say("@saywhen Memo: text string required max 120");
        assertThat(visit.see("#log .own .text")).containsText("one reply is enough");
        visit.picture("1-asked");
    }

    private static void planned(Visit visit) {
        chip(visit, "plan").tap();
        visit.see(".standing.waits");
        assertThat(visit.see(".request"))
                .hasText("Should I begin implementation of the proposed backend architecture?");
        visit.picture("2-planned");

        visit.find(".plan summary").first().tap();
        assertThat(visit.find(".plan details").first().locator("li").first()).isVisible();
    }

    /** A yes is typed by a person: no button of the page may stand for it, nor words that only sound like it. */
    private void onlyAPhraseMeansYes(Visit visit) throws IOException {
        List<String> words = visit.find("button:visible").allInnerTexts();
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        assertTrue(words.stream().noneMatch(word -> phrases.read(word).isPresent()), words::toString);

        Map<String, String> before = traces.files();
        visit.say("looks good to me");
        visit.say("yes?");
        visit.say("lgtm");
        assertThat(visit.see("#log .own .text")).containsText("Not taken as a yes");
        assertThat(visit.find("#run-head .badge")).hasText("waits for a yes to r1");
        assertEquals(before, traces.files(), "nothing changes between the plan and a phrase");
    }

    private void stoppedByATap(Visit visit) throws IOException {
        visit.say("proceed");
        visit.see(".progress:not(.over) .step-now");
        visit.see("#run-head .is-acting");
        visit.picture("3-acting");
        String run = run(visit);
        awaitAtWork("a first commit", () -> !Talk.run(run).getList("commits").isEmpty());
        awaitAtWork("a running command", traces::isCommandRunning);

        Locator stop = visit.find("#stop");
        assertThat(stop).containsText("STOP run");
        stop.tap();
        assertThat(visit.see("#receipt .receipt-verdict")).containsText("STOPPED, CONFIRMED. 1 run held");
        assertThat(visit.see(".verdict.calm h3")).containsText("STOPPED, CONFIRMED. 1 run held");
        assertThat(visit.see("#run-head .badge")).hasText("is held");
        assertFalse(traces.isCommandRunning());
        assertEquals("alert", visit.find("#receipt").getAttribute("role"));
        visit.picture("4-stopped");
        visit.find("#receipt-close").tap();
        assertThat(visit.find("#receipt")).isHidden();

        visit.say("proceed");
        assertThat(visit.see("#log .own .text")).hasText("Nothing waits for a yes here now.");
        assertThat(visit.find("#run-head .badge")).hasText("is held");
    }

    private static void resumed(Visit visit) {
        chip(visit, "resume").tap();
        visit.see(".head-card:has-text(\"same as r1, nothing added\") .standing.waits");
        visit.picture("5-resumed");

        visit.say("proceed r1");
        assertThat(visit.see("#log .own .text")).hasText("r1 is not the newest plan. r2 is.");
        visit.say("proceed r2");
        assertThat(visit.see("#log .own:has-text(\"Yes from @ana\")")).isVisible();
    }

    private void completed(Visit visit) throws Exception {
        assertThat(visit.see(".verdict.good h3", AT_WORK)).containsText("Done: ");
        assertThat(visit.see("#run-head .badge")).hasText("is done");
        assertThat(visit.find(".progress").last()).containsText("r2, completed: step 5 of 5 done");
        visit.picture("6-completed");
        traces.assertCommitsAreSigned(run(visit));
    }

    private void takenBack(Visit visit) throws Exception {
        String run = run(visit);
        int built = Talk.run(run).getList("commits").size();
        chip(visit, "undo").tap();
        visit.see(".head-card:has-text(\"take back run\") .standing.waits");
        assertThat(visit.see(".request"))
                .hasText("Please confirm if you want me to proceed with these backend changes.");
        visit.picture("7-way-back");
        visit.say("i confirm");
        assertThat(visit.see(".verdict.good h3:has-text(\"is taken back\")"))
                .containsText("Done: run " + run + " is taken back. " + 2 * built + " commits.");
        visit.picture("8-taken-back");
        traces.assertCommitsAreSigned(run);
        traces.assertNothingDiffersFromMain(run);

        visit.say("undo");
        assertThat(visit.see("#log .own .text")).containsText("It is taken back already.");
    }

    private static void readAfterwards(Visit visit) {
        visit.find(".tabs a:has-text(\"Trail\")").tap();
        assertThat(visit.see(".trail")).containsText("Yes from @ana to r2");
        visit.picture("9-trail");
        visit.find(".tabs a:has-text(\"Report\")").tap();
        visit.see(".report");
        visit.picture("10-report");
        visit.find(".tabs a:has-text(\"Plan\")").tap();
        visit.find("a:has-text(\"r2 beside r3\")").tap();
        visit.see(".compared .line-of");
        visit.picture("11-beside");
    }

    private static Locator chip(Visit visit, String command) {
        return visit.see("[data-composer=thread] button.chip:text-is(\"" + command + "\")");
    }

    private static void awaitAtWork(String what, Callable<Boolean> isSo) {
        Talk.until(what, AT_WORK, () -> {
            try {
                return isSo.call() ? true : null;
            } catch (Exception unreadable) {
                throw new AssertionError(unreadable);
            }
        });
    }

    private static String thread(Visit visit) {
        return visit.page().url().split("#")[1].split("/")[3];
    }

    private static String run(Visit visit) {
        return Talk.runIn(thread(visit));
    }

    private static List<Map<String, Object>> saidByTheBot(Visit visit) {
        return Talk.messages("thread=" + thread(visit)).getList("findAll { it.bot }");
    }

    /** A yes is for the text, so its setting may leave nothing out and put nothing in between. */
    private static void cardsShowEveryWord(Visit visit, List<Map<String, Object>> said) {
        int cards = 0;
        for (Map<String, Object> message : said) {
            Locator card = visit.find("#log > li[data-key=\"" + message.get("id") + "\"]")
                    .locator(".head-card, .progress, .verdict");
            if (card.count() == 1) {
                cards++;
                String shown = letters(card.textContent());
                String text = letters((String) message.get("text"));
                assertTrue(shown.startsWith(text), () -> text + "\nis shown as\n" + shown);
            }
        }
        assertTrue(cards >= 8, "heads, progress, receipt and ends of three revisions, and not only " + cards);
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** What a bridge or a second Saywhen would repeat, with everything that was put into it. */
    private static void nothingThatWasSaidIsAStop(List<Map<String, Object>> said) {
        StopRecognition ears = new StopRecognition(Set.of(), "saywhen");
        for (Map<String, Object> message : said) {
            String text = (String) message.get("text");
            assertEquals(Optional.empty(), ears.hearMachine(text), text);
            assertEquals(Optional.empty(), ears.hear(text, StopPlace.ANYWHERE_ELSE), text);
        }
    }
}
