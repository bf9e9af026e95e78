package dev.saywhen.safety;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what a STOP ends, each thing on one of its own. Platform threads, since virtual ones wait for whoever computes;
 * started beforehand, since whoever starts one waits until it runs. Past these it starts more.
 */
final class ReadyThreads {
    private static final int READY = 32;
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            READY,
            Integer.MAX_VALUE,
            60,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform()
                    .daemon()
                    .name("cut-off")
                    .priority(Thread.NORM_PRIORITY)
                    .factory());

    static {
        THREADS.prestartAllCoreThreads();
    }

    private ReadyThreads() {}

    /** Nothing waits in it: it has a thread, or the starting of one fails. */
    static Executor all() {
        return THREADS;
    }
}
