package dev.saywhen.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.adapter.discord.Discord;
import dev.saywhen.adapter.discord.Lack;
import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitProject;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.adapter.mcp.Look;
import dev.saywhen.adapter.sandbox.Lease;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.adapter.sandbox.Toolchain;
import dev.saywhen.adapter.sandbox.Tools;
import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.boot.postgres.Folders;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.ProjectName;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * {@code doctor}: what is there and what is missing, one line each; exit 1 when the main job could not run.
 *
 * <p>It looks at the machine and the configuration itself, and asks a living service what it hears. It changes nothing.
 */
final class Doctor implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PrintStream out;
    private boolean canWork = true;

    Doctor(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            System.err.println("./saywhen doctor takes no arguments but -- key=value");
            return 2;
        }
        canWork = true;
        Path home = HomeDatabase.home();
        ok("JDK", Runtime.version() + " at " + System.getProperty("java.home"));
        found("git", onPath("git").map(Path::toString), "is not installed. Install it with your package manager.");
        home(home);
        Optional<SaywhenConfig> config = configuration();
        Optional<Toolchain> tools = Tools.find();
        found(
                "Maven",
                tools.map(found -> found.mavenHome().toString()),
                "is not here. ./mvnw fetches one; or set MAVEN_HOME to one.");
        tools.ifPresent(this::sandbox);
        database(home);
        config.map(SaywhenConfig::projects).ifPresent(this::projects);
        config.ifPresent(this::chats);
        config.map(SaywhenConfig::model).ifPresent(this::model);
        config.ifPresent(this::servers);
        service(home);
        return canWork ? 0 : 1;
    }

    private void model(SaywhenConfig.Model model) {
        try {
            ok("model", ConfiguredModel.told(model));
        } catch (StartRefused refused) {
            missing("model", String.valueOf(refused.getMessage()));
        }
    }

    /** One that is away keeps nobody from working. */
    private void servers(SaywhenConfig config) {
        try {
            new ConfiguredServers(config).all().forEach(server -> line("note", "mcp", Look.at(server)));
        } catch (StartRefused refused) {
            missing("mcp", String.valueOf(refused.getMessage()));
        }
    }

    private void home(Path home) {
        Path there = home;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (Files.isDirectory(there) && Files.isWritable(there)) {
            ok("home", home + (Files.exists(home) ? "" : ", made at the first start"));
        } else {
            missing("home", "saywhen.home=" + home + " cannot be written. Choose another: -- saywhen.home=FOLDER");
        }
    }

    /** Reads it as the service would, unknown keys included. */
    private Optional<SaywhenConfig> configuration() {
        try {
            SmallRyeConfig config = new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDefaultSources()
                    .addDiscoveredSources()
                    .addDiscoveredConverters()
                    .withMapping(SaywhenConfig.class)
                    .build();
            SaywhenConfig read = config.getConfigMapping(SaywhenConfig.class);
            ok("settings", "every key and value is understood");
            return Optional.of(read);
        } catch (ConfigValidationException wrong) {
            for (int i = 0; i < wrong.getProblemCount(); i++) {
                String message = wrong.getProblem(i).getMessage();
                missing("settings", StartFailure.configuration(message).orElse(message));
            }
            return Optional.empty();
        }
    }

    private void sandbox(Toolchain tools) {
        String level = setting("saywhen.sandbox.level").orElse("auto");
        Path folder = null;
        try (Lease lease = new Lease(Duration.ofSeconds(15))) {
            folder = Files.createTempDirectory("saywhen-doctor");
            ProvenSandbox sandbox = new ProvenSandbox(
                    SandboxLevel.valueOf(level.toUpperCase(Locale.ROOT)).choose(tools, folder, lease));
            if (sandbox.isAvailable()) {
                ok("sandbox", "commands are " + sandbox.isolation());
            } else {
                missing("sandbox", sandbox.isolation() + " Install bubblewrap.");
            }
        } catch (IllegalArgumentException unknown) {
            missing("sandbox", "saywhen.sandbox.level is auto, bubblewrap, unshare or none, not \"" + level + "\"");
        } catch (IOException broken) {
            missing("sandbox", "cannot be tried: " + broken.getMessage());
        } finally {
            removed(folder);
        }
    }

    private static void removed(@Nullable Path folder) {
        if (folder != null) {
            try {
                Folders.removeTree(folder);
            } catch (IOException left) {
                System.err.println(folder + " cannot be removed: " + left.getMessage());
            }
        }
    }

    private void database(Path home) {
        Optional<String> url = setting("quarkus.datasource.jdbc.url");
        if (url.isEmpty()) {
            ok(
                    "database",
                    EmbeddedServer.running(home, "saywhen").isPresent()
                            ? "the embedded PostgreSQL runs, " + home.resolve("postgres")
                            : "an embedded PostgreSQL starts with the service, " + home.resolve("postgres"));
            return;
        }
        String shown = url.get().replaceAll("[?].*", "");
        DatabaseAccess access = new DatabaseAccess(
                url.get(),
                setting("quarkus.datasource.username").orElse(""),
                setting("quarkus.datasource.password").orElse(""));
        try (Connection connection = access.login()) {
            ok(
                    "database",
                    shown + ", " + connection.getMetaData().getDatabaseProductName() + " "
                            + connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException unreachable) {
            missing(
                    "database",
                    "quarkus.datasource.jdbc.url=" + shown + " cannot be used: "
                            + String.valueOf(unreachable.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        }
    }

    private void projects(Map<String, SaywhenConfig.Project> projects) {
        if (projects.isEmpty()) {
            ok("project", "demo, made by itself; anyone of the local chat may say yes; talked about in #general");
        }
        projects.forEach((name, project) -> {
            // Into a clone of the doctor's own: a living service may be using its one.
            Path folder = null;
            try {
                folder = Files.createTempDirectory("saywhen-doctor");
                GitProject one = new GitProject(new ProjectName(name), project.repository(), project.branch());
                GitCommand git = new GitCommand(folder.resolve("git"));
                var base = new GitWorkspace(List.of(one), folder, git, Clock.systemUTC()).base(one.name());
                List<String> approvers = project.approvers().orElse(List.of());
                String who = approvers.isEmpty()
                        ? "NOBODY may say yes: set saywhen.projects.\"" + name + "\".approvers"
                        : String.join(", ", approvers) + " may say yes";
                ok(
                        "project",
                        name + ", " + project.branch() + " at " + base.commit().brief() + "; " + who
                                + "; talked about in #" + String.join(", #", project.channels()));
            } catch (RepositoryUnreadable | IllegalArgumentException | IOException wrong) {
                missing("project", name + ": " + wrong.getMessage());
            } finally {
                removed(folder);
            }
        });
    }

    /** Asks each chat as a start would; nothing is joined or said, and no connection is opened. */
    void chats(SaywhenConfig config) {
        List<String> channels = ConfiguredSlack.channels(config);
        try (Slack slack = connected("slack", () -> ConfiguredSlack.connected(config, Clock.systemUTC()));
                Discord discord = connected("discord", () -> ConfiguredDiscord.connected(config, Clock.systemUTC()))) {
            if (slack != null) {
                Predicate<String> has = discord == null
                        ? null
                        : channel -> !discord.lacks(channel).isEmpty();
                slack(slack, channels, new OtherChat("Discord", ConfiguredDiscord.isConfigured(config.discord()), has));
            }
            if (discord != null) {
                Predicate<String> has = slack == null
                        ? null
                        : channel -> slack.notHeard(List.of(channel)).isEmpty();
                discord(discord, channels, new OtherChat("Slack", ConfiguredSlack.isConfigured(config.slack()), has));
            }
        }
    }

    private <C> @Nullable C connected(String chat, Supplier<Optional<C>> connecting) {
        try {
            return connecting.get().orElse(null);
        } catch (StartRefused refused) {
            missing(chat, String.valueOf(refused.getMessage()));
            return null;
        }
    }

    private void slack(Slack slack, List<String> channels, OtherChat discord) {
        List<String> notIn = channels.stream()
                .filter(channel -> !slack.notHeard(List.of(channel)).isEmpty())
                .toList();
        List<String> nowhere = discord.without(notIn);
        String hears =
                slack.heard().isEmpty() ? "no channel yet: /invite the bot" : "#" + String.join(", #", slack.heard());
        String line = "team " + slack.team().value() + ", the bot is in " + hears;
        tell(
                nowhere.isEmpty(),
                "slack",
                nowhere.isEmpty() ? line : line + "; NOT in [#" + String.join(", #", nowhere) + "]: /invite it there");
        notHere("slack", "the bot is not in #", notIn, nowhere, discord);
    }

    private void discord(Discord discord, List<String> channels, OtherChat slack) {
        String hears = discord.heard().isEmpty()
                ? "no channel yet: invite the bot and let its role view one"
                : "#" + String.join(", #", discord.heard());
        ok("discord", discord.teams().size() + " server(s), hears " + hears);
        channels.forEach(channel -> discord.lacks(channel).forEach(this::lack));
        List<String> notIn = channels.stream()
                .filter(channel -> discord.lacks(channel).isEmpty())
                .toList();
        List<String> nowhere = slack.without(notIn);
        nowhere.forEach(channel ->
                missing("discord", "#" + channel + " is in no server of the bot's: make it, or invite the bot there"));
        notHere("discord", "no server of the bot's has #", notIn, nowhere, slack);
    }

    private void notHere(String chat, String what, List<String> notIn, List<String> nowhere, OtherChat other) {
        notIn.stream()
                .filter(channel -> !nowhere.contains(channel))
                .forEach(channel -> line("note", chat, what + channel + "; " + other.told()));
    }

    /** Permissions that the bot's role lacks in a project's channel. */
    private void lack(Lack lack) {
        if (!lack.toWork().isEmpty()) {
            missing(
                    "discord",
                    "in " + lack.channel() + " the bot's role lacks " + String.join(", ", lack.toWork()) + ": "
                            + Lack.whereToAllow());
        }
        if (!lack.beside().isEmpty()) {
            ok(
                    "discord",
                    "in " + lack.channel() + " the bot's role lacks " + String.join(", ", lack.beside())
                            + "; runs go on without");
        }
    }

    /** What a living service hears; without one nothing is heard, which is no fault of the machine. */
    private void service(Path home) {
        Optional<String> address = address(home);
        if (address.isEmpty()) {
            ok("service", "does not run; ./saywhen starts it");
            ok("hearing", "nothing while it does not run; the local chat from its start on");
            return;
        }
        try {
            JsonNode said = readiness(address.get());
            ok("service", address.get() + ": " + said.path("status").asText());
            boolean ready = said.path("ready").asBoolean();
            for (JsonNode ear : said.path("hearing")) {
                String deaf = ear.path("notHeard").isEmpty() ? "" : "; NOT heard: " + ear.path("notHeard");
                String line = ear.path("platform").asText() + ", team "
                        + ear.path("team").asText() + ", node "
                        + ear.path("node").asText() + ", last heard "
                        + ear.path("lastHeard").asText("never") + deaf;
                tell(ready, "hearing", line);
            }
            JsonNode drill = said.path("lastDrill");
            ok("drill", drill.isObject() ? drill.toString() : "a stop was not tried since the start");
        } catch (IOException silent) {
            missing(
                    "service",
                    address.get() + " does not answer (" + silent.getMessage() + "). If it is gone, remove "
                            + home.resolve("address") + "; if it hangs: ./saywhen stop");
        }
    }

    private static JsonNode readiness(String address) throws IOException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/stop/readiness"))
                    .timeout(PATIENCE)
                    .build();
            return new ObjectMapper()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    private static Optional<String> setting(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    }

    private static Optional<String> address(Path home) {
        try {
            return Files.readAllLines(home.resolve("address")).stream().findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void found(String what, Optional<String> where, String otherwise) {
        where.ifPresentOrElse(there -> ok(what, there), () -> missing(what, otherwise));
    }

    private void ok(String what, String how) {
        tell(true, what, how);
    }

    private void missing(String what, String how) {
        tell(false, what, how);
    }

    private void tell(boolean isThere, String what, String how) {
        canWork &= isThere;
        line(isThere ? "ok" : "MISSING", what, how);
    }

    private void line(String verdict, String what, String how) {
        out.printf("%-8s %-9s %s%n", verdict, what, how);
    }
}
