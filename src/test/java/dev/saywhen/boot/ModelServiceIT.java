package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.adapter.langchain4j.Recorded;
import dev.saywhen.adapter.langchain4j.ScriptedModel;
import dev.saywhen.adapter.sandbox.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service with a model: a seeded bug of a Maven repository, and a death in between. */
@Tag("bubblewrap")
final class ModelServiceIT {
    private static final String KEY = "sk-planted-0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void a_bug_is_fixed_test_first_in_the_local_chat_and_what_was_thought_before_a_crash_is_counted() throws Exception {
        Recorded recorded = Recorded.of("maven");
        Path home = folder.resolve("home");
        Path maven = Tools.find().orElseThrow().mavenHome();
        try (ScriptedModel model = new ScriptedModel().then(recorded.replies())) {
            String[] settings = settings(model, repository(recorded.repository()));
            String thread;
            try (ServiceProcess service = ServiceProcess.start(home, maven, settings)) {
                thread = service.post(null, "@saywhen basket: 10 % off 250 is still 250");
                service.awaitState(thread, "awaiting-authorization");
                String first = model.requests().getFirst().toString();
                assertTrue(first.contains("Money is a `long` of cents, never a `double`."), first);
                assertDoctorKnows(model, home, maven, settings);
            }
            try (ServiceProcess service = ServiceProcess.start(home, maven, settings)) {
                service.post(thread, "proceed");
                String done = service.awaitText(
                        thread, text -> text.startsWith("Done: take partial discounts off. 2 commits."));

                assertTrue(done.contains("Tests 5 run, 0 failed, 0 skipped."), done);
                int calls = recorded.replies().length;
                assertEquals(calls, model.requests().size());
                assertTrue(done.contains("%,d tokens, $0.0".formatted(calls * 1_050)), done);
                assertTrue(git("show", "saywhen/run-1:src/main/java/basket/Discount.java")
                        .contains("cents - cents * percent / 100;"));
                JsonNode trail = service.get("/api/runs/1/audit");
                assertEquals(
                        List.of("step 1 tests: red, exit 1", "step 1 check: green"),
                        ServiceProcess.stream(trail)
                                .map(one -> one.path("facts"))
                                .filter(facts -> facts.path("what").asText().startsWith("step 1 "))
                                .map(facts -> facts.path("what").asText() + ": "
                                        + facts.path("result").asText())
                                .toList());
                assertEquals(
                        calls,
                        ServiceProcess.stream(trail)
                                .filter(one -> one.path("type").asText().equals("model-called"))
                                .count());
                assertTrue(!trail.toString().contains(KEY)
                        && !service.texts(thread).toString().contains(KEY));
            }
        }
    }

    private static void assertDoctorKnows(ScriptedModel model, Path home, Path maven, String[] settings)
            throws IOException, InterruptedException {
        ServiceProcess.Ended doctor = ServiceProcess.ended(home, maven, List.of("doctor"), settings);
        assertEquals(0, doctor.exitCode(), doctor.text());
        assertTrue(doctor.text().contains("ok       model     scripted of openai at " + model.url()), doctor.text());
    }

    private static String[] settings(ScriptedModel model, Path repository) {
        String project = "saywhen.projects.\"basket\".";
        return new String[] {
            "saywhen.model.provider=openai",
            "saywhen.model.name=scripted",
            "saywhen.model.base-url=" + model.url(),
            "saywhen.model.api-key=" + KEY,
            "saywhen.model.input-price=2.00",
            "saywhen.model.output-price=8.00",
            project + "repository=" + repository,
            project + "approvers=anyone"
        };
    }

    private Path repository(Map<String, String> files) throws IOException, InterruptedException {
        Path repository = Files.createDirectories(folder.resolve("basket"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = repository.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git("init", "-q", "-b", "main");
        git("add", "--all");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "First");
        return repository;
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", folder.resolve("basket").toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, git.waitFor(), said);
        return said;
    }
}
