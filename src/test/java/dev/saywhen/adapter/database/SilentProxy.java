package dev.saywhen.adapter.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can fall silent: what goes through it then never arrives, and nobody is told. */
final class SilentProxy implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    SilentProxy(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::open);
    }

    int port() {
        return door.getLocalPort();
    }

    /** For the connections there are; those that come later are heard. */
    void fallSilent() {
        ways.forEach(way -> way.isSilent = true);
    }

    private void open() {
        try {
            while (!door.isClosed()) {
                Socket from = door.accept();
                Way way = new Way(from, new Socket(InetAddress.getLoopbackAddress(), server));
                ways.add(way);
                Thread.ofVirtual().start(() -> way.carry(way.from, way.to));
                Thread.ofVirtual().start(() -> way.carry(way.to, way.from));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static final class Way {
        private final Socket from;
        private final Socket to;
        private volatile boolean isSilent;

        Way(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        private void carry(Socket in, Socket out) {
            byte[] some = new byte[8192];
            try {
                InputStream stream = in.getInputStream();
                for (int read = stream.read(some); read >= 0; read = stream.read(some)) {
                    if (!isSilent) {
                        out.getOutputStream().write(some, 0, read);
                    }
                }
                if (!isSilent) {
                    out.close();
                }
            } catch (IOException ended) {
                // One side is gone; the other is told by its own way.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Way way : ways) {
            way.from.close();
            way.to.close();
        }
    }
}
