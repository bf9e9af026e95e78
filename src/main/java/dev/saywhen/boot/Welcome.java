package dev.saywhen.boot;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The first lines: where the service is and what to type.
 *
 * <p>Said when the HTTP server listens, which is the last thing to start: what observes the start-up event has run.
 */
@ApplicationScoped
@UnlessBuildProfile("test")
final class Welcome {
    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private final String host;
    private final String name;
    private final Path home;

    Welcome(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "saywhen.name", defaultValue = "saywhen") String name,
            @ConfigProperty(name = "saywhen.home") Path home) {
        this.host = host;
        this.name = name;
        this.home = home;
    }

    void say(@ObservesAsync HttpServerStart listening, HttpServer server) {
        String shown = host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host;
        String address = "http://" + shown + ":" + server.getPort();
        noteAddress(address);
        System.out.print(text(address, name));
    }

    static String text(String address, String name) {
        return """
                Saywhen is ready on %1$s
                Open it and type: @%2$s demo: a library of books with loans
                From a terminal:  curl -H 'Content-Type: application/json' %1$s/api/local/messages \\
                  -d '{"channel":"general","author":"you","text":"@%2$s demo: a library of books with loans"}'
                It asks, plans and waits for an exact yes. To halt it, type stop there or run ./saywhen stop.
                Ctrl-C ends the service.
                """.formatted(address, name);
    }

    private void noteAddress(String address) {
        try {
            Path aside = home.resolve("address.new");
            Files.writeString(aside, address + "\n");
            Files.move(aside, home.resolve("address"), ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            // `./saywhen stop` then goes by its file alone.
            LOG.warnf("The address could not be noted in saywhen.home=%s (%s)", home, e);
        }
    }
}
