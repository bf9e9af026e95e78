package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.WebSocketWire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Discord's gateway as far as one bot sees it: one session at a time, whose events are numbered and replayed to a RESUME.
 * A test makes it do what the real one does now and then.
 */
final class FakeGateway implements AutoCloseable {
    private static final int KEPT = 5_000; // of a session, for a RESUME; a long flood would fill the memory

    private final ObjectMapper json = new ObjectMapper();
    private final ServerSocket server;
    private final Supplier<ObjectNode> ready;
    private final Supplier<List<ObjectNode>> guilds;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>(); // "IDENTIFY" and "RESUME", in order
    private final Deque<String> events = new ArrayDeque<>(); // the newest of the session; guarded by this
    private int session; // guarded by this
    private int sequence; // guarded by this
    private @Nullable List<String> burst; // what is not sent yet; guarded by this
    private volatile int heartbeatMillis = 30_000; // set by a test before anybody connects
    private volatile boolean withholding; // set by a test, read by the threads of connections
    private volatile boolean unacknowledging; // as above
    private volatile boolean unanswering; // as above
    private volatile int resumedBehind = -1; // the number that the newest RESUME named
    private volatile int refusing; // a close code in place of an answer; 0 for none

    /** @param ready what a new session begins with; {@code guilds} what follows */
    FakeGateway(Supplier<ObjectNode> ready, Supplier<List<ObjectNode>> guilds) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.ready = ready;
        this.guilds = guilds;
        Thread.ofPlatform().daemon().name("fake-gateway").start(this::accept);
    }

    String address() {
        return "ws://127.0.0.1:" + server.getLocalPort();
    }

    /** How often what was asked for. */
    long asked(String what) {
        return asked.stream().filter(what::equals).count();
    }

    /** Behind which event of the session the newest RESUME took it up; -1 for none. */
    int resumedBehind() {
        return resumedBehind;
    }

    /** How many events the session has had. */
    synchronized int sequence() {
        return sequence;
    }

    int connected() {
        return connections.size();
    }

    void beatEvery(int millis) {
        heartbeatMillis = millis;
    }

    /** From now on events happen and are not sent, though the connection looks sound. They are lost for good. */
    void withhold(boolean next) {
        withholding = next;
    }

    /** From now on heartbeats are not acknowledged. */
    void acknowledgeNothing(boolean next) {
        unacknowledging = next;
    }

    /** From now on nobody answers an IDENTIFY or a RESUME. */
    void answerNothing(boolean next) {
        unanswering = next;
    }

    /** From now on an IDENTIFY is answered by closing with this code. */
    void refuse(int code) {
        refusing = code;
    }

    /** Cuts every connection without a word. */
    void drop() {
        connections.forEach(Connection::cut);
    }

    /** Closes every connection with a code. */
    void close(int code) {
        connections.forEach(connection -> connection.close(code));
    }

    /** op 7: asks to connect anew and resume. */
    void askToReconnect() {
        toAll(frame(7, json.nullNode()));
    }

    /** op 9: the session is over and cannot be resumed. */
    void invalidate() {
        synchronized (this) {
            session++;
            events.clear();
        }
        toAll(frame(9, json.getNodeFactory().booleanNode(false)));
    }

    /** Something happens; sent to who is connected, and kept for who resumes. */
    void event(String type, JsonNode data) {
        happens(type, data.toString());
    }

    /** Something that happens when that is run, made ready now. */
    Runnable ready(String type, JsonNode data) {
        String told = data.toString();
        return () -> happens(type, told);
    }

    private synchronized void happens(String type, String data) {
        sequence++;
        String frame = "{\"op\":0,\"t\":\"" + type + "\",\"s\":" + sequence + ",\"d\":" + data + "}";
        if (withholding) {
            return;
        }
        events.add(frame);
        if (events.size() > KEPT) {
            events.remove();
        }
        if (burst == null) {
            send(List.of(frame));
        } else {
            burst.add(frame);
        }
    }

    /** All that happens in it is sent back to back in one write, as a network brings a burst. */
    void atOnce(Runnable happenings) {
        synchronized (this) {
            burst = new ArrayList<>();
        }
        happenings.run();
        synchronized (this) {
            send(burst);
            burst = null;
        }
    }

    private void send(List<String> frames) {
        connections.stream().filter(connection -> connection.isIn).forEach(connection -> connection.texts(frames));
    }

    private void toAll(String frame) {
        connections.forEach(connection -> connection.text(frame));
    }

    private String frame(int op, JsonNode data) {
        return json.createObjectNode().put("op", op).set("d", data).toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(server.accept());
                Thread.ofVirtual().start(connection::serve);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void received(Connection from, JsonNode frame) {
        switch (frame.path("op").asInt()) {
            case 1 -> {
                if (!unacknowledging) {
                    from.text(frame(11, json.nullNode()));
                }
            }
            case 2 -> {
                asked.add("IDENTIFY");
                if (refusing != 0) {
                    from.close(refusing);
                } else if (!unanswering) {
                    begin(from);
                }
            }
            case 6 -> {
                asked.add("RESUME");
                if (!unanswering) {
                    resume(from, frame.path("d"));
                }
            }
            default -> {}
        }
    }

    private synchronized void begin(Connection connection) {
        session++;
        sequence = 0;
        events.clear();
        connection.isIn = true;
        ObjectNode data = ready.get().put("session_id", "session-" + session).put("resume_gateway_url", address());
        event("READY", data);
        guilds.get().forEach(guild -> event("GUILD_CREATE", guild));
    }

    private synchronized void resume(Connection connection, JsonNode data) {
        if (!data.path("session_id").asText().equals("session-" + session)) {
            connection.text(frame(9, json.getNodeFactory().booleanNode(false)));
            return;
        }
        int seen = data.path("seq").asInt();
        resumedBehind = seen;
        try {
            for (String event : List.copyOf(events)) {
                if (json.readTree(event).path("s").asInt() > seen) {
                    connection.text(event);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        connection.isIn = true;
        event("RESUMED", json.createObjectNode());
    }

    private final class Connection {
        private final Socket socket;
        private volatile boolean isIn; // identified or resumed

        Connection(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                WebSocketWire.shakeHands(in, socket);
                connections.add(this);
                text(frame(10, json.createObjectNode().put("heartbeat_interval", heartbeatMillis)));
                while (read(in)) {}
            } catch (IOException gone) {
                cut();
            } finally {
                connections.remove(this);
            }
        }

        /** Takes what the client sends next; false when it closes. */
        private boolean read(DataInputStream in) throws IOException {
            WebSocketWire.Frame frame = WebSocketWire.read(in);
            if (frame.kind() == WebSocketWire.TEXT || frame.kind() == WebSocketWire.BINARY) {
                received(this, json.readTree(frame.data()));
            } else if (frame.kind() == WebSocketWire.CLOSE) {
                write(WebSocketWire.framed(WebSocketWire.CLOSE, frame.data()));
                return false;
            }
            return true;
        }

        void text(String text) {
            texts(List.of(text));
        }

        void texts(List<String> texts) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream(
                    texts.stream().mapToInt(String::length).sum() + 10 * texts.size());
            texts.forEach(text ->
                    frames.writeBytes(WebSocketWire.framed(WebSocketWire.TEXT, text.getBytes(StandardCharsets.UTF_8))));
            write(frames.toByteArray());
        }

        void close(int code) {
            write(WebSocketWire.framed(WebSocketWire.CLOSE, new byte[] {(byte) (code >> 8), (byte) code}));
        }

        private synchronized void write(byte[] frames) {
            try {
                socket.getOutputStream().write(frames);
                socket.getOutputStream().flush();
            } catch (IOException gone) {
                connections.remove(this);
            }
        }

        void cut() {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException gone) {
                connections.remove(this);
            }
        }
    }
}
