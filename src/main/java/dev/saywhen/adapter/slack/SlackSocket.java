package dev.saywhen.adapter.slack;

import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFactory;
import com.neovisionaries.ws.client.WebSocketFrame;
import com.slack.api.Slack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One socket of Slack's Socket Mode, opened anew for as long as the service lives: when it closes, when it is silent though
 * it was asked, and when Slack asks for it. A new connection is open before the old one is closed.
 */
final class SlackSocket implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlackSocket.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(5);
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);

    private final Slack slack;
    private final String appToken;
    private final String name;
    private final BiConsumer<Connection, String> arrived;
    private final Thread keeper;
    private volatile @Nullable Connection current; // replaced by the keeper alone
    private volatile boolean isAskedFor; // a new connection, by anybody
    private volatile boolean ending; // set once, by whoever ends the service

    /**
     * Begins to connect, and returns at once.
     *
     * @param arrived is given each frame by the thread that read it; the next frame waits for it
     */
    SlackSocket(Slack slack, String appToken, String name, BiConsumer<Connection, String> arrived) {
        this.slack = slack;
        this.appToken = appToken;
        this.name = name;
        this.arrived = arrived;
        this.keeper = Thread.ofPlatform().daemon().name("slack-" + name).start(this::keep);
    }

    /** Whether it is connected as far as the connection itself can tell. */
    boolean isOpen() {
        Connection now = current;
        return now != null && now.isOpen();
    }

    /** Connects anew, whatever the connection says of itself. */
    void renew() {
        isAskedFor = true;
        LockSupport.unpark(keeper);
    }

    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(keeper);
        Connection now = current;
        if (now != null) {
            now.end();
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        while (!ending) {
            try {
                if (isAskedFor || !isOpen()) {
                    isAskedFor = false;
                    replace();
                }
                pause = FIRST_PAUSE;
                LockSupport.parkNanos(this, ASK_EVERY.toNanos());
            } catch (IOException | WebSocketException | RuntimeException | Error failed) { // nobody else keeps it
                isAskedFor = true;
                if (!ending) {
                    LOG.warnf(
                            "Slack: %s cannot be opened, tried again in %d ms (%s)",
                            name, pause.toMillis(), failed.getMessage());
                }
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** However often it is asked for a connection meanwhile: where Slack refuses one, more calls only make it worse. */
    private void rest(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !ending; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void replace() throws IOException, WebSocketException {
        Connection old = current;
        if (old != null) {
            LOG.infof("Slack: %s is opened anew", name);
        }
        Connection fresh = new Connection(slack.issueSocketModeUrl(appToken));
        current = fresh;
        if (old != null) {
            old.end();
        }
        if (ending) {
            fresh.end();
        }
    }

    /** What is read came by one of these, and is acknowledged there. */
    final class Connection extends WebSocketAdapter {
        private final WebSocket socket;
        private volatile long heardAt = System.nanoTime(); // written by the thread that reads
        private volatile boolean isLeaving; // set once, by the thread that reads

        private Connection(String url) throws IOException, WebSocketException {
            socket = new WebSocketFactory()
                    .setConnectionTimeout((int) CONNECTED_WITHIN.toMillis())
                    .setSocketTimeout((int) CONNECTED_WITHIN.toMillis()) // each ping brings something to read
                    .createSocket(url)
                    .setDirectTextMessage(true)
                    .setPingInterval(ASK_EVERY.toMillis())
                    .addListener(this);
            socket.connect(); // from here on it is read
        }

        private boolean isOpen() {
            return !isLeaving && socket.isOpen() && System.nanoTime() - heardAt < SILENT_AFTER.toNanos();
        }

        /** Slack is about to close it. */
        void leave() {
            isLeaving = true;
            LockSupport.unpark(keeper);
        }

        /** Where the connection is gone by then, Slack brings again what was not acknowledged. */
        void send(String frame) {
            socket.sendText(frame);
        }

        private void end() {
            socket.disconnect();
        }

        @Override
        public void onFrame(WebSocket websocket, WebSocketFrame frame) {
            heardAt = System.nanoTime();
        }

        @Override
        public void onTextMessage(WebSocket websocket, byte[] frame) {
            try {
                arrived.accept(this, new String(frame, StandardCharsets.UTF_8));
            } catch (RuntimeException | Error broken) { // the thread reads what comes next
                LOG.errorf(broken, "Slack: an event could not be heard; it is not acknowledged and comes again");
            }
        }

        @Override
        public void onDisconnected(
                WebSocket websocket,
                @Nullable WebSocketFrame serverCloseFrame,
                @Nullable WebSocketFrame clientCloseFrame,
                boolean closedByServer) {
            LockSupport.unpark(keeper);
        }
    }
}
