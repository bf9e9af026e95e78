package dev.saywhen.adapter.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stands before every route of the HTTP server, pages, resources and the service's own alike. */
@Singleton
final class Door {
    private static final int BEFORE_EVERYTHING = 100_000;
    private static final int AFTER_EVERYTHING = Integer.MAX_VALUE;

    /** The page loads its own files and talks to its own server; nothing of it can be framed, injected or sniffed. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    void stand(@Observes Filters filters) {
        filters.register(Door::let, BEFORE_EVERYTHING);
    }

    void closeTheEnd(@Observes Router router) {
        router.route("/api/*")
                .order(AFTER_EVERYTHING)
                .handler(routing ->
                        answer(routing.response(), new Problem("Not found", 404, "There is nothing at this address.")));
    }

    private static void let(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        HEADERS.forEach(response::putHeader);
        // Set at the end: the handler of static files would let browsers keep an old page for a day.
        routing.addHeadersEndHandler(_ -> response.putHeader("Cache-Control", "no-cache"));
        Doorkeeper.refusal(knock(routing.request()))
                .ifPresentOrElse(problem -> answer(response, problem), routing::next);
    }

    private static void answer(HttpServerResponse response, Problem problem) {
        String json = new JsonObject()
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .encode();
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.TYPE)
                .end(json);
    }

    private static Knock knock(HttpServerRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers()
                .names()
                .forEach(name -> headers.put(name, request.headers().getAll(name)));
        HostAndPort authority = request.authority();
        if (request.headers().get("Host") == null && authority != null) {
            headers.put("Host", List.of(authority.toString())); // HTTP/2 sends it apart from the headers
        }
        SocketAddress local = request.connection().localAddress();
        return new Knock(
                isLoopback(request.connection().remoteAddress()),
                request.isSSL() ? "https" : "http",
                local == null ? -1 : local.port(),
                request.method().name(),
                request.uri(),
                headers);
    }

    private static boolean isLoopback(SocketAddress remote) {
        String address = remote == null ? null : remote.hostAddress();
        return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
    }
}
