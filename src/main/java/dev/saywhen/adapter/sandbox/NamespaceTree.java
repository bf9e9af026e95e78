package dev.saywhen.adapter.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of a process namespace, by its first process: a process that loses its parent becomes the first one's child,
 * so all are its descendants. When it is killed the kernel kills every other, and it is not gone before the last of them is.
 */
final class NamespaceTree implements ProcessTree {
    private final Optional<ProcessHandle> first;

    NamespaceTree(Optional<ProcessHandle> first) {
        this.first = first;
    }

    /** The others are killed one by one too: on a busy machine the first process would have to wait for its turn to do it. */
    @Override
    public int kill() {
        List<ProcessHandle> others =
                first.stream().flatMap(ProcessHandle::descendants).toList();
        first.ifPresent(ProcessHandle::destroyForcibly);
        others.forEach(ProcessHandle::destroyForcibly);
        return others.size();
    }

    @Override
    public List<ProcessHandle> survivors() {
        return first.filter(process -> !ProcessTree.isDead(process)).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .filter(process -> !ProcessTree.isDead(process))
                .toList();
    }
}
