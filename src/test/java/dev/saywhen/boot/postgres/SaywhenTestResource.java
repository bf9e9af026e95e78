package dev.saywhen.boot.postgres;

import dev.saywhen.boot.home.Home;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code main} does before the application, for tests, which do not run it: a home and an embedded server of its
 * own. One for all Quarkus tests of a run, as a second one would cost a second start of everything:
 * {@code @WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)}.
 */
public final class SaywhenTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable Home home;
    private @Nullable EmbeddedServer server;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("saywhen-test");
            // The programs are unpacked once and kept beside the build.
            Files.createSymbolicLink(
                    folder.resolve("cache"),
                    Files.createDirectories(Path.of("target/test-cache")).toAbsolutePath());
            Home claimed = Home.claim(folder);
            home = claimed;
            EmbeddedServer started = EmbeddedServer.start(claimed);
            server = started;
            // A test run that is interrupted does not reach stop().
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "end of test server"));
            DatabaseAccess access = started.database("saywhen");
            started.database("demo");
            return Map.of(
                    "saywhen.home", claimed.path().toString(),
                    "quarkus.datasource.jdbc.url", access.url(),
                    "quarkus.datasource.username", access.username(),
                    "quarkus.datasource.password", access.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void stop() {
        Home claimed = home;
        if (claimed == null) {
            return;
        }
        home = null;
        if (server != null) {
            server.close();
        }
        claimed.close();
        try {
            Folders.removeTree(claimed.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
