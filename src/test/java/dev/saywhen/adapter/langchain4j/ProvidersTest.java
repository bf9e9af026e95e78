package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.adapter.langchain4j.ModelSetting.Provider;
import dev.saywhen.id.ThreadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Anthropic and Ollama, answered in the shapes that their documentation shows. */
@Tag("bubblewrap")
final class ProvidersTest {
    private static final Map<Provider, String> STREAMED = Map.of(Provider.ANTHROPIC, "sse", Provider.OLLAMA, "ndjson");
    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json", "sse", "text/event-stream; charset=utf-8", "ndjson", "application/x-ndjson");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ANTHROPIC,true", "ANTHROPIC,false", "OLLAMA,true", "OLLAMA,false"})
    void a_tool_is_called_and_its_result_goes_back(Provider provider, boolean streaming) throws Exception {
        String ending = streaming ? STREAMED.get(provider) : "json";
        try (ScriptedModel model = new ScriptedModel()
                        .then(recorded(provider, "reads", ending), recorded(provider, "asks", ending));
                ModelWorld world = world(model, provider, streaming)) {
            ThreadId thread = world.ask("total() is too low");

            assertTrue(
                    world.saidWith(thread, "The engineer thinks with scripted").contains("1. > Since when?"));
            assertEquals(streaming, model.requests().getFirst().path("stream").asBoolean());
            assertRoundTrip(provider, model);
            assertEquals(
                    List.of("472 89 false", "601 65 false"),
                    world.calls().stream()
                            .map(call -> call.read() + " " + call.written() + " " + call.estimated())
                            .toList());
        }
    }

    private static void assertRoundTrip(Provider provider, ScriptedModel model) {
        String head = model.heads().getLast().toLowerCase(Locale.ROOT);
        JsonNode request = model.requests().getLast();
        JsonNode messages = request.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        JsonNode called = messages.path(messages.size() - 2);
        switch (provider) {
            case ANTHROPIC -> {
                assertTrue(head.startsWith("post /v1/messages http"), head);
                assertTrue(head.contains("x-api-key: " + ModelWorld.KEY), head);
                assertTrue(
                        request.path("system").toString().contains("You are the backend engineer"), request::toString);
                JsonNode result = last.path("content").path(0);
                assertEquals("tool_result", result.path("type").asText());
                assertEquals(
                        "toolu_01T1x1fJ34qAmk2tNTrN7Up6",
                        result.path("tool_use_id").asText());
                assertTrue(result.toString().contains("items.slice(1)"), result::toString);
                assertTrue(called.toString().contains("\"toolu_01T1x1fJ34qAmk2tNTrN7Up6\""), called::toString);
            }
            case OLLAMA -> {
                assertTrue(head.startsWith("post /v1/api/chat http"), head);
                assertEquals("tool", last.path("role").asText());
                assertTrue(last.path("content").asText().contains("items.slice(1)"), last::toString);
                assertEquals(
                        "read_file",
                        called.path("tool_calls")
                                .path(0)
                                .path("function")
                                .path("name")
                                .asText());
            }
            case OPENAI -> throw new AssertionError("all the other tests are of this one");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC,true,401,1", "ANTHROPIC,false,401,1", "ANTHROPIC,true,429,4", "ANTHROPIC,false,429,4",
        "OLLAMA,true,401,1", "OLLAMA,false,401,1", "OLLAMA,true,429,4", "OLLAMA,false,429,4",
    })
    void a_refusal_holds_the_run_and_says_why(Provider provider, boolean streaming, int status, int asked)
            throws Exception {
        ScriptedModel.Reply refusal = ScriptedModel.status(status, text(provider, String.valueOf(status), "json"));
        try (ScriptedModel model = new ScriptedModel().then(refusal, refusal, refusal, refusal);
                ModelWorld world = world(model, provider, streaming)) {
            ThreadId thread = world.ask("total() is too low");

            String held =
                    world.saidWith(thread, "Held in ASK: The model (" + provider + " scripted) answers " + status);
            assertTrue(held.contains(status == 401 ? "Look at saywhen.model.api-key." : "`resume` tries again."), held);
            assertEquals(asked, model.requests().size());
            assertEquals(List.of(), world.calls());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "OPENAI", mode = EnumSource.Mode.EXCLUDE)
    void a_stop_in_the_middle_of_a_stream_closes_it(Provider provider) throws Exception {
        String ending = STREAMED.get(provider);
        String whole = text(provider, "reads", ending);
        String beginning = whole.substring(0, whole.indexOf("code first.") + "code first.".length());
        String lines =
                beginning + whole.substring(beginning.length(), whole.indexOf('\n', beginning.length()) + 1) + "\n";
        try (ScriptedModel model = new ScriptedModel();
                ModelWorld world = world(model, provider, true)) {
            model.then(model.hangsAfter(TYPES.get(ending), lines));
            ThreadId thread = world.ask("total() is too low");
            model.awaitHanging();

            world.say(thread, "stop");

            assertTrue(model.isLeft());
            world.awaitState(thread, "held ASK");
            world.saidWith(thread, "STOPPED, CONFIRMED. 1 run held");
            assertEquals(1, model.requests().size());
            world.await("what it came to", () -> !world.calls().isEmpty());
            assertTrue(world.calls().getFirst().estimated());
        }
    }

    private ModelWorld world(ScriptedModel model, Provider provider, boolean streaming) throws IOException {
        return new ModelWorld(
                folder,
                model,
                Scripts.NPM,
                ModelWorld.Options.USUAL.by(provider).streaming(streaming));
    }

    private static ScriptedModel.Reply recorded(Provider provider, String what, String ending) throws IOException {
        return ScriptedModel.raw(TYPES.get(ending), text(provider, what, ending));
    }

    private static String text(Provider provider, String what, String ending) throws IOException {
        return Files.readString(Path.of("src/test/resources/wire")
                .resolve(provider.name().toLowerCase(Locale.ROOT) + "-" + what + "." + ending));
    }
}
