package dev.saywhen.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for requests in which somebody may say stop. They are the platform's and some stand ready: where processors are
 * short, a virtual thread comes behind all those that only take in what can wait.
 */
public final class PromptThreads {
    private static final int READY = 8;
    private static final int MOST = 64;
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            READY,
            MOST,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name("prompt")
                    .priority(Thread.NORM_PRIORITY)
                    .factory());

    static {
        THREADS.prestartAllCoreThreads();
    }

    private PromptThreads() {}

    /** Nothing waits for a place in it: where all have work, a virtual thread takes the next. */
    public static Executor all() {
        return PromptThreads::execute;
    }

    private static void execute(Runnable task) {
        try {
            THREADS.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError noPlace) {
            Thread.ofVirtual().start(task);
        }
    }
}
