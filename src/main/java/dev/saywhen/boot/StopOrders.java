package dev.saywhen.boot;

import dev.saywhen.flow.Inbox;
import dev.saywhen.id.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes STOPs that {@code ./saywhen stop} left as files in the home. A file that is gone was carried out. */
final class StopOrders {
    private static final Logger LOG = Logger.getLogger(StopOrders.class);

    private final Path folder;
    private final Inbox inbox;

    StopOrders(Path folder, Inbox inbox) {
        this.folder = folder;
        this.inbox = inbox;
    }

    /** Carries out what lies there. An order that cannot be read counts for everything. */
    void look() {
        for (Path file : files()) {
            String by = "host";
            RunId run = null;
            try (var reader = Files.newBufferedReader(file)) {
                Properties order = new Properties();
                order.load(reader);
                by = order.getProperty("by", by);
                run = run(order.getProperty("run", ""));
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warnf("The stop order %s cannot be read; every run is held (%s)", file, unreadable);
            }
            inbox.stop(by, run, "the host");
            try {
                Files.deleteIfExists(file);
            } catch (IOException left) {
                LOG.errorf("The stop order %s was carried out and cannot be removed (%s)", file, left);
            }
        }
    }

    private static @Nullable RunId run(String name) {
        return name.isBlank() ? null : RunId.parse(name.strip());
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            LOG.errorf("The folder of stop orders %s cannot be read (%s)", folder, unreadable);
            return List.of();
        }
    }
}
