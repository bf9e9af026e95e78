package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.langchain4j.ScriptedModel.Reply;
import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Budget;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that fails: the run says what happened, keeps its work, and goes on or is held. */
@Tag("bubblewrap")
final class TroubledModelTest {
    private static final Budget PLENTY = ModelWorld.Options.USUAL.budget();

    @TempDir
    Path folder;

    static Stream<Arguments> troubles() {
        String later = " Look at saywhen.model.base-url and the provider's status; `resume` tries again.";
        return Stream.of(
                Arguments.of(ScriptedModel.status(401), 1, "answers 401. Look at saywhen.model.api-key."),
                Arguments.of(ScriptedModel.status(404), 1, "answers 404. Look at saywhen.model.name and .base-url."),
                Arguments.of(ScriptedModel.status(429), 4, "answers 429." + later),
                Arguments.of(ScriptedModel.status(500), 4, "answers 500." + later),
                Arguments.of(ScriptedModel.raw("x".repeat(10 << 20)), 1, "sent an answer over 4 MB." + later),
                Arguments.of(ScriptedModel.raw("{\"choices\":"), 4, "gave an answer that cannot be read." + later));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void the_run_is_held_and_says_why(Reply reply, int asked, String why) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, false, PLENTY, Duration.ofSeconds(20))) {
            model.then(reply, reply, reply, reply);
            ThreadId thread = world.ask("total() is too low");

            String held = world.saidWith(thread, "Held in ASK: The model (OPENAI scripted) ");
            assertTrue(held.contains(why), held);
            assertEquals(asked, model.requests().size());
            assertEquals(List.of(), world.broken);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    void what_helps_to_repeat_is_repeated(boolean streaming) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, streaming, PLENTY, Duration.ofSeconds(20))) {
            model.then(
                    ScriptedModel.status(429),
                    ScriptedModel.half(),
                    ScriptedModel.status(503),
                    Scripts.understands("Why?"));
            ThreadId thread = world.ask("total() is too low");

            assertTrue(world.saidWith(thread, "The engineer thinks with").contains("1. > Why?"));
            assertEquals(4, model.requests().size());
            assertEquals(
                    List.of(streaming ? "estimated 1" : "estimated 0", "told 50"),
                    world.calls().stream()
                            .map(call -> (call.estimated() ? "estimated " : "told ") + call.written())
                            .toList());
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    void who_answers_nothing_is_left_after_a_while(boolean streaming) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, streaming, PLENTY, Duration.ofMillis(300))) {
            model.then(model.hangs(true), model.hangs(false), model.hangs(true), model.hangs(false));
            ThreadId thread = world.ask("total() is too low");

            String held = world.saidWith(thread, "Held in ASK: ");
            assertTrue(held.contains("gave no whole answer within 0 s"), held);
            assertTrue(model.isLeft());
        }
    }

    @Test
    void a_spent_budget_holds_the_run_and_the_next_plan_asks_for_as_much_again() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world =
                        world(model, true, new Budget(Duration.ofHours(1), 12_000), Duration.ofSeconds(20))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            model.then(Scripts.works());
            world.say(thread, "proceed");

            String held = world.saidWith(thread, "Held in EXECUTE: The limit of model tokens for r1 is reached: ");
            assertTrue(held.contains("The next plan asks for as much again."), held);
            int asked = model.requests().size();
            assertTrue(asked < 2 + Scripts.works().length, () -> asked + " calls");
        }
    }

    @Test
    void money_is_reserved_as_tokens_are() throws Exception {
        Budget budget = new Budget(Duration.ofHours(1), 1_000_000, new BigDecimal("0.05"));
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, true, budget, Duration.ofSeconds(20))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            assertTrue(world.saidWith(thread, "Plan r1").contains("$0.05"));
            model.then(Scripts.works());
            world.say(thread, "proceed");

            String held = world.saidWith(thread, "Held in ");
            assertTrue(held.contains("The limit of money for r1 is reached: $0.0"), held);
            assertTrue(held.contains(" of $0.05 used, and the next call takes $0.0"), held);
        }
    }

    @Test
    @Tag("node")
    void a_step_that_used_up_its_limit_goes_on_when_a_yes_raised_it() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(
                        folder,
                        model,
                        Scripts.NPM,
                        ModelWorld.Options.USUAL.step(new Budget(Duration.ofHours(1), 8_000)))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            model.then(reading(10));
            world.say(thread, "proceed");

            String held =
                    world.saidWith(thread, "Held in EXECUTE: The limit of model tokens for r1 step 1 is reached: ");
            assertTrue(held.contains(" of 8,000 used, "), held);
            assertTrue(held.contains("The next plan asks for 16,000 model tokens, for this run only."), held);
            model.skipsTheRest().then(Scripts.plans());
            world.say(thread, "resume");
            world.awaitState(thread, "awaiting-authorization PLAN");

            String head = world.said(thread).getLast();
            assertTrue(
                    head.contains("\nAsks for more: raised for this run only: one step of a plan may use 16,000 model"
                            + " tokens, not 8,000 model tokens.\n"),
                    head);
            model.then(Scripts.works());
            world.say(thread, "proceed");
            world.saidWith(thread, "Done: count the first item. 2 commits.");
        }
    }

    @Test
    @Tag("node")
    void a_projects_limit_is_raised_for_the_run_that_met_it_by_a_yes_to_the_same_plan_and_nobody_thinks_meanwhile()
            throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.day(25_000))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            world.ledger.append(
                    AuditChain.of(world.run(thread).id()),
                    new AuditEvent.ModelCalled("m", "r0", 20_000, 0, false, BigDecimal.ZERO));
            world.say(thread, "proceed");
            String held = world.saidWith(
                    thread,
                    "Held in EXECUTE: The limit of model tokens for all runs of shop within 24 hours is reached: ");
            assertTrue(held.contains("The next plan asks for 50,000 model tokens, for this run only."), held);
            int before = model.requests().size();

            world.say(thread, "resume");
            world.awaitState(thread, "awaiting-authorization PLAN");

            assertEquals(before, model.requests().size(), "there is no room to think");
            String head = world.said(thread).getLast();
            String raise = "raised for this run only: all runs of the project within 24 hours may use 50,000 model"
                    + " tokens, not 25,000 model tokens";
            assertTrue(head.startsWith("Plan r2, shop: count the first item"), head);
            assertTrue(head.contains("\nAsks for more: " + raise + ".\n"), head);
            assertTrue(head.contains("New since r1: " + raise + "; all else as in r1."), head);
            model.then(Scripts.works());
            world.say(thread, "proceed");
            world.saidWith(thread, "Done: count the first item. 2 commits.");

            ThreadId other = world.ask("total() is too low again");
            world.saidWith(other, "Held in ASK: The limit of model tokens for all runs of shop within 24 hours is");
        }
    }

    @Test
    void a_projects_limit_that_a_yes_raised_and_that_is_met_again_is_raised_by_another_yes() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.day(25_000))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            RunId run = world.run(thread).id();
            world.ledger.append(
                    AuditChain.of(run), new AuditEvent.ModelCalled("m", "r0", 20_000, 0, false, BigDecimal.ZERO));
            world.say(thread, "proceed");
            world.awaitState(thread, "held EXECUTE");
            world.say(thread, "resume");
            world.awaitState(thread, "awaiting-authorization PLAN");
            world.ledger.append(
                    AuditChain.of(run), new AuditEvent.ModelCalled("m", "r0", 25_000, 0, false, BigDecimal.ZERO));

            world.say(thread, "proceed");
            world.await(
                    "the second raise",
                    () -> world.said(thread)
                            .getLast()
                            .contains("The next plan asks for 75,000 model tokens, for this run only."));
            world.say(thread, "resume");
            world.awaitState(thread, "awaiting-authorization PLAN");

            String head = world.said(thread).getLast();
            assertTrue(head.startsWith("Plan r3, shop: count the first item"), head);
            assertTrue(
                    head.contains(
                            "\nAsks for more: raised for this run only: all runs of the project within 24 hours may"
                                    + " use 75,000 model tokens, not 25,000 model tokens.\n"),
                    head);
        }
    }

    private static ScriptedModel.Reply[] reading(int times) {
        return IntStream.range(1, times + 1)
                .mapToObj(line ->
                        ScriptedModel.calls(ScriptedModel.call("read_file", "path", "lib/total.js", "line", line)))
                .toArray(ScriptedModel.Reply[]::new);
    }

    @Test
    void what_may_be_thought_before_a_yes_is_the_operators_to_raise() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, true, new Budget(Duration.ofHours(1), 4_000), Duration.ofSeconds(20))) {
            ThreadId thread = world.ask("total() is too low");

            String held = world.saidWith(
                    thread, "Held in ASK: The limit of model tokens for planning is reached: 0 of 4,000");
            assertTrue(held.contains("The operator of the project can raise max-tokens or planning-cost."), held);
            assertEquals(List.of(), model.requests());
        }
    }

    private ModelWorld world(ScriptedModel model, boolean streaming, Budget budget, Duration timeout) throws Exception {
        return new ModelWorld(
                folder,
                model,
                Scripts.NPM,
                ModelWorld.Options.USUAL.streaming(streaming).budget(budget).timeout(timeout));
    }
}
