package dev.saywhen.adapter.slack;

import com.slack.api.methods.response.conversations.ConversationsListResponse;
import com.slack.api.methods.response.users.UsersConversationsResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.User;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.Directory;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** People and channels of one workspace. Who somebody is is asked again after a moment; channels are followed by events. */
final class SlackDirectory implements Directory {
    private static final Duration FRESH = Duration.ofSeconds(20);
    private static final int PAGE = 200;

    private final WebApi api;
    private final Identity self;
    private final InstantSource clock;
    private final Map<ActorId, Known> people = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    private record Known(Author.@Nullable Kind kind, String name, Instant at) {}

    /** A channel that the bot is in. */
    private record Place(String name, boolean isShared) {}

    SlackDirectory(WebApi api, Identity self, InstantSource clock) {
        this.api = api;
        this.self = self;
        this.clock = clock;
    }

    @Override
    public Optional<Author.Kind> kindOf(ActorId actor) {
        Known known = people.get(actor);
        if (known == null || known.at().plus(FRESH).isBefore(clock.instant())) {
            known = asked(actor);
            people.put(actor, known);
        }
        return Optional.ofNullable(known.kind());
    }

    private Known asked(ActorId actor) {
        try {
            User user = api.call(SlackMethod.USER, methods -> methods.usersInfo(r -> r.user(actor.user())))
                    .getUser();
            return new Known(kind(user, actor), shownName(user), clock.instant());
        } catch (SlackRefused refused) {
            if (refused.error().equals("user_not_found") || refused.error().equals("user_not_visible")) {
                return new Known(null, actor.user(), clock.instant());
            }
            throw refused;
        }
    }

    /** Whoever is of another workspace than the bot's is a guest here, whatever he is at home. */
    private Author.@Nullable Kind kind(User user, ActorId actor) {
        if (user.isDeleted()) {
            return null;
        }
        if (user.isBot() || user.isWorkflowBot() || actor.user().equals("USLACKBOT")) {
            return Author.Kind.MACHINE;
        }
        boolean isOfThisTeam =
                self.team().value().equals(user.getTeamId()) && actor.team().equals(self.team());
        return user.isRestricted() || user.isUltraRestricted() || user.isStranger() || !isOfThisTeam
                ? Author.Kind.GUEST
                : Author.Kind.PERSON;
    }

    private static String shownName(User user) {
        String shown = user.getProfile() == null ? null : user.getProfile().getDisplayName();
        return shown == null || shown.isBlank() ? String.valueOf(user.getName()) : shown;
    }

    /** What people call somebody; from memory, else the id. */
    String nameOfUser(String user) {
        Known known = people.get(new ActorId(self.team(), user));
        return known == null ? user : known.name().replace(' ', '.');
    }

    /** Something about this person changed. */
    void forget(String user) {
        people.remove(new ActorId(self.team(), user));
    }

    @Override
    public Optional<String> nameOf(ChannelId channel) {
        if (channel.value().startsWith("D")) {
            return Optional.of("@" + channel.value());
        }
        return Optional.ofNullable(places.get(channel.value())).map(Place::name);
    }

    @Override
    public boolean isShared(ChannelId channel) {
        Place place = places.get(channel.value());
        return !channel.value().startsWith("D") && (place == null || place.isShared());
    }

    List<ChannelId> channels() {
        return places.keySet().stream().map(self::channel).toList();
    }

    /** Channels that people can type, by name, for the list of what is heard. */
    List<String> names() {
        return places.entrySet().stream()
                .filter(place -> !place.getKey().startsWith("D"))
                .map(place -> place.getValue().name())
                .sorted()
                .toList();
    }

    /** Whether the bot is in a channel of that name or id. */
    boolean isIn(String channel) {
        return places.containsKey(channel) || names().contains(channel);
    }

    /** Reads anew where the bot is. */
    void load() {
        Map<String, Place> found = new ConcurrentHashMap<>();
        String cursor = "";
        do {
            String from = cursor;
            UsersConversationsResponse page = api.call(
                    SlackMethod.MEMBERSHIPS,
                    methods -> methods.usersConversations(r -> r.types(List.of(
                                    ConversationType.PUBLIC_CHANNEL,
                                    ConversationType.PRIVATE_CHANNEL,
                                    ConversationType.IM,
                                    ConversationType.MPIM))
                            .excludeArchived(true)
                            .limit(PAGE)
                            .cursor(from)));
            page.getChannels().forEach(channel -> found.put(channel.getId(), place(channel)));
            cursor = WebApi.following(page.getResponseMetadata());
        } while (!cursor.isEmpty());
        places.keySet().retainAll(found.keySet());
        places.putAll(found);
    }

    private static Place place(Conversation channel) {
        String name = channel.getName() == null ? channel.getId() : channel.getName();
        return new Place(name, channel.isExtShared() || channel.isPendingExtShared());
    }

    void renamed(String channel, String name) {
        places.computeIfPresent(channel, (_, old) -> new Place(name, old.isShared()));
    }

    void left(String channel) {
        places.remove(channel);
    }

    /** The bot is in this channel now. */
    void joined(String channel) {
        Conversation found = api.call(
                        SlackMethod.CHANNEL, methods -> methods.conversationsInfo(r -> r.channel(channel)))
                .getChannel();
        places.put(channel, place(found));
    }

    /** Joins every open channel whose name fits one of the patterns ({@code *} stands for anything). */
    void joinFitting(List<String> patterns) {
        if (patterns.isEmpty()) {
            return;
        }
        String cursor = "";
        do {
            String from = cursor;
            ConversationsListResponse page = api.call(
                    SlackMethod.CHANNELS,
                    methods -> methods.conversationsList(r -> r.types(List.of(ConversationType.PUBLIC_CHANNEL))
                            .excludeArchived(true)
                            .limit(PAGE)
                            .cursor(from)));
            page.getChannels().stream()
                    .filter(channel -> !channel.isMember() && fits(channel.getName(), patterns))
                    .forEach(channel -> join(channel.getId()));
            cursor = WebApi.following(page.getResponseMetadata());
        } while (!cursor.isEmpty());
    }

    void join(String channel) {
        Conversation joined = api.call(SlackMethod.JOIN, methods -> methods.conversationsJoin(r -> r.channel(channel)))
                .getChannel();
        places.put(channel, place(joined));
    }

    static boolean fits(String name, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith("#") ? pattern.substring(1) : pattern)
                .anyMatch(pattern -> name.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E"));
    }
}
