package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.adapter.discord.FakeDiscord;
import dev.saywhen.boot.ServiceProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built service on Discord, from the first mention to taking the run back, by typed words alone. */
final class DiscordServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void a_run_is_planned_stopped_resumed_completed_and_taken_back_in_discord() throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeDiscord discord = new FakeDiscord(InstantSource.system());
                ServiceProcess service = ServiceProcess.start(folder.resolve("home"), maven, settings(discord))) {
            await("a connection", () -> discord.isConnected() ? Optional.of(true) : Optional.empty());
            String thread = discord.post(
                    FakeDiscord.CHANNEL,
                    FakeDiscord.ANA,
                    "<@" + FakeDiscord.BOT + "> Note: text string required max 200");
            awaitState(service, "asking");
            awaitShown(discord, thread, "");
            say(discord, thread, "plan");
            awaitState(service, "awaiting-authorization");
            String head = discord.shown(thread).getLast();
            assertTrue(head.endsWith("\nShould I begin implementation of the proposed backend architecture?"), head);

            discord.post(FakeDiscord.OTHER_CHANNEL, FakeDiscord.MEI, "STOP the agent please");
            awaitState(service, "held");
            awaitShown(discord, thread, "STOPPED, CONFIRMED. 1 run held");
            say(discord, thread, "resume");
            awaitState(service, "awaiting-authorization");
            say(discord, thread, "proceed r2");
            awaitState(service, "completed");
            awaitShown(discord, thread, "Done: ");

            say(discord, thread, "undo");
            awaitState(service, "awaiting-authorization");
            say(discord, thread, "proceed r3");
            awaitShown(discord, thread, "Done: run 1 is taken back.");

            JsonNode ear = service.get("/api/stop/readiness").path("hearing").path(0);
            assertEquals(
                    "discord " + FakeDiscord.GUILD,
                    ear.path("platform").asText() + " " + ear.path("team").asText());
            assertTrue(ear.path("lastHeard").isTextual(), ear::toString);
            discord.deny(FakeDiscord.CHANNEL, "Send Messages in Threads", "Attach Files");
            Ended doctor = ServiceProcess.ended(folder.resolve("home"), maven, List.of("doctor"), settings(discord));
            assertTrue(doctor.text().contains("""
                                    ok       discord   1 server(s), hears #inc-412, #orders-dev, #tasks
                                    MISSING  discord   in #orders-dev the bot's role lacks Send Messages in Threads: \
                                    Server Settings > Roles, or the channel's settings > Permissions
                                    ok       discord   in #orders-dev the bot's role lacks Attach Files; runs go on without
                                    """), doctor.text());
        }
    }

    @Test
    void a_token_that_discord_refuses_stops_the_start_with_one_line() throws Exception {
        Path maven = ScriptedMaven.working(folder.resolve("maven"));
        try (FakeDiscord discord = new FakeDiscord(InstantSource.system())) {
            discord.refuse("GET users/@me", 401, 0);
            Ended start = ServiceProcess.ended(folder.resolve("home"), maven, List.of(), settings(discord));
            assertEquals(1, start.exitCode(), start.text());
            assertEquals(
                    "saywhen.discord.token: Discord does not take GET users/@me: 401 refused."
                            + " Copy the token anew from the application's page, see docs/discord.md.\n",
                    start.text());
        }
    }

    private String[] settings(FakeDiscord discord) throws IOException, InterruptedException {
        String project = "saywhen.projects.\"orders\".";
        return new String[] {
            "saywhen.discord.token=a-token",
            "saywhen.discord.api-url=" + discord.apiUrl(),
            "saywhen.discord.gateway-url=" + discord.gatewayUrl(),
            project + "repository=" + repository(),
            project + "channels=orders-dev",
            project + "approvers=discord:" + FakeDiscord.GUILD + ":" + FakeDiscord.ANA
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

    private static void say(FakeDiscord discord, String thread, String text) {
        discord.post(thread, FakeDiscord.ANA, text);
    }

    private static void awaitState(ServiceProcess service, String state) {
        await(
                state,
                () -> Optional.of(service.get("/api/runs").path(0).path("state").asText())
                        .filter(state::equals));
    }

    private static void awaitShown(FakeDiscord discord, String thread, String beginning) {
        await(
                "\"" + beginning + "\"",
                () -> discord.shown(thread).stream()
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
