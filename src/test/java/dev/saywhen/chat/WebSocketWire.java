package dev.saywhen.chat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** The server's side of a WebSocket (RFC 6455), as far as the stand-ins of platforms need it. */
public final class WebSocketWire {
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketWire() {}

    /** What a client sent, unmasked. */
    public record Frame(int kind, byte[] data) {}

    public static void shakeHands(DataInputStream in, Socket socket) throws IOException {
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + proof(key) + "\r\n\r\n";
        socket.setTcpNoDelay(true); // else a small frame waits up to 40 ms for what the client acknowledges late
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String proof(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int letter = in.readUnsignedByte(); letter != '\n'; letter = in.readUnsignedByte()) {
            line.write(letter);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    /** Waits for a client's frame, which is masked. */
    public static Frame read(DataInputStream in) throws IOException {
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
        return new Frame(kind, data);
    }

    /** A server's frame as it is sent. */
    public static byte[] framed(int kind, byte[] data) {
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
}
