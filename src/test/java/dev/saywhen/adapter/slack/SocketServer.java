package dev.saywhen.adapter.slack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The receiving end of WebSockets (RFC 6455), as far as Slack's Socket Mode uses it. */
final class SocketServer implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

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
                && now.get(number % now.size()).write(TEXT, text);
    }

    /** Sends them to all connections in turn, those of one connection back to back, as a network brings a burst. */
    void sendAtOnce(List<String> texts) {
        List<Connection> now = List.copyOf(connections);
        for (int i = 0; i < now.size(); i++) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int at = i; at < texts.size(); at += now.size()) {
                frames.writeBytes(framed(TEXT, texts.get(at).getBytes(StandardCharsets.UTF_8)));
            }
            now.get(i).write(frames.toByteArray());
        }
    }

    void sendToAll(String text) {
        connections.forEach(connection -> connection.write(TEXT, text));
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

    private static byte[] framed(int kind, byte[] data) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(data.length + 10);
        frame.write(0x80 | kind);
        if (data.length < 126) {
            frame.write(data.length);
        } else if (data.length < 65_536) {
            frame.write(126);
            frame.write(data.length >> 8);
            frame.write(data.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) data.length >> shift));
            }
        }
        frame.writeBytes(data);
        return frame.toByteArray();
    }

    private final class Connection {
        private final Socket socket;

        Connection(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket) {
                DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                shakeHands(in);
                connections.add(this);
                opened.incrementAndGet();
                write(TEXT, "{\"type\":\"hello\",\"num_connections\":1}");
                while (frame(in)) {}
            } catch (IOException gone) {
                cut();
            } finally {
                connections.remove(this);
            }
        }

        private void shakeHands(DataInputStream in) throws IOException {
            String key = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            String accept;
            try {
                accept = Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1")
                                .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }

        private static String line(DataInputStream in) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int letter = in.readUnsignedByte(); letter != '\n'; letter = in.readUnsignedByte()) {
                line.write(letter);
            }
            return line.toString(StandardCharsets.US_ASCII).strip();
        }

        /** Reads a frame of the client's, which is masked; false when it closes. */
        private boolean frame(DataInputStream in) throws IOException {
            int kind = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] data = in.readNBytes(length);
            for (int at = 0; at < data.length; at++) {
                data[at] ^= mask[at % 4];
            }
            if (kind == PING && !silent) {
                write(PONG, data);
            } else if (kind == TEXT) {
                received.accept(new String(data, StandardCharsets.UTF_8));
            }
            return kind != CLOSE;
        }

        boolean write(int kind, String text) {
            return write(kind, text.getBytes(StandardCharsets.UTF_8));
        }

        private boolean write(int kind, byte[] data) {
            return write(framed(kind, data));
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
