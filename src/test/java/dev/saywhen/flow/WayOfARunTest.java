package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.AmendmentNeeded;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.engineer.Engineer.Drafted;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.flow.fakes.FakeChat;
import dev.saywhen.flow.fakes.FakeEffects;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.safety.CommandResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run from its first word to its last, and where a phase gives up (gate.md, sections 2 and 3). */
class WayOfARunTest {
    private static final String HELD = "\nNothing of this run goes on by itself. Say `resume` when I shall plan again.";
    private static final String EXCERPT = "\n```\n%s\n```\nAll of it: output/1.log";

    private final Stage stage = new Stage();

    /** What the bot said last after a yes. */
    private String worked() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");
        return stage.last(thread);
    }

    @Test
    void a_run_is_asked_for_planned_authorized_and_done() {
        ThreadId thread = stage.planned();
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals("""
                Done: library service. 3 commits.
                3 tests passed.
                Yes: @ana r1.
                Branch saywhen/run-1. I don't merge or deploy. `undo` takes it back.
                Audit #.""", stage.last(thread));
        assertEquals("""
                r1, completed: step 2 of 2 done, 0 of 120 min
                done  1 Lay out the service
                done  2 Keep books
                done  DEBUG
                done  REVIEW
                done  DOCUMENT
                Ended #.""", stage.said(thread).get(3));
        assertEquals(List.of(), stage.broken);
        assertEquals(
                stage.run(thread).head(),
                stage.workspace.published(new RunId(1)).orElseThrow());
    }

    @Test
    void nothing_is_done_before_the_yes() {
        stage.planned();
        assertEquals(List.of(), stage.effects.deeds());
        assertEquals(List.of("ask", "plan"), stage.engineer.thoughts());
    }

    @Test
    void every_step_is_tests_first_then_code_then_one_commit() {
        worked();
        assertEquals(List.of("ask", "plan", "code 1", "tests 2", "code 2"), stage.engineer.thoughts());
        assertEquals(
                List.of("OpenWorkTree", "WriteFile", "RunCommand", "CommitFiles", "PublishBranch"),
                stage.effects.names().subList(0, 5));
        assertEquals(
                List.of(
                        "OpenWorkTree",
                        "WriteFile",
                        "RunCommand",
                        "WriteFile",
                        "RunCommand",
                        "CommitFiles",
                        "PublishBranch"),
                stage.effects.names().subList(5, 12));
    }

    @Test
    void every_effect_is_recorded_before_and_after() {
        worked();
        List<String> types = stage.ledger.types(new RunId(1)).stream()
                .filter(type -> type.startsWith("effect"))
                .toList();
        assertEquals(2 * stage.effects.deeds().size(), types.size());
        for (int at = 0; at < types.size(); at++) {
            assertEquals(at % 2 == 0 ? "effect-begun" : "effect-ended", types.get(at));
        }
    }

    @Test
    void tests_that_pass_before_there_is_code_prove_nothing() {
        stage.effects.results(FakeEffects.exit(0), FakeEffects.exit(0));
        assertEquals(
                "Held in EXECUTE: The tests of step 2 passed before there was code for them, so they prove nothing."
                        + HELD,
                worked());
        assertFalse(stage.engineer.thoughts().contains("code 2"));
    }

    @Test
    void a_step_is_mended_while_there_is_a_rule_and_then_held() {
        stage.effects.results(FakeEffects.exit(1), FakeEffects.exit(1), FakeEffects.exit(0));
        stage.engineer.mends(true, true);
        assertTrue(worked().startsWith("Done:"));

        Stage other = new Stage();
        other.effects.results(FakeEffects.exit(1), FakeEffects.exit(1));
        other.engineer.mends(true, false);
        ThreadId thread = other.planned();
        other.say(thread, "ana", "yes");
        assertEquals(
                "Held in EXECUTE: Step 1, Lay out the service: its check fails and I know of nothing more to try."
                        + EXCERPT.formatted("exit 1") + HELD,
                other.last(thread));
        assertEquals(List.of(), other.run(thread).commits());
    }

    @Test
    void what_a_review_finds_goes_back_through_a_plan_and_a_yes() {
        stage.engineer.finds(List.of("BookTest checks nothing"));
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");

        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertTrue(stage.said(thread).contains("""
                        Back to PLAN: the review of r1 found what has to be mended first. I plan it and ask again.
                        > - BookTest checks nothing"""));
        assertTrue(stage.run(thread)
                .brief()
                .answers()
                .contains("Found in the review of r1, to be mended: BookTest checks nothing"));
        int commits = stage.run(thread).commits().size();
        stage.say(thread, "ana", "proceed r2");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertTrue(stage.run(thread).commits().size() >= commits);
    }

    @Test
    void what_the_plan_does_not_name_is_asked_for() {
        stage.engineer.whileCoding(() -> {
            throw new AmendmentNeeded("src/main/java/Shelf.java has to change too");
        });
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "yes");

        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertTrue(stage.said(thread).contains("""
                        Back to PLAN: the work needs what r1 does not name. I plan it and ask again.
                        > src/main/java/Shelf.java has to change too"""));
        assertTrue(stage.last(thread).startsWith("Plan r2, "));
        assertEquals(0, stage.run(thread).commits().size());
    }

    @Test
    void who_cannot_think_is_held_and_says_why() {
        stage.engineer.whileCoding(() -> {
            throw new CannotThink("The model does not answer.");
        });
        assertEquals("Held in EXECUTE: The model does not answer." + HELD, worked());

        Stage other = new Stage();
        other.engineer.meanwhile(() -> {
            throw new CannotThink("The model does not answer.");
        });
        assertEquals("Held in ASK: The model does not answer." + HELD, other.last(other.planned()));
    }

    @Test
    void a_step_is_mended_three_times_at_most() {
        stage.effects.results(
                FakeEffects.exit(1),
                FakeEffects.exit(1),
                FakeEffects.exit(1),
                FakeEffects.exit(1),
                FakeEffects.exit(0));
        stage.engineer.mends(true, true, true, true);
        assertTrue(worked().startsWith("Held in EXECUTE: Step 1"));
        assertEquals(
                3, stage.engineer.thoughts().stream().filter("mend"::equals).count());
    }

    @Test
    void a_test_that_a_command_changed_is_noticed() {
        stage.effects.after((name, run) -> {
            if (name.equals("RunCommand")
                    && stage.workspace.tree(run).read("src/main/java/Book.java").isPresent()) {
                stage.workspace.put(run, "src/test/java/BookTest.java", "weaker");
            }
        });
        assertEquals(
                "Held in EXECUTE: The locked test src/test/java/BookTest.java was changed by a command." + HELD,
                worked());
        assertEquals(1, stage.run(new RunId(1)).commits().size());
    }

    @Test
    void a_command_without_an_end_says_nothing_about_the_code() {
        stage.effects.results(FakeEffects.ending(CommandResult.Ending.TIMED_OUT));
        assertEquals(
                "Held in EXECUTE: The check of step 1 did not end within its time limit (1 s). "
                        + "All of its output: output/1.log." + HELD,
                worked());
    }

    @Test
    void the_whole_suite_is_mended_six_times_at_most() {
        stage.engineer.reports(IntStream.range(0, 8)
                .mapToObj(_ -> new TestReport(3, 1, 0, "BookTest failed"))
                .toArray(TestReport[]::new));
        stage.engineer.mends(true, true, true, true, true, true, true);
        assertEquals(
                "Held in DEBUG: The whole suite is not green: 3 tests, 1 failed, 0 skipped, exit 0."
                        + EXCERPT.formatted("BookTest failed") + HELD,
                worked());
        assertEquals(
                6, stage.engineer.thoughts().stream().filter("mend"::equals).count());
    }

    @Test
    void what_the_whole_suite_made_mend_is_a_commit_of_its_own() {
        stage.engineer.reports(new TestReport(3, 1, 0, "BookTest failed"));
        stage.engineer.mends(true);
        assertTrue(worked().startsWith("Done: library service. 4 commits."));
    }

    @Test
    void a_skipped_test_and_no_test_at_all_are_not_green() {
        for (TestReport report : List.of(new TestReport(3, 0, 1, ""), TestReport.NONE)) {
            Stage other = new Stage();
            other.engineer.reports(report);
            ThreadId thread = other.planned();
            other.say(thread, "ana", "yes");
            assertEquals("held DEBUG", other.state(thread));
        }
    }

    @Test
    void what_cannot_be_done_ends_the_run_with_the_reason() {
        stage.engineer.asks(new Asked.Declined("I build no front ends."));
        ThreadId thread = stage.planned();
        assertEquals("failed ASK", stage.state(thread));
        assertEquals("I build no front ends.", stage.last(thread));
    }

    @Test
    void what_is_unclear_only_in_planning_is_asked_then() {
        stage.engineer.drafts(new Drafted.Unclear(new Asked.Questions(List.of(), List.of("Which database?"))));
        ThreadId thread = stage.planned();
        assertEquals("asking ASK", stage.state(thread));
        assertEquals(
                "One question; one reply is enough:\n1. Which database?\nSay `plan` and I go with what I would take.",
                stage.last(thread));
    }

    @Test
    void a_thought_that_a_change_overtook_is_thought_again() {
        ThreadId thread = stage.planned();
        stage.engineer.meanwhile(() -> {
            stage.post(stage.in(thread, "ana", "change with authors"));
            stage.executor.runOne();
        });
        stage.say(thread, "ana", "change with pages");
        assertEquals(2, stage.run(thread).newest().value());
        assertTrue(stage.last(thread).contains("a library of books / with pages / with authors"), stage.last(thread));
    }

    @Test
    void a_lengthenedplan_is_several_messages_and_the_request_is_the_last_line_of_the_last() {
        stage.engineer.shape(WayOfARunTest::lengthened);
        ThreadId thread = stage.planned();
        List<FakeChat.Shown> said = stage.chat.in(thread);
        assertEquals(4, said.size());
        String sentence = "Should I begin implementation of the proposed backend architecture?";
        said.forEach(one ->
                assertEquals(one.purpose() == Outgoing.Purpose.PLAN, one.text().contains(sentence)));
        assertTrue(said.getLast().text().endsWith("\n" + sentence));
        assertTrue(said.stream().allMatch(one -> one.text().length() <= 15_001));
        String all = String.join("\n", said.stream().map(FakeChat.Shown::text).toList());
        IntStream.range(0, 400).forEach(line -> assertTrue(all.contains("line " + line + " "), "line " + line));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void one_line_that_is_longer_than_a_message_is_split_too() {
        stage.engineer.shape(outline -> with(outline, List.of("x".repeat(40_000))));
        ThreadId thread = stage.planned();
        assertTrue(stage.chat.in(thread).stream().allMatch(one -> one.text().length() <= 15_001));
    }

    private static Outline lengthened(Outline outline) {
        return with(
                outline,
                IntStream.range(0, 400)
                        .mapToObj(line -> "line " + line + " " + "x".repeat(90))
                        .toList());
    }

    private static Outline with(Outline o, List<String> lines) {
        List<PlanPart> parts = o.parts().stream()
                .map(part -> part.kind() == PlanPart.Kind.ARCHITECTURE ? new PlanPart(part.kind(), lines) : part)
                .toList();
        return new Outline(
                o.title(),
                o.summary(),
                parts,
                o.steps(),
                o.verify(),
                o.documents(),
                o.scopes(),
                o.budget(),
                o.notTouched(),
                o.risks(),
                o.wayBack(),
                o.request());
    }
}
