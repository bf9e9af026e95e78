package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.app_backend.SlackSignature;
import dev.saywhen.adapter.slack.FakeSlack;
import dev.saywhen.boot.ServiceProcess.Ended;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built service on Slack, from the first mention to taking the run back, by typed words alone. */
final class SlackServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** How events come. */
    private enum Way {
        SOCKET_MODE("saywhen.slack.app-token=xapp-1"),
        HTTP("saywhen.slack.signing-secret=" + SECRET);

        private final String setting;

        Way(String setting) {
            this.setting = setting;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void a_run_is_planned_stopped_resumed_completed_and_taken_back_in_slack(Way way) throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeSlack slack = new FakeSlack(InstantSource.system());
                ServiceProcess service = ServiceProcess.start(folder.resolve("home"), maven, settings(slack, way))) {
            Queue<Integer> refused = new ConcurrentLinkedQueue<>();
            switch (way) {
                case SOCKET_MODE ->
                    await("connections", () -> slack.isConnected() ? Optional.of(true) : Optional.empty());
                case HTTP -> slack.deliverTo(event -> deliver(service, event, refused));
            }
            String thread = slack.post(
                    FakeSlack.CHANNEL, FakeSlack.ANA, "<@U0SAYWHEN> Note: text string required max 200", null);
            awaitState(service, "asking");
            say(slack, thread, "plan");
            awaitState(service, "awaiting-authorization");
            String head = slack.shown(FakeSlack.CHANNEL, thread).getLast();
            assertTrue(head.endsWith("\nShould I begin implementation of the proposed backend architecture?"), head);

            slack.post(FakeSlack.OTHER_CHANNEL, FakeSlack.MEI, "STOP the agent please", null);
            awaitState(service, "held");
            awaitShown(slack, thread, "STOPPED, CONFIRMED. 1 run held");
            say(slack, thread, "resume");
            awaitState(service, "awaiting-authorization");
            say(slack, thread, "proceed r2");
            awaitState(service, "completed");
            awaitShown(slack, thread, "Done: ");

            say(slack, thread, "undo");
            awaitState(service, "awaiting-authorization");
            say(slack, thread, "proceed r3");
            awaitShown(slack, thread, "Done: run 1 is taken back.");
            await("acknowledgements", () -> slack.unacknowledged() == 0 ? Optional.of(0) : Optional.empty());
            assertEquals(List.of(), List.copyOf(refused));

            JsonNode ear = service.get("/api/stop/readiness").path("hearing").path(0);
            assertEquals(
                    "slack T0TEAM",
                    ear.path("platform").asText() + " " + ear.path("team").asText());
            assertTrue(ear.path("lastHeard").isTextual(), ear::toString);
            assertTrue(
                    metrics(service).contains("saywhen_hearing_gaps_total{platform=\"slack\",team=\"T0TEAM\"} 0.0"),
                    metrics(service));
            Ended doctor = ServiceProcess.ended(folder.resolve("home"), maven, List.of("doctor"), settings(slack, way));
            assertTrue(
                    doctor.text().contains("ok       slack     team T0TEAM, the bot is in #inc-412, #orders-dev"),
                    doctor.text());
        }
    }

    @Test
    void a_token_that_slack_refuses_stops_the_start_with_one_line() throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeSlack slack = new FakeSlack(InstantSource.system())) {
            slack.refuse("auth.test", "invalid_auth");
            Ended start =
                    ServiceProcess.ended(folder.resolve("home"), maven, List.of(), settings(slack, Way.SOCKET_MODE));
            assertEquals(1, start.exitCode(), start.text());
            assertEquals(
                    "saywhen.slack.bot-token: Slack does not take auth.test: invalid_auth."
                            + " Copy the token anew from the app's page, see docs/slack.md.\n",
                    start.text());
        }
    }

    @Test
    void the_doctor_says_in_one_line_what_is_wrong_with_slack() throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeSlack slack = new FakeSlack(InstantSource.system())) {
            slack.refuse("auth.test", "account_inactive");
            assertEquals(
                    "saywhen.slack.bot-token: Slack does not take auth.test: account_inactive."
                            + " Copy the token anew from the app's page, see docs/slack.md.",
                    ofSlack(slack, maven));
            slack.refuse("auth.test", "");
            slack.lose(FakeSlack.CHANNEL, "channel_archive");
            assertEquals(
                    "team T0TEAM, the bot is in #inc-412; NOT in [#orders-dev]: /invite it there",
                    ofSlack(slack, maven));
            slack.withdraw("mpim:history");
            assertEquals(
                    "saywhen.slack.bot-token: Slack does not take this token: missing_scope. The app lacks the scope"
                            + " mpim:history: paste bot-manifest.yml again and reinstall the app.",
                    ofSlack(slack, maven));
        }
    }

    /** What the doctor says of Slack, if it is one line and the doctor says that the main job cannot run. */
    private String ofSlack(FakeSlack slack, Path maven) throws IOException, InterruptedException {
        Ended doctor = ServiceProcess.ended(
                folder.resolve("home"), maven, List.of("doctor"), settings(slack, Way.SOCKET_MODE));
        assertEquals(1, doctor.exitCode(), doctor.text());
        List<String> lines =
                doctor.text().lines().filter(line -> line.contains(" slack  ")).toList();
        assertEquals(1, lines.size(), doctor.text());
        return lines.getFirst().replaceFirst("MISSING +slack +", "");
    }

    private static String metrics(ServiceProcess service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/q/metrics"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** As Slack does, signed; an answer that is no yes is kept. */
    private static void deliver(ServiceProcess service, JsonNode event, Queue<Integer> refused) {
        String body = event.toString();
        String now = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/slack/events"))
                .header("Content-Type", "application/json")
                .header("X-Slack-Request-Timestamp", now)
                .header("X-Slack-Signature", new SlackSignature.Generator(SECRET).generate(now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                refused.add(status);
            }
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException("an event could not be delivered", broken);
        }
    }

    private String[] settings(FakeSlack slack, Way way) throws IOException, InterruptedException {
        String project = "saywhen.projects.\"orders\".";
        return new String[] {
            "saywhen.slack.bot-token=xoxb-1",
            way.setting,
            "saywhen.slack.api-url=" + slack.apiUrl(),
            project + "repository=" + repository(),
            project + "channels=orders-dev",
            project + "approvers=slack:T0TEAM:U0ANAAA"
        };
    }

    private Path repository() throws IOException, InterruptedException {
        Path repository = folder.resolve("orders");
        if (!Files.exists(repository)) {
            Files.createDirectories(repository);
            Files.writeString(repository.resolve("README.md"), "orders\n");
            git(repository, "init", "-q", "-b", "main");
            git(repository, "add", ".");
            git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "First");
        }
        return repository;
    }

    private static void git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static void say(FakeSlack slack, String thread, String text) {
        slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, text, thread);
    }

    private static void awaitState(ServiceProcess service, String state) {
        await(
                state,
                () -> Optional.of(service.get("/api/runs").path(0).path("state").asText())
                        .filter(state::equals));
    }

    private static void awaitShown(FakeSlack slack, String thread, String beginning) {
        await(
                "\"" + beginning + "\"",
                () -> slack.shown(FakeSlack.CHANNEL, thread).stream()
                        .filter(text -> text.startsWith(beginning))
                        .findFirst());
    }

    private static <T> void await(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (look.get().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not seen within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
