package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.id.ThreadId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A STOP while the model thinks: the server sees that it was left, and is asked nothing more. */
@Tag("bubblewrap")
final class StoppedThoughtTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void an_answer_is_cut_off_while_the_engineer_asks(boolean streaming, boolean begun) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, streaming)) {
            model.then(model.hangs(begun));
            ThreadId thread = world.ask("total() is too low");
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
            world.await("what it came to", () -> world.calls().getLast().estimated());
            AuditEvent.ModelCalled cut = world.calls().getLast();
            assertTrue(cut.account().equals("r1 step 1") && cut.read() > 100, cut::toString);
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

    @Test
    void between_two_calls_no_later_call_is_made() throws Exception {
        PausingTool tool = new PausingTool();
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.with(tool))) {
            ThreadId thread = planned(world, Scripts.plans());
            int before = model.requests().size();
            model.then(ScriptedModel.calls(ScriptedModel.call("pause")), Scripts.finishes());
            world.say(thread, "proceed");
            tool.awaitUse();

            world.say(thread, "stop");
            tool.goOn();

            assertReceipt(world, thread, "held EXECUTE");
            assertEquals(before + 1, model.requests().size());
            assertTrue(model.isAlone());
        }
    }

    @Test
    void a_pause_before_another_attempt_is_cut_off() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = new ModelWorld(
                        folder, model, Scripts.NPM, ModelWorld.Options.USUAL.backOff(Duration.ofMinutes(5)))) {
            model.then(ScriptedModel.status(429));
            ThreadId thread = world.ask("total() is too low");
            world.await(
                    "a failed call",
                    () -> world.ledger.events().stream()
                            .anyMatch(event ->
                                    event.facts().getOrDefault("what", "").equals("model call failed")));

            world.say(thread, "stop");

            assertReceipt(world, thread, "held ASK");
            assertEquals(1, model.requests().size());
            assertTrue(model.isAlone());
        }
    }

    private ModelWorld world(ScriptedModel model, boolean streaming) throws Exception {
        return new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.streaming(streaming));
    }

    static ThreadId planned(ModelWorld world, ScriptedModel.Reply plan) {
        world.model.then(Scripts.understands(), plan);
        ThreadId thread = world.ask("total() is too low");
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
