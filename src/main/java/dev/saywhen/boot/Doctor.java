package dev.saywhen.boot;

import dev.saywhen.adapter.sandbox.Lease;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.adapter.sandbox.Toolchain;
import dev.saywhen.adapter.sandbox.Tools;
import dev.saywhen.boot.postgres.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** {@code doctor}: what is there and what is missing; exit 1 when the main job could not run. */
final class Doctor implements Command {
    private boolean canWork = true;

    @Override
    public int run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            System.err.println("./saywhen doctor takes no arguments but -- key=value");
            return 2;
        }
        canWork = true;
        Path home = HomeDatabase.home();
        tell("JDK", true, Runtime.version() + " at " + System.getProperty("java.home"));
        Optional<Path> git = onPath("git");
        tell("git", git.isPresent(), git.map(Path::toString).orElse("missing; install git"));
        Optional<Toolchain> tools = Tools.find();
        tell(
                "Maven",
                tools.isPresent(),
                tools.map(found -> found.mavenHome().toString())
                        .orElse("missing; ./mvnw fetches one, or set MAVEN_HOME"));
        tools.ifPresent(found -> sandbox(found, home));
        tell(
                "database",
                true,
                ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                        .map(url -> "external, " + url.replaceAll("[?].*", ""))
                        .orElseGet(() -> EmbeddedServer.running(home, "saywhen").isPresent()
                                ? "embedded, running, " + home.resolve("postgres")
                                : "embedded, started with the service, " + home.resolve("postgres")));
        tell("model", true, "none (blueprint: CRUD-shaped services)");
        tell("platforms", true, "local chat; it hears as long as the service lives");
        tell(
                "service",
                true,
                address(home).map(address -> "listens on " + address).orElse("not running"));
        return canWork ? 0 : 1;
    }

    private void sandbox(Toolchain tools, Path home) {
        String level = ConfigProvider.getConfig()
                .getOptionalValue("saywhen.sandbox.level", String.class)
                .orElse("auto");
        try (Lease lease = new Lease(Duration.ofSeconds(15))) {
            Path folder = Files.createTempDirectory("saywhen-doctor");
            ProvenSandbox sandbox = new ProvenSandbox(
                    SandboxLevel.valueOf(level.toUpperCase(Locale.ROOT)).choose(tools, folder, lease));
            tell(
                    "sandbox",
                    sandbox.isAvailable(),
                    sandbox.isolation() + (sandbox.isAvailable() ? "" : " Install bubblewrap."));
        } catch (IOException | IllegalArgumentException broken) {
            tell("sandbox", false, "cannot be tried: " + broken.getMessage());
        }
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

    private void tell(String what, boolean isThere, String how) {
        canWork &= isThere;
        System.out.printf("%-8s %-10s %s%n", isThere ? "ok" : "MISSING", what, how);
    }
}
