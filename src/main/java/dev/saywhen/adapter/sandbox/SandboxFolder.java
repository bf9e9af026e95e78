package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The few files of our own that a sandbox is made of, laid out in a folder of the service's, where no command can write.
 * What they hold is the same for all commands.
 */
final class SandboxFolder {
    private static final List<String> ETC =
            List.of("passwd", "group", "hosts", "nsswitch.conf", "settings-offline.xml", "settings-online.xml");

    private final Path folder;
    private final Optional<SystemCallFilter> filter = SystemCallFilter.forThisMachine();

    SandboxFolder(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        Files.createDirectories(root());
        Files.createDirectories(this.folder.resolve("etc"));
        for (String name : ETC) {
            Files.write(etc(name), resource("etc/" + name));
        }
        if (filter.isPresent()) {
            Files.write(this.folder.resolve("system-calls"), filter.get().program());
        }
    }

    /** An empty folder to mount a root on. Only the mount namespace of a command sees what is mounted there. */
    Path root() {
        return folder.resolve("root");
    }

    Path etc(String name) {
        return folder.resolve("etc").resolve(name);
    }

    /** The only settings Maven has inside, instead of the user's and the machine's, which may hold passwords. */
    Path settings(boolean sharesNetwork) {
        return etc(sharesNetwork ? "settings-online.xml" : "settings-offline.xml");
    }

    /** A file that holds the {@link SystemCallFilter}; none on a processor it is not written for. */
    Optional<Path> systemCallFilter() {
        return filter.map(any -> folder.resolve("system-calls"));
    }

    /** Opens the filter on descriptor 5 for a launcher, which loads it last. */
    List<String> withFilter(List<String> launcher) {
        return systemCallFilter()
                .map(file -> Stream.concat(
                                Stream.of("sh", "-c", "exec \"$@\" 5<\"$0\"", file.toString()), launcher.stream())
                        .toList())
                .orElse(launcher);
    }

    /** The number of the call that loads the filter, for a launcher that has to make the call itself. */
    Optional<String> filterPrctl() {
        return filter.map(any -> Integer.toString(any.prctl()));
    }

    static String script(String name) {
        try {
            return new String(resource(name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The script " + name + " is part of this program and cannot be read.", e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SandboxFolder.class.getResourceAsStream("/sandbox/" + name)) {
            return Objects.requireNonNull(in, "/sandbox/" + name).readAllBytes();
        }
    }
}
