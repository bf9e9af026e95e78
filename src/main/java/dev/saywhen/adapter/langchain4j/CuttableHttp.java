package dev.saywhen.adapter.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.saywhen.http.BoundedBody;
import dev.saywhen.http.CuttableExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP on the thread that asks, streams too: LangChain4j's own client hands streams to another thread, and until the first
 * piece has come nothing can cancel it. Answers are bounded.
 */
final class CuttableHttp implements HttpClient {
    static final int LONGEST_ANSWER = 4 << 20;

    private final CuttableExchange exchange = new CuttableExchange();

    /** An answer that is longer than any model's should be. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("an answer over " + (LONGEST_ANSWER >> 20) + " MB");
        }
    }

    /** For LangChain4j, which wants to build its client itself; there is one all the same. */
    HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return CuttableExchange.CONNECT;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration ignored) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return CuttableExchange.CONNECT;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration ignored) {
                return this;
            }

            @Override
            public HttpClient build() {
                return CuttableHttp.this;
            }
        };
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<InputStream> response = send(request);
        try (InputStream body = bounded(response)) {
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                    .build();
        } catch (IOException broken) {
            throw new Model.HalfAnAnswer(broken);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<InputStream> response = send(request);
            try (InputStream body = bounded(response)) {
                listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(response.statusCode())
                        .headers(response.headers().map())
                        .build());
                parser.parse(body, listener);
            }
            listener.onClose();
        } catch (IOException | RuntimeException broken) {
            listener.onError(broken);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method().name(),
                        request.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        HttpResponse<InputStream> response = exchange.send(builder.build());
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        try (InputStream body = bounded(response)) {
            throw new HttpException(response.statusCode(), new String(body.readNBytes(2_000), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream bounded(HttpResponse<InputStream> response) {
        return new BoundedBody(response.body(), new AtomicInteger(LONGEST_ANSWER), TooLong::new);
    }
}
