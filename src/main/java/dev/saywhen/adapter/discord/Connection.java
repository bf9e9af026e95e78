package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.neovisionaries.ws.client.WebSocket;
import com.neovisionaries.ws.client.WebSocketAdapter;
import com.neovisionaries.ws.client.WebSocketException;
import com.neovisionaries.ws.client.WebSocketFrame;
import dev.saywhen.flow.Unhurried;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.StatusChangeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.internal.JDAImpl;
import net.dv8tion.jda.internal.requests.WebSocketClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Discord's gateway. JDA keeps it: it identifies, beats, resumes and begins anew.
 *
 * <p>What arrives is heard on the thread that reads the socket, before JDA looks at it: what JDA cannot read, or does not
 * pass on because it does not know the channel, may be a STOP.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Connection.class);
    private static final int DISPATCH = 0;
    private static final int GOING_AWAY = 4_900; // of our own choosing, so that JDA resumes
    private static final int FORGET_SESSION = 1_000;
    private static final String FORGET_REASON = "INVALIDATE_SESSION"; // by this JDA begins anew
    private static final int REFUSED_TOKEN = 4_004;
    private static final int LONGEST_DELAY_SECONDS = 32;
    private static final long CLOSED_WITHIN_MILLIS = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(20);
    private static final Duration BETWEEN_NEW_SESSIONS = Duration.ofMinutes(3); // a thousand are allowed a day

    /** Who listens. */
    interface Listener {
        /** Whether a frame need not be read at once. Called by the thread that reads the socket. */
        boolean canWait(String frame);

        /**
         * Something happened. Called by the thread that reads the socket, or a moment later by another one if it can wait.
         *
         * @param then does what follows on what was heard, in the order in which it came, once a burst is over
         */
        void event(String type, JsonNode event, Consumer<Runnable> then);

        /** It is over for good; the number is one of Discord's close codes. */
        void over(int code);
    }

    private final DiscordSetting setting;
    private final Listener listener;
    private final Function<String, JsonNode> json;
    private final Duration answeredWithin;
    private volatile @Nullable JDA jda; // set by the thread that opens, read by the one that closes
    private volatile @Nullable WebSocket socket; // the newest one
    private volatile boolean ending; // set by whoever ends the service
    private volatile boolean isOver; // Discord wants no further try
    private volatile boolean isReady; // between a READY or RESUMED and the end of that socket
    private volatile long unansweredSince; // of System.nanoTime; 0 while nothing is asked
    private long renewedAt = System.nanoTime() - BETWEEN_RENEWALS.toNanos(); // guarded by this
    private long begunAnewAt = System.nanoTime() - BETWEEN_NEW_SESSIONS.toNanos(); // guarded by this

    /** @param answeredWithin how long a RESUME or IDENTIFY may go unanswered */
    Connection(DiscordSetting setting, Listener listener, Function<String, JsonNode> json, Duration answeredWithin) {
        this.setting = setting;
        this.listener = listener;
        this.json = json;
        this.answeredWithin = answeredWithin;
    }

    /** Connects, and keeps connected from then on. */
    void open() {
        Thread.ofPlatform().daemon().name("discord-connection").start(this::keep);
    }

    boolean isOpen() {
        return isReady;
    }

    /** Nothing comes back though the connection looks sound: it is resumed on a new one, and if that changed nothing begun anew. */
    synchronized void renew() {
        WebSocket now = socket;
        long time = System.nanoTime();
        if (now == null || !isReady || time - renewedAt < BETWEEN_RENEWALS.toNanos()) {
            return;
        }
        boolean wasInVain = time - renewedAt < 3 * BETWEEN_RENEWALS.toNanos();
        renewedAt = time;
        if (wasInVain && time - begunAnewAt > BETWEEN_NEW_SESSIONS.toNanos()) {
            begunAnewAt = time;
            forget(now);
        } else {
            LOG.info("Discord: nothing comes back, so the connection is opened anew");
            now.disconnect(GOING_AWAY, "nothing comes back", CLOSED_WITHIN_MILLIS);
        }
    }

    private static void forget(WebSocket socket) {
        socket.disconnect(FORGET_SESSION, FORGET_REASON, CLOSED_WITHIN_MILLIS);
    }

    @Override
    public void close() {
        ending = true;
        JDA now = jda;
        if (now != null) {
            now.shutdownNow();
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        while (!ending && !isOver) {
            if (jda == null) {
                try {
                    jda = built();
                    pause = FIRST_PAUSE;
                } catch (InvalidTokenException refused) {
                    over(REFUSED_TOKEN);
                } catch (RuntimeException failed) {
                    LOG.warnf(
                            "Discord cannot be reached, tried again in %d ms (%s)",
                            pause.toMillis(), failed.getMessage());
                    LockSupport.parkNanos(pause.toNanos());
                    Duration next = pause.multipliedBy(2);
                    pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
                }
            } else {
                look();
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
        if (ending) {
            close(); // it may have been opened meanwhile
        }
    }

    /** JDA waits without end for the answer to a RESUME. */
    private void look() {
        long since = unansweredSince;
        WebSocket now = socket;
        if (since != 0 && now != null && System.nanoTime() - since > answeredWithin.toNanos()) {
            unansweredSince = 0;
            LOG.warn("Discord: the session is not taken up again within its time, so a new one is begun");
            forget(now);
        }
    }

    private JDA built() {
        return JDABuilder.createLight(
                        setting.token(),
                        GatewayIntent.GUILD_MESSAGES,
                        GatewayIntent.DIRECT_MESSAGES,
                        GatewayIntent.MESSAGE_CONTENT,
                        GatewayIntent.GUILD_MESSAGE_REACTIONS,
                        GatewayIntent.DIRECT_MESSAGE_REACTIONS)
                .setRestConfig(new RestConfig().setBaseUrl(setting.apiUrl()))
                .setSessionController(new ConcurrentSessionController() {
                    @Override
                    public String getGateway() {
                        return setting.gatewayUrl().orElseGet(super::getGateway);
                    }
                })
                .setCompression(Compression.NONE)
                .setMaxReconnectDelay(LONGEST_DELAY_SECONDS)
                .setEnableShutdownHook(false)
                .addEventListeners((EventListener) this::happened)
                .build();
    }

    private void happened(GenericEvent event) {
        if (event instanceof StatusChangeEvent status && status.getNewStatus() == JDA.Status.IDENTIFYING_SESSION) {
            listen((JDAImpl) event.getJDA());
        } else if (event instanceof ShutdownEvent shutdown && !ending) {
            over(shutdown.getCode());
        }
    }

    private void over(int code) {
        isOver = true;
        isReady = false;
        listener.over(code);
    }

    /**
     * Puts an ear on the socket in place of JDA's own, which is given everything by it. Called when a socket is open and
     * nothing was asked yet, so that no event comes before it. JDA copies the factory of its sockets, so that there is no
     * other way in.
     */
    private void listen(JDAImpl connected) {
        WebSocketClient client = connected.getClient();
        WebSocket opened = client.socket;
        opened.clearListeners().addListener(new Ear(client));
        socket = opened;
        unansweredSince = System.nanoTime();
    }

    /** Hears, and hands on to JDA in order on a thread of JDA's own, for which nobody who says stop has to wait. */
    private final class Ear extends WebSocketAdapter {
        private final WebSocketClient client;
        private final Unhurried unhurried = new Unhurried(
                "discord-unhurried", broken -> LOG.error("Discord: an event could not be taken in", broken));
        private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("discord-jda").factory());
        private volatile int newest; // the number of the newest event JDA has or will have; written by who hands on

        Ear(WebSocketClient client) {
            this.client = client;
            // JDA connects anew on it, and a thread inherits the priority of who starts it. Started later, by the one
            // that hands on, it would leave a low one to the next that hears.
            thread.prestartCoreThread();
        }

        @Override
        public void onTextMessage(WebSocket from, byte[] frame) {
            String text = text(frame);
            if (unhurried.hasRoom(frame.length) && listener.canWait(text)) {
                unhurried.later(
                        frame.length, () -> handOn(from, ForJda.of(frame, arrived(text(frame), Runnable::run))));
            } else {
                ForJda told = ForJda.of(frame, arrived(text, unhurried::later));
                unhurried.later(told.held(), () -> handOn(from, told));
            }
        }

        private static String text(byte[] frame) {
            return new String(frame, StandardCharsets.UTF_8);
        }

        /** Of several numbers that wait JDA is told the newest. */
        private void handOn(WebSocket from, ForJda told) {
            if (thread.isShutdown()) {
                return; // of a connection that is gone: Discord tells it again to who resumes
            }
            if (told.isNumbered()) {
                newest = told.number();
            }
            thread.execute(() -> {
                boolean isOfUse = told.whole() != null || told.number() == newest;
                if (isOfUse && !ending) { // JDA takes nothing more then
                    client.onTextMessage(from, told.frame());
                }
            });
        }

        @Override
        public void onDisconnected(
                WebSocket from, WebSocketFrame theirs, WebSocketFrame ours, boolean isClosedByServer) {
            isReady = false;
            unansweredSince = 0;
            unhurried.later(() -> {
                thread.execute(() -> client.onDisconnected(from, theirs, ours, isClosedByServer));
                thread.shutdown();
                unhurried.close();
            });
        }

        @Override
        public void onError(WebSocket from, WebSocketException cause) throws Exception {
            client.onError(from, cause);
        }

        @Override
        public void handleCallbackError(WebSocket from, Throwable cause) throws Exception {
            client.handleCallbackError(from, cause);
        }

        /** What it says. */
        private JsonNode arrived(String frame, Consumer<Runnable> then) {
            JsonNode read = json.apply(frame);
            try {
                take(read, then);
            } catch (RuntimeException broken) {
                LOG.error("Discord: an event could not be heard", broken);
            }
            return read;
        }

        private void take(JsonNode frame, Consumer<Runnable> then) {
            int kind = frame.path("op").asInt(-1);
            if (kind != DISPATCH || ending) {
                return;
            }
            String type = frame.path("t").asText();
            if (type.equals("READY") || type.equals("RESUMED")) {
                unansweredSince = 0;
                isReady = true;
            }
            listener.event(type, frame.path("d"), then);
        }
    }

    /**
     * What JDA needs of a frame to keep the connection: how a session begins and which servers there are. Of anything else it
     * needs the number alone, by which it resumes: that was heard already, under a flood JDA would hold the longest of it until
     * it had understood what came before, and what JDA cannot read it logs whole, with people's words in it.
     *
     * @param number of the event; 0 for a frame without one
     */
    private record ForJda(int number, byte @Nullable [] whole) {
        static ForJda of(byte[] frame, JsonNode read) {
            String type = read.path("t").asText();
            boolean isWhole = !read.path("s").isInt()
                    || type.equals("READY")
                    || type.equals("RESUMED")
                    || type.startsWith("GUILD_");
            return new ForJda(read.path("s").asInt(), isWhole ? frame : null);
        }

        boolean isNumbered() {
            return number > 0;
        }

        /** About how many bytes are kept for it. */
        int held() {
            return whole == null ? 0 : whole.length;
        }

        byte[] frame() {
            String heard = "{\"op\":0,\"t\":\"HEARD\",\"s\":" + number + ",\"d\":{}}";
            return whole == null ? heard.getBytes(StandardCharsets.UTF_8) : whole;
        }
    }

    /** What a close code asks of whoever runs the service (https://discord.com/developers/docs/topics/opcodes-and-status-codes). */
    static String meaning(int code) {
        return switch (code) {
            case REFUSED_TOKEN -> "the token is not valid any more. Copy it anew from the application's page";
            case 4_013 -> "the intents are not valid for this version of the interface";
            case 4_014 ->
                "an intent is not allowed. Switch on \"Message Content Intent\" on the page Bot of the application";
            default -> "the connection ended for good with code " + code;
        };
    }

    /** Whether no further try can help. */
    boolean isOverForGood() {
        return isOver;
    }
}
