package dev.saywhen.adapter.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A command as seen from the service: what its supervisor says of it, and the way to kill it. */
final class SupervisedCommand implements RunningCommand {
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration DYING = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_NANOS = 500_000;
    private static final int KILLED = 137;

    private final Process supervisor;
    private final SandboxCommand command;
    private final long began = System.nanoTime();
    private final Lease.Held lease;
    private final Recording recording;
    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<ProcessTree> tree;
    private final CountDownLatch over = new CountDownLatch(1);

    private final ReentrantLock ending = new ReentrantLock();
    /** Guarded by {@code ending}: why it was killed, what the kill did, and what is left, each set once. */
    private @Nullable Ending cause;

    private @Nullable KillReport report;
    private @Nullable CommandResult result;

    /** Written by the listening thread alone. */
    private volatile boolean leaseLost;

    private volatile boolean exited;
    private volatile int exitCode = KILLED;

    SupervisedCommand(
            Process supervisor,
            OutputStream output,
            SandboxCommand command,
            Lease lease,
            Function<Optional<ProcessHandle>, ProcessTree> tree) {
        this.supervisor = supervisor;
        this.command = command;
        this.tree = first.thenApply(ProcessHandle::of).thenApply(tree);
        this.recording = new Recording(supervisor.getInputStream(), output, command.outputLimit(), this::endSoon);
        this.lease = lease.hold(supervisor.getOutputStream(), () -> endSoon(Ending.LEASE_LOST));
    }

    /** Returns when the command can be killed. */
    void awaitStart() throws IOException {
        try {
            recording.begin();
            Thread.ofPlatform().daemon().name("command-voice").start(this::listen);
            Thread.ofVirtual().name("command-supervisor").start(this::watchSupervisor);
            tree.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            abandon();
            throw new IOException("The command " + command.argv() + " could not be started: " + said(), e);
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new IOException("The start of " + command.argv() + " was interrupted; nothing of it is left.", e);
        } catch (Error noThread) {
            abandon();
            throw noThread;
        }
        Thread.ofVirtual().name("command-time-limit").start(this::watchTime);
    }

    @Override
    public long pid() {
        return first.join();
    }

    @Override
    public CommandResult await() throws InterruptedException {
        over.await();
        ending.lock();
        try {
            if (result == null) {
                throw new IllegalStateException("The end of " + command.argv() + " left no result.");
            }
            return result;
        } finally {
            ending.unlock();
        }
    }

    @Override
    public KillReport kill() {
        return end(Ending.KILLED);
    }

    @Override
    public List<String> alive() {
        return tree.join().survivors().stream().map(ProcessTree::describe).toList();
    }

    private void watchTime() {
        try {
            if (!over.await(command.timeLimit().toNanos(), TimeUnit.NANOSECONDS)) {
                end(Ending.TIMED_OUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watchSupervisor() {
        try {
            supervisor.waitFor();
            if (hasStarted()) {
                // The sandbox asks to die with its supervisor only once it is laid out; before that nobody else ends
                // it.
                tree.join().kill();
            }
            insistOnTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For a thread that has to go on: with the next output, the next beat. What never started needs no end. */
    private void endSoon(Ending why) {
        Thread.ofVirtual().name("command-end").start(() -> {
            if (hasStarted()) {
                end(why);
            }
        });
    }

    private boolean hasStarted() {
        try {
            tree.join();
            return true;
        } catch (CompletionException never) {
            return false;
        }
    }

    private KillReport end(Ending why) {
        ProcessTree processes = tree.join();
        ending.lock();
        try {
            if (report == null) {
                cause = why;
                int alive = processes.kill();
                report = new KillReport(alive, survivors(processes));
                Thread.ofVirtual().name("command-last-words").start(this::insistOnTheEnd);
            } else if (!report.survivors().isEmpty()) {
                processes.kill();
                report = new KillReport(report.killed(), survivors(processes));
            }
            return report;
        } finally {
            ending.unlock();
        }
    }

    /** A supervisor that does not say how its command ended, because it is frozen or gone itself, is not waited for. */
    private void insistOnTheEnd() {
        try {
            if (!over.await(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS)) {
                supervisor.destroyForcibly();
                conclude();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> survivors(ProcessTree processes) {
        long deadline = System.nanoTime() + DYING.toNanos();
        List<ProcessHandle> living = processes.survivors();
        while (!living.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            living = processes.survivors();
        }
        return living.stream().map(ProcessTree::describe).toList();
    }

    private void listen() {
        try (BufferedReader voice = supervisor.errorReader()) {
            for (String line; !exited && (line = voice.readLine()) != null; ) {
                hear(line);
            }
        } catch (IOException | UncheckedIOException e) {
            leaseLost = true;
        }
        conclude();
    }

    private void hear(String line) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "started" -> first.complete(Long.parseLong(words[1]));
            case "heard" -> lease.heard();
            case "lost" -> leaseLost = true;
            case "exited" -> {
                exitCode = Integer.parseInt(words[1]);
                exited = true;
            }
            case "failed" -> first.completeExceptionally(new IOException("the launcher ended with " + words[1]));
            default -> {
                // A remark of the shell's on a process that was killed.
            }
        }
    }

    private void conclude() {
        if (!first.isDone()) {
            first.completeExceptionally(new IOException("the supervisor ended"));
        }
        if (first.isCompletedExceptionally()) {
            over.countDown();
            return;
        }
        ending.lock();
        try {
            if (result == null) {
                result = conclusion();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the output of " + command.argv(), e);
        } finally {
            lease.release();
            over.countDown();
            ending.unlock();
        }
    }

    private CommandResult conclusion() throws InterruptedException, IOException {
        if (report == null) {
            // What a command leaves behind in the background does not outlive it.
            ProcessTree left = tree.join();
            left.kill();
            report = new KillReport(0, survivors(left));
        }
        recording.finish(LAST_WORDS);
        Excerpt excerpt = Excerpt.of(command.outputFile());
        return new CommandResult(
                howItEnded(),
                exitCode,
                Duration.ofNanos(System.nanoTime() - began),
                excerpt.head(),
                excerpt.tail(),
                recording.kept(),
                command.outputFile());
    }

    private Ending howItEnded() {
        if (cause != null) {
            return cause;
        }
        return leaseLost || !exited ? Ending.LEASE_LOST : Ending.EXITED;
    }

    private void abandon() {
        lease.release();
        try {
            supervisor.getOutputStream().close();
            if (!supervisor.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
                supervisor.destroyForcibly();
            }
            recording.finish(LAST_WORDS);
        } catch (IOException e) {
            supervisor.destroyForcibly();
        } catch (InterruptedException e) {
            supervisor.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String said() {
        try {
            return Excerpt.of(command.outputFile()).head().lines().collect(Collectors.joining(" / "));
        } catch (IOException e) {
            return "its output cannot be read";
        }
    }
}
