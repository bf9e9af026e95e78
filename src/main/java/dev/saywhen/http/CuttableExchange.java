package dev.saywhen.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks and answers on the thread that asks, so that an interrupt of it closes the connection whatever it waits for.
 *
 * <p>Redirects are not followed: what is sent along, such as a key, goes to the address that was asked alone.
 */
public final class CuttableExchange {
    public static final Duration CONNECT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * Gives what was answered, whatever its status, once its head is there.
     *
     * @throws UncheckedIOException where there is no answer; interrupted, the thread still is
     */
    public HttpResponse<InputStream> send(HttpRequest request) {
        Arrival arrival = new Arrival();
        try {
            return client.send(request, arrival);
        } catch (IOException broken) {
            arrival.leave();
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            arrival.leave();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        }
    }

    /**
     * The body of one answer. The JDK's client forgets one whose head came at the moment of an interrupt, and leaves its
     * connection open.
     */
    static final class Arrival implements BodyHandler<InputStream> {
        private final CompletableFuture<InputStream> body = new CompletableFuture<>();

        @Override
        public BodySubscriber<InputStream> apply(ResponseInfo ignored) {
            BodySubscriber<InputStream> reads = BodySubscribers.ofInputStream();
            reads.getBody().thenAccept(body::complete);
            return reads;
        }

        /** Closes it, also where it is still to come. */
        void leave() {
            body.thenAccept(Arrival::close);
        }

        private static void close(InputStream body) {
            try {
                body.close();
            } catch (IOException broken) {
                // then its connection is closed as well
            }
        }
    }
}
