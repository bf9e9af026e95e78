package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.ThreadId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A STOP while the model thinks: the server sees that it was left, and is asked nothing more. */
final class StoppedThoughtTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void an_answer_is_cut_off_while_the_engineer_asks(boolean streaming, boolean begun) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, streaming)) {
            model.then(model.hangs(begun));
            ThreadId thread = world.ask("@saywhen total() is too low");
            model.awaitHanging();

            world.say(thread, "stop");

            assertTrue(model.isLeft());
            assertReceipt(world, thread, "held ASK");
            assertEquals(1, model.requests().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void an_answer_is_cut_off_while_the_engineer_writes(boolean streaming, boolean begun) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, streaming)) {
            ThreadId thread = planned(world, Scripts.plans());
            int before = model.requests().size();
            model.then(Scripts.writes("test/total.test.js", Scripts.TEST), model.hangs(begun));
            world.say(thread, "proceed");
            model.awaitHanging();

            world.say(thread, "stop");

            assertTrue(model.isLeft());
            assertReceipt(world, thread, "held EXECUTE");
            assertEquals(before + 2, model.requests().size());
            assertEquals(List.of(), world.run(thread).commits());
        }
    }

    @Test
    void a_tool_call_is_cut_off_and_no_later_call_is_made() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, true)) {
            Map<String, Object> sleeping = Map.of("arguments", List.of("sleep", "60"), "network", false);
            ThreadId thread = planned(world, ScriptedModel.calls(Scripts.plan("commands", List.of(sleeping))));
            int before = model.requests().size();
            model.then(ScriptedModel.calls(ScriptedModel.call("run_command", "command", List.of("sleep", "60"))));
            world.say(thread, "proceed");
            world.await(
                    "a command",
                    () -> world.ledger.events().stream()
                            .anyMatch(event ->
                                    event.facts().getOrDefault("what", "").startsWith("sleep 60")));

            world.say(thread, "stop");

            assertReceipt(world, thread, "held EXECUTE");
            assertEquals(before + 1, model.requests().size());
        }
    }

    private ModelWorld world(ScriptedModel model, boolean streaming) throws Exception {
        return new ModelWorld(
                folder,
                model,
                Scripts.NPM,
                new ModelWorld.Options(
                        streaming, ModelWorld.Options.USUAL.budget(), ModelWorld.Options.USUAL.timeout()));
    }

    static ThreadId planned(ModelWorld world, ScriptedModel.Reply plan) {
        world.model.then(Scripts.understands(), plan);
        ThreadId thread = world.ask("@saywhen total() is too low");
        world.awaitState(thread, "awaiting-authorization PLAN");
        return thread;
    }

    private static void assertReceipt(ModelWorld world, ThreadId thread, String state) {
        world.awaitState(thread, state);
        String receipt = world.saidWith(thread, "STOPPED, CONFIRMED. 1 run held");
        assertTrue(receipt.contains("stop"), receipt);
        assertEquals(List.of(), world.broken);
    }
}
