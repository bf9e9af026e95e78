package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.langchain4j.ScriptedModel.Reply;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Budget;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    void a_step_that_used_up_its_limit_holds_the_run_and_a_new_yes_gives_it_as_much_again() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(
                        folder,
                        model,
                        Scripts.NPM,
                        ModelWorld.Options.USUAL.step(new Budget(Duration.ofHours(1), 6_000)))) {
            ThreadId thread = StoppedThoughtTest.planned(world, Scripts.plans());
            model.then(Scripts.works());
            world.say(thread, "proceed");

            String held =
                    world.saidWith(thread, "Held in EXECUTE: The limit of model tokens for r1 step 1 is reached: ");
            assertTrue(held.contains(" of 6,000 used, "), held);
            assertTrue(held.contains("The next plan asks for as much again."), held);
            model.then(Scripts.plans());
            world.say(thread, "resume");
            world.awaitState(thread, "awaiting-authorization PLAN");
            assertTrue(world.said(thread).getLast().contains("Plan r2"), world.said(thread)::toString);
        }
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
