package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.DirectConversations;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.LiveThreads;
import dev.saywhen.flow.RunLanes;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.run.Run;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Discord: what is said in the bot's servers comes in by {@link #open}, what is to be said goes out by {@link #gateway}.
 * Each server is a team of its own.
 *
 * <p>Made, it has asked Discord who it is; opened, it listens.
 */
public final class Discord implements AutoCloseable {
    static final Platform PLATFORM = new Platform("discord");

    private static final Logger LOG = Logger.getLogger(Discord.class);
    private static final int READS_CONTENT = 1 << 18;
    private static final int READS_CONTENT_IN_FEW_SERVERS = 1 << 19;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** As Discord tells of a message, with its number. */
    private static final String SAID = """
            {"op":0,"t":"MESSAGE_CREATE","s":1,"d":{"id":"%d","channel_id":"2","guild_id":"1","type":0,"content":"stop",\
            "author":{"id":"3","username":"warm-up","bot":false},"member":{"roles":[],"flags":0},\
            "timestamp":"2026-01-01T00:00:00.000000+00:00","edited_timestamp":null,"mentions":[],"mention_roles":[],\
            "attachments":[],"embeds":[],"components":[],"flags":0,"pinned":false,"tts":false}}""";

    private final DiscordSetting setting;
    private final Rest rest;
    private final String bot;
    private final String application;
    private final Servers servers;
    private final OwnMessages own = new OwnMessages();
    private final HeardTexts texts = new HeardTexts();
    private final DiscordGateway gateway;
    private final InstantSource clock;
    private final Duration answeredWithin;
    private final Map<ChannelId, String> lost = new ConcurrentHashMap<>(); // by what people called them
    private final Set<TeamId> opened = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Ingress ingress; // set once, when it is opened
    private volatile @Nullable Connection connection; // as above
    private volatile boolean ending; // set by whoever ends the service, read by what tries again

    /** Throws {@link DiscordRefused} if Discord does not take the token or lets the bot read no messages. */
    public Discord(DiscordSetting setting, InstantSource clock) {
        this(setting, clock, ANSWERED_WITHIN);
    }

    Discord(DiscordSetting setting, InstantSource clock, Duration answeredWithin) {
        this.setting = setting;
        this.clock = clock;
        this.answeredWithin = answeredWithin;
        this.rest = new Rest(setting, clock);
        this.bot = rest.get("users/@me").path("id").asText();
        this.application = application(rest.get("applications/@me"));
        this.servers = new Servers(rest, bot, clock);
        this.gateway = new DiscordGateway(rest, bot, servers, texts, own, clock, this::unsayable);
    }

    private static String application(JsonNode application) {
        int flags = application.path("flags").asInt();
        if ((flags & (READS_CONTENT | READS_CONTENT_IN_FEW_SERVERS)) == 0) {
            throw new DiscordRefused("Discord gives the bot no text of messages, so no stop could be heard."
                    + " Switch on \"Message Content Intent\" on the page Bot of the application, see docs/discord.md.");
        }
        return application.path("id").asText();
    }

    public ChatGateway gateway() {
        return gateway;
    }

    public Directory directory() {
        return servers;
    }

    /** The servers the bot is in. */
    public List<TeamId> teams() {
        return servers.all().stream().map(Server::team).toList();
    }

    /** Looks where the bot is, so that channels have names before anything is heard. */
    public void look() {
        servers.load();
    }

    /**
     * Begins to listen, and tells Discord which commands there are.
     *
     * @param threads where runs go on
     */
    public void open(
            Inbox inbox,
            HearingWatch watch,
            LiveThreads threads,
            DirectConversations conversations,
            Executor executor) {
        executor.execute(this::register);
        RunLanes lanes = new RunLanes(
                executor, (lane, broken) -> LOG.errorf(broken, "Discord: an event was not stored lane=%s", lane));
        servers.meet(
                conversations.on(PLATFORM),
                met -> lanes.submit(met, () -> untilStored(() -> conversations.met(PLATFORM, met))),
                gone -> lanes.submit(gone, () -> untilStored(() -> conversations.gone(PLATFORM, gone))));
        threads.all().stream()
                .filter(run -> !run.state().hasEnded()
                        && run.thread().platform().equals(PLATFORM)
                        && servers.isDirect(run.thread().channel().value()))
                .sorted(Comparator.comparing(Run::id))
                .forEach(run -> own.talk(run.thread()));
        Ingress made = new Ingress(
                inbox,
                new Translation(bot, servers, new Decoding(bot, setting.botName()), own, texts, clock),
                new Surroundings(servers, bot, clock),
                servers,
                rest,
                watch::arrived,
                this::lost,
                setting.botName(),
                executor,
                clock);
        ingress = made;
        Connection connected = new Connection(
                setting,
                new Connection.Listener() {
                    private final Glance glance = new Glance(servers::isChannel, made::mayHoldStopWord);

                    @Override
                    public boolean canWait(String frame) {
                        return glance.canWait(frame);
                    }

                    @Override
                    public void event(String type, JsonNode event, Consumer<Runnable> then) {
                        Optional<Runnable> rest = made.hear(type, event);
                        if (type.equals("GUILD_CREATE")) {
                            begun(event.path("id").asText(), made, watch);
                        }
                        String lane = event.path("channel_id").asText("anywhere");
                        rest.ifPresent(store -> then.accept(() -> {
                            if (!ending) { // nothing would be stored any more
                                lanes.submit(lane, () -> untilStored(store));
                            }
                        }));
                    }

                    @Override
                    public void over(int code) {
                        LOG.errorf(
                                "saywhen.discord.token: Discord is not heard any more: %s.", Connection.meaning(code));
                        executor.execute(() -> made.everythingLost("the connection to Discord ended for good"));
                    }
                },
                rest::read,
                answeredWithin);
        connection = connected;
        connected.open();
    }

    /** The way of a STOP in a server, with nothing in memory that anything else looks at. */
    public StopWarmUp.Way warmUp(Inbox inbox) {
        Servers apart = new Servers(rest, bot, clock);
        Ingress ingress = new Ingress(
                inbox,
                new Translation(
                        bot, apart, new Decoding(bot, setting.botName()), new OwnMessages(), new HeardTexts(), clock),
                new Surroundings(apart, bot, clock),
                apart,
                rest,
                _ -> {},
                _ -> {},
                setting.botName(),
                _ -> {},
                clock);
        return number -> ingress.hear(
                "MESSAGE_CREATE",
                rest.read(String.format(Locale.ROOT, SAID, number + 1)).path("d"));
    }

    /** A server tells of itself once in every session that was not resumed: what came in between was not replayed. */
    private void begun(String guild, Ingress made, HearingWatch watch) {
        Server server = servers.at(guild);
        if (opened.add(server.team())) {
            watch.opened(new History(rest, server.team(), servers, own, made, this::reopen, clock));
        } else {
            watch.missed(server.team());
        }
        watch.arrived(server.team());
    }

    /** Discord tells everything once, so that what cannot be stored now is tried again here. */
    private void untilStored(Runnable store) {
        Duration pause = Duration.ofMillis(50);
        while (!ending) {
            try {
                store.run();
                return;
            } catch (RuntimeException broken) {
                LOG.warnf("Discord: an event was not stored, tried again in %d ms (%s)", pause.toMillis(), broken);
                LockSupport.parkNanos(pause.toNanos());
                Duration next = pause.multipliedBy(2);
                pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
            }
        }
    }

    private void register() {
        ArrayNode commands = rest.object().arrayNode();
        commands.addObject()
                .put("name", "stop")
                .put("description", "Hold the run of this thread; anywhere else, every run.");
        commands.addObject()
                .put("name", "saywhen")
                .put("description", "status, help or whoami.")
                .putArray("options")
                .addObject()
                .put("type", 3)
                .put("name", "about")
                .put("description", "status, help or whoami");
        try {
            rest.put("applications/" + application + "/commands", commands);
        } catch (RuntimeException broken) {
            LOG.warnf("Discord: /stop and /saywhen cannot be registered: %s", broken.getMessage());
        }
    }

    /** Nothing can be said there, so nobody there would see a plan or a receipt: the place is lost. */
    private void unsayable(ThreadId thread, String why) {
        Ingress now = ingress;
        if (now != null) {
            now.takeIn(new InboundEvent.PlaceLost(thread.channel(), thread, why, clock.instant()));
        }
    }

    private void reopen() {
        Connection now = connection;
        if (now != null) {
            now.renew();
        }
    }

    private void lost(InboundEvent.PlaceLost place) {
        String name = servers.nameOf(place.channel()).orElse(place.channel().value());
        if (lost.putIfAbsent(place.channel(), name) == null) {
            LOG.warnf("Discord: #%s is not heard any more: %s.", name, place.why());
        }
    }

    /** Channels that were lost since the start and those of {@code expected}, by name or id, that are not heard. */
    public List<String> notHeard(List<String> expected) {
        lost.keySet().removeIf(channel -> servers.hears(channel.value()));
        Set<String> all = new TreeSet<>();
        lost.values().forEach(name -> all.add("#" + name));
        expected.stream().filter(channel -> !servers.hears(channel)).forEach(channel -> all.add("#" + channel));
        return List.copyOf(all);
    }

    /** What the bot may not do in the channels of that name or id, one for each; empty if no server has one. */
    public List<Lack> lacks(String channel) {
        return servers.lacks(channel);
    }

    /** Channels that are heard. */
    public List<String> heard() {
        return servers.names();
    }

    /** Whether the receiving path is there, as far as it can tell of itself. */
    public boolean isOpen() {
        Connection now = connection;
        return now != null && now.isOpen();
    }

    @Nullable
    Ingress ingress() {
        return ingress;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        ending = true;
        Connection now = connection;
        if (now != null) {
            now.close();
        }
    }
}
