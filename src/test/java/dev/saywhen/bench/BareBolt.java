package dev.saywhen.bench;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.MessageEvent;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A Slack app as Bolt's own documentation begins one: one listener for messages that acknowledges, behind the HTTP server of
 * the JDK. A process of its own, so that its CPU time can be told; it prints its port.
 *
 * <p>Bolt asks Slack for {@code auth.test} at every event unless told otherwise; here it is told otherwise.
 *
 * <p>Arguments: the bot token, the signing secret, what stands in front of the names of Slack's methods.
 */
public final class BareBolt {
    private final App app;
    private final SlackRequestParser parser;

    private BareBolt(String token, String secret, String apiUrl) {
        SlackConfig slack = new SlackConfig();
        slack.setMethodsEndpointUrlPrefix(apiUrl);
        slack.setStatsEnabled(false);
        AppConfig config = AppConfig.builder()
                .slack(Slack.getInstance(slack))
                .singleTeamBotToken(token)
                .signingSecret(secret)
                .build();
        config.setAuthTestCacheEnabled(true);
        config.setAuthTestCacheExpirationMillis(-1);
        this.app = new App(config);
        app.event(MessageEvent.class, (_, context) -> context.ack());
        this.parser = new SlackRequestParser(config);
    }

    public static void main(String[] arguments) throws IOException {
        BareBolt bolt = new BareBolt(arguments[0], arguments[1], arguments[2]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/slack/events", bolt::take);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
        Request<?> request = parser.parse(SlackRequestParser.HttpRequest.builder()
                .requestUri("/slack/events")
                .requestBody(body)
                .headers(new RequestHeaders(headers))
                .remoteAddress("127.0.0.1")
                .build());
        Response response;
        try {
            response = app.run(request);
        } catch (Exception broken) {
            throw new IOException("Bolt could not take an event", broken);
        }
        byte[] answer =
                response.getBody() == null ? new byte[0] : response.getBody().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.getStatusCode(), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
