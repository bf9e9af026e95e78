package dev.saywhen.adapter.slack;

import dev.saywhen.chat.WebSocketWire;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The receiving end of WebSockets (RFC 6455), as far as Slack's Socket Mode uses it. */
final class SocketServer implements AutoCloseable {
    private final ServerSocket server;
    private final Consumer<String> received;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean silent; // set by a test, read by the threads of connections
    private volatile boolean withholding; // as above

    SocketServer(Consumer<String> received) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.received = received;
        Thread.ofPlatform().daemon().name("fake-slack-accept").start(this::accept);
    }

    String address() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/link";
    }

    int connected() {
        return connections.size();
    }

    /** How many connections were ever opened. */
    int opened() {
        return opened.get();
    }

    /** From now on nothing is answered and nothing is sent, and no connection is closed either. */
    void silent(boolean next) {
        silent = next;
    }

    /** From now on nothing is sent, though every connection looks sound. */
    void withhold(boolean next) {
        withholding = next;
    }

    /** Cuts every connection without a word. */
    void drop() {
        connections.forEach(Connection::cut);
    }

    /** Sends to one of the connections, a different one each time; false if there is none. */
    boolean send(int number, String text) {
        List<Connection> now = List.copyOf(connections);
        return !silent
                && !withholding
                && !now.isEmpty()
                && now.get(number % now.size()).write(WebSocketWire.TEXT, text);
    }

    /** Sends them to all connections in turn, those of one connection back to back, as a network brings a burst. */
    void sendAtOnce(List<String> texts) {
        List<Connection> now = List.copyOf(connections);
        for (int i = 0; i < now.size(); i++) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int at = i; at < texts.size(); at += now.size()) {
                frames.writeBytes(
                        WebSocketWire.framed(WebSocketWire.TEXT, texts.get(at).getBytes(StandardCharsets.UTF_8)));
            }
            now.get(i).write(frames.toByteArray());
        }
    }

    void sendToAll(String text) {
        connections.forEach(connection -> connection.write(WebSocketWire.TEXT, text));
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

    private final class Connection {
        private final Socket socket;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                WebSocketWire.shakeHands(in, socket);
                connections.add(this);
                opened.incrementAndGet();
                write(WebSocketWire.TEXT, "{\"type\":\"hello\",\"num_connections\":1}");
                while (frame(in)) {}
            } catch (IOException gone) {
                cut();
            } finally {
                connections.remove(this);
            }
        }

        /** Takes what the client sends next; false when it closes. */
        private boolean frame(DataInputStream in) throws IOException {
            WebSocketWire.Frame frame = WebSocketWire.read(in);
            if (frame.kind() == WebSocketWire.PING && !silent) {
                write(WebSocketWire.PONG, frame.data());
            } else if (frame.kind() == WebSocketWire.TEXT) {
                received.accept(new String(frame.data(), StandardCharsets.UTF_8));
            }
            return frame.kind() != WebSocketWire.CLOSE;
        }

        boolean write(int kind, String text) {
            return write(kind, text.getBytes(StandardCharsets.UTF_8));
        }

        private boolean write(int kind, byte[] data) {
            return write(WebSocketWire.framed(kind, data));
        }

        private synchronized boolean write(byte[] frames) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(frames);
                out.flush();
                return true;
            } catch (IOException gone) {
                return false;
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
