package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.ThreadId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seeded bug of an npm repository, fixed test first through all six phases; one of Maven is mended by the built service. */
@Tag("bubblewrap")
final class WholeRunWithAModelTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @Tag("node")
    @ValueSource(booleans = {true, false})
    void a_bug_is_asked_about_planned_fixed_test_first_reviewed_and_documented(boolean streaming) throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world =
                        new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.streaming(streaming))) {
            model.then(Scripts.understands("Are negative prices possible? I would take: no."));
            ThreadId thread = world.ask("total() is too low");
            String asked = world.saidWith(thread, "The engineer thinks with scripted");
            assertTrue(asked.contains("- > total() leaves out the first item"), asked);
            assertTrue(asked.contains("1. > Are negative prices possible?"), asked);

            model.then(Scripts.understands(), Scripts.plans());
            world.say(thread, "1 no");
            String head = world.saidWith(thread, "Plan r1, shop: count the first item");
            assertTrue(head.contains("At most 20 min, 2,000,000 model tokens."), head);
            world.awaitState(thread, "awaiting-authorization PLAN");
            model.then(Scripts.works());
            world.say(thread, "proceed");

            String done = world.saidWith(thread, "Done: count the first item. 2 commits.");
            assertTrue(done.contains("Tests 2 run, 0 failed, 0 skipped."), done);
            assertTrue(done.contains("> It does what the plan says."), done);
            assertTrue(done.contains("12,600 tokens, $0.03"), done);
            assertEquals(Scripts.MENDED, world.git("show", "saywhen/run-1:lib/total.js"));
            assertEquals(Scripts.BUGGY, world.git("show", "main:lib/total.js"));
            List<String> first = ScriptedModel.tools(model.requests().getFirst());
            assertTrue(
                    first.stream().noneMatch(List.of("write_file", "edit_file", "run_command", "run_tests")::contains));
            assertEquals(List.of(), world.broken);
        }
    }

    @Test
    @Tag("node")
    void a_bug_of_an_npm_repository_is_fixed_by_words_in_slack() throws Exception {
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world =
                        new ModelWorld(folder, model, Scripts.NPM, ModelWorld.Options.USUAL.in(SlackPlace::new))) {
            model.then(Scripts.understands("Are negative prices possible? I would take: no."));
            ThreadId thread = world.ask("total() is too low");
            world.saidWith(thread, "The engineer thinks with scripted");

            model.then(Scripts.understands(), Scripts.plans());
            world.say(thread, "1 no");
            world.saidWith(thread, "Plan r1, shop: count the first item");
            world.awaitState(thread, "awaiting-authorization PLAN");
            model.then(Scripts.works());
            world.say(thread, "proceed");

            String done = world.saidWith(thread, "Done: count the first item. 2 commits.");
            assertTrue(done.contains("Tests 2 run, 0 failed, 0 skipped."), done);
            assertEquals(Scripts.MENDED, world.git("show", "saywhen/run-1:lib/total.js"));
            assertEquals(List.of(), world.broken);
        }
    }
}
