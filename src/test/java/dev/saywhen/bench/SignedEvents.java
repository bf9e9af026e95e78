package dev.saywhen.bench;

import com.slack.api.app_backend.SlackSignature;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Slack's side of {@code POST /slack/events}: ordinary talk, signed, over connections that are kept open. */
final class SignedEvents {
    private static final int CONNECTIONS = 16;

    private final int port;
    private final SlackSignature.Generator signature;
    private final LongFunction<String> event;
    private final AtomicLong numbers = new AtomicLong();

    /** @param event the body of the event of that number */
    SignedEvents(int port, String secret, LongFunction<String> event) {
        this.port = port;
        this.signature = new SlackSignature.Generator(secret);
        this.event = event;
    }

    /** What came of it; the latency counts from when an event was due, whatever became of those before. */
    record Outcome(Histogram latency, long acknowledged, long refused, Duration took) {}

    /** The next event as soon as one is acknowledged. */
    Outcome asFastAsTheyAreTaken(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        return sent(_ -> System.nanoTime() < end ? System.nanoTime() : -1);
    }

    /** So many a second, come what may (an open loop). */
    Outcome perSecond(int events, Duration duration) {
        long begun = System.nanoTime();
        long between = 1_000_000_000L / events;
        long count = duration.toNanos() / between;
        return sent(number -> number < count ? begun + number * between : -1);
    }

    /** When an event is due; negative after the last one. */
    private interface Plan {
        long due(long number);
    }

    private Outcome sent(Plan plan) {
        Histogram latency = new ConcurrentHistogram(3);
        AtomicLong next = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        long begun = System.nanoTime();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(Thread.ofPlatform().start(() -> send(plan, next, latency, refused)));
        }
        for (Thread sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("interrupted while events were sent", interrupted);
            }
        }
        long acknowledged = latency.getTotalCount();
        return new Outcome(latency, acknowledged, refused.get(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private void send(Plan plan, AtomicLong next, Histogram latency, AtomicLong refused) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream());
            for (long due = plan.due(next.getAndIncrement()); due >= 0; due = plan.due(next.getAndIncrement())) {
                byte[] request = request();
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                socket.getOutputStream().write(request);
                if (status(answers) == 200) {
                    latency.recordValue(System.nanoTime() - due);
                } else {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("a connection broke", broken);
        }
    }

    private byte[] request() {
        String body = event.apply(numbers.getAndIncrement());
        String now = Long.toString(Instant.now().getEpochSecond());
        String head = "POST /slack/events HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nContent-Type: application/json"
                + "\r\nX-Slack-Request-Timestamp: " + now
                + "\r\nX-Slack-Signature: " + signature.generate(now, body)
                + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads an answer to its end. */
    private static int status(InputStream answers) throws IOException {
        int status = Integer.parseInt(line(answers).split(" ")[1]);
        int length = 0;
        for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        answers.readNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new IOException("the connection was closed");
            }
            line.write(letter);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
