package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.SlackConfig;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.TeamId;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One Slack workspace: what is said there comes in by {@link #open}, what is to be said goes out by {@link #gateway}.
 *
 * <p>Made, it has asked Slack who it is; opened, it listens.
 */
public final class Slack implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Slack.class);

    /** As Slack tells of a message, with the team and a number. */
    private static final String SAID = """
            {"type":"event_callback","team_id":"%s","event_id":"Ev1","event_time":1,"event":{"type":"message",\
            "channel":"C1","channel_type":"channel","user":"U1","text":"stop","ts":"1.%06d","event_ts":"1.1"}}""";

    private final SlackSetting setting;
    private final com.slack.api.Slack client;
    private final WebApi api;
    private final Identity self;
    private final Optional<Set<String>> granted;
    private final OwnMessages own = new OwnMessages();
    private final SlackDirectory directory;
    private final SlackGateway gateway;
    private final InstantSource clock;
    private final Map<ChannelId, String> lost = new ConcurrentHashMap<>(); // by what people called them
    private volatile @Nullable Ingress ingress; // set once, when it is opened
    private volatile @Nullable SlackSockets sockets; // as above

    /** Throws {@link SlackRefused} if Slack does not take the bot token. */
    public Slack(SlackSetting setting, InstantSource clock) {
        this.setting = setting;
        this.clock = clock;
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(setting.apiUrl());
        // Its statistics ask auth.test once more by themselves, log an error of their own, and trip over short tokens.
        config.setStatsEnabled(false);
        this.client = com.slack.api.Slack.getInstance(config);
        this.api = new WebApi(client.methods(setting.botToken()), setting.botToken());
        AuthTestResponse who = api.call(SlackMethod.AUTH_TEST, methods -> methods.authTest(r -> r));
        this.self = identity(who);
        this.granted = granted(who);
        this.directory = new SlackDirectory(api, self, clock);
        this.gateway = new SlackGateway(api, self, new Encoding(directory::nameOfUser), own, clock, this::unsayable);
    }

    private static Identity identity(AuthTestResponse who) {
        if (who.getBotId() == null) {
            throw new SlackRefused("the bot token", "not_allowed_token_type", null);
        }
        return new Identity(Identity.team(who.getTeamId()), who.getUserId(), who.getBotId());
    }

    /** Slack tells with every answer what the token may do; empty if it did not. */
    private static Optional<Set<String>> granted(AuthTestResponse answer) {
        Map<String, List<String>> headers =
                Objects.requireNonNullElse(answer.getHttpResponseHeaders(), Map.<String, List<String>>of());
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("X-OAuth-Scopes"))
                .findFirst()
                .map(header -> Arrays.stream(String.join(",", header.getValue()).split(","))
                        .map(String::strip)
                        .collect(Collectors.toSet()));
    }

    public ChatGateway gateway() {
        return gateway;
    }

    public Directory directory() {
        return directory;
    }

    public TeamId team() {
        return self.team();
    }

    /**
     * Looks whether the tokens do and where the bot is, so that channels have names before anything is heard. Throws
     * {@link SlackRefused} if something that is needed is not granted.
     */
    public void look() {
        Set<String> missing = new TreeSet<>(SlackMethod.needed(!setting.join().isEmpty()));
        granted.ifPresent(missing::removeAll);
        if (granted.isPresent() && !missing.isEmpty()) {
            throw new SlackRefused("this token", "missing_scope", String.join(", ", missing));
        }
        setting.appToken()
                .ifPresent(token -> api.call(
                        SlackMethod.OPEN_CONNECTION, methods -> methods.appsConnectionsOpen(r -> r.token(token))));
        directory.load();
    }

    /** Begins to listen. */
    public void open(Inbox inbox, HearingWatch watch, Executor executor) {
        executor.execute(this::join);
        Translation translation =
                new Translation(self, new Decoding(self.user(), setting.botName()), own, directory::channels);
        Ingress opened = new Ingress(
                inbox,
                self,
                translation,
                directory,
                () -> watch.arrived(self.team()),
                setting.join(),
                this::lost,
                setting.botName(),
                executor,
                clock);
        ingress = opened;
        setting.appToken().ifPresent(token -> {
            SlackSockets connected = new SlackSockets(client, token, opened, executor);
            sockets = connected;
            connected.open();
        });
        watch.opened(new History(api, self, directory, opened, this::reopen, clock));
    }

    /** The way of a STOP in a channel, with nothing in memory that anything else looks at. */
    public StopWarmUp.Way warmUp(Inbox inbox) {
        ObjectMapper json = new ObjectMapper();
        Ingress apart = new Ingress(
                inbox,
                self,
                new Translation(self, new Decoding(self.user(), setting.botName()), new OwnMessages(), List::of),
                directory,
                () -> {},
                List.of(),
                _ -> {},
                setting.botName(),
                _ -> {},
                clock);
        return number -> {
            try {
                Ingress.Delivery said = apart.read(json.readTree(
                        String.format(Locale.ROOT, SAID, self.team().value(), number)));
                if (!said.passes()) {
                    said.hear();
                }
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }

    private void join() {
        try {
            directory.joinFitting(setting.join());
        } catch (RuntimeException broken) {
            LOG.warnf("Slack: channels that fit saywhen.slack.join cannot be joined: %s", broken.getMessage());
        }
    }

    /** Nothing can be said there, so nobody there would see a plan or a receipt: the place is lost. */
    private void unsayable(ChannelId channel, String why) {
        Ingress now = ingress;
        if (now != null) {
            now.takeIn(new InboundEvent.PlaceLost(channel, null, why, clock.instant()));
            now.aside("where it is", directory::load); // somebody may have invited it since it was refused
        }
    }

    private void reopen() {
        SlackSockets now = sockets;
        if (now != null) {
            now.reopen();
        }
    }

    private void lost(InboundEvent.PlaceLost place) {
        String name = directory.nameOf(place.channel()).orElse(place.channel().value());
        directory.left(place.channel().value());
        if (lost.putIfAbsent(place.channel(), name) != null) {
            return;
        }
        LOG.warnf("Slack: #%s is not heard any more: %s. /invite the bot there again.", name, place.why());
    }

    /** Channels that were lost since the start and those of {@code expected}, by name or id, if the bot is not in them. */
    public List<String> notHeard(List<String> expected) {
        lost.keySet().removeIf(channel -> directory.isIn(channel.value()));
        Set<String> all = new TreeSet<>();
        lost.values().forEach(name -> all.add("#" + name));
        expected.stream().filter(channel -> !directory.isIn(channel)).forEach(channel -> all.add("#" + channel));
        return List.copyOf(all);
    }

    /** Channels the bot is in. */
    public List<String> heard() {
        return directory.names();
    }

    /** Whether the receiving path is there, as far as it can tell of itself. By HTTP that is the service's own life. */
    public boolean isOpen() {
        SlackSockets now = sockets;
        return now == null ? ingress != null : now.isOpen();
    }

    @Nullable
    Ingress ingress() {
        return ingress;
    }

    @Nullable
    Signature signature() {
        return setting.signingSecret()
                .map(secret -> new Signature(secret, clock))
                .orElse(null);
    }

    @Override
    public void close() {
        SlackSockets now = sockets;
        if (now != null) {
            now.close();
        }
    }
}
