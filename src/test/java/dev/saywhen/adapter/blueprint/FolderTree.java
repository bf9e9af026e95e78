package dev.saywhen.adapter.blueprint;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder as the engineer sees it: a repository to read, a work tree to write. It runs no command. */
public final class FolderTree implements Actuator, Repository {
    private final Path root;

    public FolderTree(Path root) {
        this.root = root;
    }

    @Override
    public List<String> files() {
        return list("");
    }

    @Override
    public List<String> list(String folder) {
        Path below = root.resolve(folder);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(below)) {
            return walk.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> folder.startsWith("target") || !path.startsWith("target/"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public StopSwitch.Epoch epoch() {
        return Requests.BEGAN;
    }

    @Override
    public Optional<String> read(String path) {
        try {
            return Files.isRegularFile(root.resolve(path))
                    ? Optional.of(Files.readString(root.resolve(path)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void write(String path, String content) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public CommandResult run(CommandScope command) {
        throw new UnsupportedOperationException("nothing runs here: " + command);
    }

    @Override
    public ToolAnswer call(ToolScope tool, String code, String arguments) {
        throw new UnsupportedOperationException("nothing is called here: " + tool);
    }
}
