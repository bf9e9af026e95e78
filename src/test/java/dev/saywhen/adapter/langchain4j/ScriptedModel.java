package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A server that speaks like OpenAI's and answers from a script, on bare sockets, so that it sees when it is left. */
public final class ScriptedModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Reply> script = new LinkedBlockingQueue<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger hangingNow = new AtomicInteger();
    private final List<Exchange> exchanges = new ArrayList<>(); // guarded by itself
    private volatile long lastLeft;
    private volatile Function<JsonNode, Reply> otherwise; // set by a test, read by the threads that serve

    /** What is answered to one request. */
    @FunctionalInterface
    public interface Reply {
        void write(Socket socket, boolean streams) throws IOException;
    }

    /** When a request had come, and when its answer had gone, by the clock of {@link System#nanoTime}. */
    public record Exchange(long asked, long answered) {}

    /** A tool that the model calls. */
    public record Call(String name, String arguments) {}

    public ScriptedModel() throws IOException {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    public ScriptedModel then(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /** Whatever is left of the script is forgotten. */
    ScriptedModel skipsTheRest() {
        script.clear();
        return this;
    }

    /** What is answered where the script is at its end; requests are not kept from now on. */
    public void otherwise(Function<JsonNode, Reply> judgement) {
        otherwise = judgement;
    }

    /** In the order of the requests; one that is not answered yet is answered when it is asked. */
    public List<Exchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }

    /** When the last one that hung was left, by the clock of {@link System#nanoTime}. */
    public long lastLeft() {
        return lastLeft;
    }

    /** How many connections hang. */
    public int hanging() {
        return hangingNow.get();
    }

    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    /** The first line and the headers of each request. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    /** The names of the tools that the model was given in its newest request. */
    static List<String> tools(JsonNode request) {
        List<String> names = new ArrayList<>();
        request.path("tools")
                .forEach(tool -> names.add(tool.path("function").path("name").asText()));
        return names;
    }

    void awaitHanging() throws InterruptedException {
        if (!hanging.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asks");
        }
    }

    /** Whether the connection that hangs was closed by whoever asked. */
    boolean isLeft() throws InterruptedException {
        return left.await(5, TimeUnit.SECONDS);
    }

    /** Whether nobody is connected any more. */
    boolean isAlone() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (connected.get() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    public static Call call(String name, Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            arguments.put((String) namesAndValues[at], namesAndValues[at + 1]);
        }
        return new Call(name, json(arguments));
    }

    public static Reply calls(Call... calls) {
        return (socket, streams) -> answer(socket, streams, "", List.of(calls));
    }

    public static Reply says(String text) {
        return (socket, streams) -> answer(socket, streams, text, List.of());
    }

    static Reply status(int status) {
        return status(status, "{\"error\":{\"message\":\"no\"}}");
    }

    static Reply status(int status, String body) {
        return (socket, _) -> head(socket, status, "application/json", body);
    }

    static Reply raw(String body) {
        return (socket, streams) ->
                raw(streams ? "text/event-stream" : "application/json", body).write(socket, streams);
    }

    static Reply raw(String type, String body) {
        return (socket, _) -> head(socket, 200, type, body);
    }

    /** Answers nothing, or no more than a beginning, until it is left. */
    public Reply hangs(boolean afterABeginning) {
        return (socket, streams) -> {
            if (afterABeginning) {
                begin(
                        socket,
                        streams ? "text/event-stream" : "application/json",
                        streams ? "data: " + chunk("content", "I ", null) + "\n\n" : "{\"id\":");
            }
            hang(socket);
        };
    }

    /** Sends the beginning of an answer, and nothing more until it is left. */
    Reply hangsAfter(String type, String beginning) {
        return (socket, _) -> {
            begin(socket, type, beginning);
            hang(socket);
        };
    }

    private static void begin(Socket socket, String type, String beginning) throws IOException {
        write(socket, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + beginning);
    }

    private void hang(Socket socket) throws IOException {
        hangingNow.incrementAndGet();
        hanging.countDown();
        try {
            if (socket.getInputStream().read() < 0) {
                left.countDown();
            }
        } finally {
            lastLeft = System.nanoTime();
            hangingNow.decrementAndGet();
        }
    }

    /** Begins to answer and breaks off. */
    static Reply half() {
        return (socket, streams) -> {
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: " + (streams ? "text/event-stream" : "application/json")
                            + "\r\nContent-Length: 9999\r\n\r\n");
            write(socket, streams ? "data: " + chunk("content", "I ", null) + "\n\n" : "{\"id\":");
        };
    }

    private void serve(Socket socket) {
        connected.incrementAndGet();
        try (socket) {
            JsonNode request = JSON.readTree(body(socket.getInputStream()));
            int exchange = begun(System.nanoTime());
            reply(request).write(socket, request.path("stream").asBoolean());
            over(exchange, System.nanoTime());
        } catch (IOException gone) {
            left.countDown();
        } finally {
            connected.decrementAndGet();
        }
    }

    private int begun(long asked) {
        synchronized (exchanges) {
            exchanges.add(new Exchange(asked, asked));
            return exchanges.size() - 1;
        }
    }

    private void over(int exchange, long answered) {
        synchronized (exchanges) {
            exchanges.set(exchange, new Exchange(exchanges.get(exchange).asked(), answered));
        }
    }

    private Reply reply(JsonNode request) {
        Reply scripted = script.poll();
        if (scripted == null && otherwise != null) {
            return otherwise.apply(request);
        }
        requests.add(request);
        return scripted == null ? says("(the script is at its end)") : scripted;
    }

    private static void answer(Socket socket, boolean streams, String text, List<Call> calls) throws IOException {
        List<Map<String, Object>> called = new ArrayList<>();
        for (int at = 0; at < calls.size(); at++) {
            Call call = calls.get(at);
            called.add(Map.of(
                    "index",
                    at,
                    "id",
                    "call_" + at + "_" + System.nanoTime(),
                    "type",
                    "function",
                    "function",
                    Map.of("name", call.name(), "arguments", call.arguments())));
        }
        Map<String, Object> message = new LinkedHashMap<>(Map.of("role", "assistant", "content", text));
        if (!called.isEmpty()) {
            message.put("tool_calls", called);
        }
        String reason = called.isEmpty() ? "stop" : "tool_calls";
        Map<String, Object> usage = Map.of("prompt_tokens", 1_000, "completion_tokens", 50, "total_tokens", 1_050);
        if (!streams) {
            head(
                    socket,
                    200,
                    "application/json",
                    json(Map.of(
                            "id",
                            "1",
                            "object",
                            "chat.completion",
                            "model",
                            "scripted",
                            "usage",
                            usage,
                            "choices",
                            List.of(Map.of("index", 0, "message", message, "finish_reason", reason)))));
            return;
        }
        String body = "data: "
                + json(Map.of(
                        "id",
                        "1",
                        "object",
                        "chat.completion.chunk",
                        "model",
                        "scripted",
                        "choices",
                        List.of(Map.of("index", 0, "delta", message))))
                + "\n\n"
                + "data: " + chunk(null, null, reason) + "\n\n"
                + "data: "
                + json(Map.of(
                        "id",
                        "1",
                        "object",
                        "chat.completion.chunk",
                        "model",
                        "scripted",
                        "choices",
                        List.of(),
                        "usage",
                        usage))
                + "\n\n"
                + "data: [DONE]\n\n";
        head(socket, 200, "text/event-stream", body);
    }

    private static String chunk(String name, String value, String reason) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put("delta", name == null ? Map.of() : Map.of(name, value));
        choice.put("finish_reason", reason);
        return json(
                Map.of("id", "1", "object", "chat.completion.chunk", "model", "scripted", "choices", List.of(choice)));
    }

    private static void head(Socket socket, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        write(
                socket,
                "HTTP/1.1 %d It\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(status, type, bytes.length));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String body(InputStream stream) throws IOException {
        InputStream in = new BufferedInputStream(stream);
        int length = 0;
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
        }
        heads.add(head.toString());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
