package dev.saywhen.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CuttableExchangeTest {
    private static final String BEGINNING =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: I\n\n";

    private final CuttableExchange exchange = new CuttableExchange();

    /** The moment is not in anybody's hands, so that it is tried often. */
    @Test
    void an_interrupt_while_the_head_comes_closes_the_connection() throws Exception {
        for (int round = 0; round < 500; round++) {
            try (HangingServer server = new HangingServer(BEGINNING)) {
                Thread asks = Thread.ofVirtual().start(() -> read(server));
                server.awaitBegun();

                asks.interrupt();

                assertTrue(server.isLeft(), "round " + round);
                asks.join();
            }
        }
    }

    @Test
    void an_interrupt_before_the_head_closes_the_connection_and_lasts() throws Exception {
        try (HangingServer server = new HangingServer("")) {
            AtomicReference<String> seen = new AtomicReference<>();
            Thread asks = Thread.ofVirtual().start(() -> {
                assertThrows(UncheckedIOException.class, () -> exchange.send(server.question()));
                seen.set("interrupted " + Thread.currentThread().isInterrupted());
            });
            server.awaitBegun();

            asks.interrupt();

            assertTrue(server.isLeft());
            asks.join();
            assertEquals("interrupted true", seen.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_that_nobody_waits_for_is_closed_whenever_it_comes(boolean leftFirst) {
        CuttableExchange.Arrival arrival = new CuttableExchange.Arrival();
        AtomicInteger ends = new AtomicInteger();
        if (leftFirst) {
            arrival.leave();
        }
        BodySubscriber<InputStream> body = arrival.apply(head());
        body.onSubscribe(counting(ends));
        if (!leftFirst) {
            assertEquals(0, ends.get());
            arrival.leave();
        }
        assertEquals(1, ends.get());
    }

    private void read(HangingServer server) {
        try (InputStream body = exchange.send(server.question()).body()) {
            body.readAllBytes();
        } catch (IOException | UncheckedIOException cut) {
            assertFalse(cut.getMessage().isEmpty());
        }
    }

    private static ResponseInfo head() {
        return new ResponseInfo() {
            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(Map.of(), (_, _) -> true);
            }

            @Override
            public Version version() {
                return Version.HTTP_1_1;
            }
        };
    }

    private static Subscription counting(AtomicInteger ends) {
        return new Subscription() {
            @Override
            public void request(long pieces) {
                // nothing comes
            }

            @Override
            public void cancel() {
                ends.incrementAndGet();
            }
        };
    }

    /** Answers one question with a beginning, and then nothing until it is left. */
    private static final class HangingServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch left = new CountDownLatch(1);

        HangingServer(String beginning) throws IOException {
            Thread.ofVirtual().start(() -> serve(beginning));
        }

        HttpRequest question() {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                    .build();
        }

        void awaitBegun() throws InterruptedException {
            assertTrue(begun.await(20, TimeUnit.SECONDS), "nobody asks");
        }

        boolean isLeft() throws InterruptedException {
            return left.await(20, TimeUnit.SECONDS);
        }

        private void serve(String beginning) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                for (int ends = 0; ends < 4; ) {
                    int next = in.read();
                    ends = next == '\r' || next == '\n' ? ends + 1 : 0;
                }
                socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
                begun.countDown();
                while (in.read() >= 0) {
                    // there is no more of the question
                }
                left.countDown();
            } catch (IOException reset) {
                left.countDown();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
