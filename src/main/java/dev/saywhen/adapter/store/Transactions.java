package dev.saywhen.adapter.store;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Runs work in one database transaction, on a thread of its own.
 *
 * <p>A STOP interrupts the threads of a run, and an interrupt during I/O closes the socket of a virtual thread: the
 * connection would die with a commit under way and nobody would know its outcome. So the caller waits for the end of the
 * transaction whatever happens to it, and keeps its interrupt for afterwards.
 */
@ApplicationScoped
class Transactions {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** In the caller's transaction if there is one, else in one that is committed when this returns. */
    <T> T in(Supplier<T> work) {
        if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            return work.get();
        }
        return result(threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> flushed(work))));
    }

    void run(Runnable work) {
        in(() -> {
            work.run();
            return true;
        });
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }

    /** What the database refuses is refused here, and not within the commit, where it would be a broken transaction. */
    private static <T> T flushed(Supplier<T> work) {
        T done = work.get();
        Panache.getEntityManager().flush();
        return done;
    }

    private static <T> T result(Future<T> running) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw asItWas(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asItWas(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException("a database transaction failed", failed);
        };
    }
}
