package dev.saywhen.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts what was packaged, on a PostgreSQL of its own and with an OpenID Connect provider beside it, and asks it what somebody
 * wrote down by hand.
 *
 * <p>A line is a method, a path, a body or {@code -}, the status, and a text that the answer holds. Before it may stand
 * {@code nobody}, who shows neither key nor token, or {@code stranger}, who shows those of another service.
 */
final class BlueprintsSmoke {
    private static final Pattern LINE =
            Pattern.compile("^(?:(nobody|stranger) )?([A-Z]+) (\\S+) (.*) ([0-9]{3})(?: (.*))?$");
    private static final String KEY = "the-key-of-the-benchmark";
    private static final String AUDIENCE = "the-service-of-the-benchmark";
    private static final String ANOTHER = "another";
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient client;
    private final int port;
    private final BlueprintsIdentityProvider provider;

    private BlueprintsSmoke(HttpClient client, int port, BlueprintsIdentityProvider provider) {
        this.client = client;
        this.port = port;
        this.provider = provider;
    }

    /**
     * Asks all of it.
     *
     * @param service the folder that the service was built in
     * @param wrong gets a line for each answer that is not as written
     * @return how many requests were made
     */
    static int of(Path service, List<String> lines, List<String> wrong) throws Exception {
        int port = freePort();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                BlueprintsIdentityProvider provider = BlueprintsIdentityProvider.started();
                HttpClient client = HttpClient.newHttpClient()) {
            ProcessBuilder builder = new ProcessBuilder("java", "-jar", "target/quarkus-app/quarkus-run.jar")
                    .directory(service.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(service.resolve("target/run.log").toFile());
            Map<String, String> environment = builder.environment();
            environment.remove("JAVA_HOME");
            environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.getJdbcUrl("postgres", "postgres"));
            environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
            environment.put("SERVICE_API_KEY", KEY);
            environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url());
            environment.put("QUARKUS_OIDC_TOKEN_AUDIENCE", AUDIENCE);
            Process process = builder.start();
            try {
                BlueprintsSmoke smoke = new BlueprintsSmoke(client, port, provider);
                smoke.awaitReady(process);
                for (String line : lines) {
                    smoke.ask(line).ifPresent(wrong::add);
                }
            } finally {
                process.destroy();
                process.waitFor();
            }
        }
        return lines.size();
    }

    private void awaitReady(Process process) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                HttpRequest request = request("nobody", "/q/health/ready").GET().build();
                if (client.send(request, BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        throw new IllegalStateException("the service does not become ready, see target/run.log");
    }

    private Optional<String> ask(String line) throws Exception {
        Matcher smoke = LINE.matcher(line);
        if (!smoke.matches()) {
            throw new IllegalArgumentException("no request: " + line);
        }
        String body = smoke.group(4);
        HttpRequest request = request(smoke.group(1) == null ? "client" : smoke.group(1), smoke.group(3))
                .method(smoke.group(2), body.equals("-") ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        boolean statusFits = answer.statusCode() == Integer.parseInt(smoke.group(5));
        boolean textFits = smoke.group(6) == null || answer.body().contains(smoke.group(6));
        return statusFits && textFits
                ? Optional.empty()
                : Optional.of(line + "  answered " + answer.statusCode() + " " + answer.body());
    }

    private HttpRequest.Builder request(String who, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json");
        return switch (who) {
            case "nobody" -> request;
            case "stranger" -> showing(request, ANOTHER, ANOTHER);
            default -> showing(request, KEY, AUDIENCE);
        };
    }

    private HttpRequest.Builder showing(HttpRequest.Builder request, String key, String audience) {
        return request.header("X-API-Key", key).header("Authorization", "Bearer " + provider.tokenFor(audience));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
