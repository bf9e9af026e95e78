package dev.saywhen.adapter.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.saywhen.id.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A person's repository with a work tree, worked on with a person's git. */
final class UserRepository {
    private final Path root;

    private UserRepository(Path root) {
        this.root = root;
    }

    static UserRepository make(Path root) {
        return make(root, "--initial-branch=main");
    }

    static UserRepository make(Path root, String... options) {
        List<String> arguments = new ArrayList<>(List.of("init", "--quiet"));
        arguments.addAll(List.of(options));
        arguments.add(root.toString());
        git(Path.of("/"), arguments.toArray(String[]::new));
        return new UserRepository(root);
    }

    /** One with a first commit. */
    static UserRepository begun(Path root) {
        UserRepository made = make(root);
        made.commit("README.md", "hello\n");
        return made;
    }

    Path root() {
        return root;
    }

    Path gitDir() {
        return root.resolve(".git");
    }

    CommitId commit(String path, String content) {
        write(path, content);
        return commitAll("Change " + path);
    }

    CommitId commitAll(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "-m", message);
        return tip("HEAD");
    }

    void write(String path, String content) {
        try {
            Path file = RawPath.entry(root, path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ".");
            Files.createDirectories(file);
            Files.writeString(RawPath.entry(file, path.substring(path.lastIndexOf('/') + 1)), content);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    CommitId tip(String name) {
        return new CommitId(git("rev-parse", "--verify", name));
    }

    boolean has(String ref) {
        return !git("for-each-ref", ref).isEmpty();
    }

    String git(String... arguments) {
        return git(root, arguments);
    }

    static String git(Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=A Person",
                "-c",
                "user.email=person@example.org",
                "-c",
                "protocol.file.allow=always",
                "-c",
                "safe.directory=*"));
        words.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", words) + ": " + said);
            }
            return said;
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Every file under a folder with its content and rights, so that two moments can be compared. */
    static Map<String, String> snapshot(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isRegularFile(path) ? new String(Files.readAllBytes(path), UTF_8) : "folder";
                files.put(folder.relativize(path).toString(), what);
            }
            return files;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
