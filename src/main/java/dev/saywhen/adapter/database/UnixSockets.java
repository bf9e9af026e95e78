package dev.saywhen.adapter.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Leads PostgreSQL's driver to a socket in the file system, the only way into a server that has no network. The driver
 * makes it by name and hands it the path.
 */
public final class UnixSockets extends DriverSockets {
    private final Path path;

    public UnixSockets(String path) {
        this.path = Path.of(path);
    }

    @Override
    public Socket createSocket() {
        return new UnixSocket(path);
    }

    /** What the driver uses of a socket. Options of TCP mean nothing here; reads block until the other side closes. */
    private static final class UnixSocket extends Socket {
        private final Path path;
        private volatile SocketChannel channel;

        UnixSocket(Path path) {
            this.path = path;
            try {
                this.channel = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
            } catch (IOException none) {
                throw new IllegalStateException("this system has no sockets in the file system", none);
            }
        }

        @Override
        public void connect(SocketAddress ignored, int timeout) throws IOException {
            channel.connect(UnixDomainSocketAddress.of(path));
        }

        @Override
        public InputStream getInputStream() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream getOutputStream() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public synchronized void close() throws IOException {
            channel.close();
        }

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public void setKeepAlive(boolean on) {}

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public void setReceiveBufferSize(int size) {}

        @Override
        public void setSendBufferSize(int size) {}

        @Override
        public int getSendBufferSize() {
            return 8192;
        }
    }
}
