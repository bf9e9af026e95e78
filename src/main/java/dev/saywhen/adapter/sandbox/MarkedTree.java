package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes that carry a mark in their environment, and the descendants of the first. A process that leaves its parents
 * and empties its environment is not found: there is no namespace around it.
 */
final class MarkedTree implements ProcessTree {
    private static final int ROUNDS = 20;

    private final Optional<ProcessHandle> first;
    private final String mark;

    /**
     * @param mark name and value, as {@code NAME=value}
     */
    MarkedTree(Optional<ProcessHandle> first, String mark) {
        this.first = first;
        this.mark = mark;
    }

    /** In rounds, because whoever is not yet dead may start another. */
    @Override
    public int kill() {
        List<ProcessHandle> living = survivors();
        int alive = living.size();
        for (int round = 0; round < ROUNDS && !living.isEmpty(); round++) {
            living.forEach(ProcessHandle::destroyForcibly);
            living = survivors();
        }
        return alive;
    }

    @Override
    public List<ProcessHandle> survivors() {
        Stream<ProcessHandle> family =
                first.stream().flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
        return Stream.concat(family, ProcessHandle.allProcesses().filter(this::isMarked))
                .distinct()
                .filter(process -> !ProcessTree.isDead(process))
                .toList();
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return ('\0' + new String(environment, StandardCharsets.ISO_8859_1)).contains('\0' + mark + '\0');
        } catch (IOException notOurs) {
            return false;
        }
    }
}
