package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Keeps a command's output in a file, up to a limit. What comes after is read and forgotten, so that nothing waits for us. */
final class Recording {
    private final InputStream source;
    private final OutputStream file;
    private final long limit;
    private final Consumer<Ending> stop;
    private final Thread thread;
    private final AtomicLong kept = new AtomicLong();

    /**
     * @param stop called once, on the recording thread, when the output cannot be kept whole
     */
    Recording(InputStream source, OutputStream file, long limit, Consumer<Ending> stop) {
        this.source = source;
        this.file = file;
        this.limit = limit;
        this.stop = stop;
        this.thread = Thread.ofPlatform().daemon().name("command-output").unstarted(this::record);
    }

    void begin() {
        thread.start();
    }

    long kept() {
        return kept.get();
    }

    /** Waits until everything that was written has been read; gives up where a process outside our reach holds on to it. */
    void finish(Duration patience) throws InterruptedException {
        thread.join(patience);
    }

    private void record() {
        byte[] buffer = new byte[1 << 16];
        boolean keeps = true;
        try (source;
                file) {
            for (int read; (read = source.read(buffer)) >= 0; ) {
                if (keeps) {
                    keeps = keep(buffer, read);
                }
            }
        } catch (IOException e) {
            stop.accept(Ending.OUTPUT_LOST);
        }
    }

    private boolean keep(byte[] buffer, int read) throws IOException {
        int fits = (int) Math.min(read, limit - kept.get());
        file.write(buffer, 0, fits);
        kept.addAndGet(fits);
        if (fits < read) {
            stop.accept(Ending.OUTPUT_LIMIT);
        }
        return fits == read;
    }
}
