package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Newest;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.SeenReactions;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What Discord tells: heard at once on the thread that brought it, then stored. */
final class Ingress {
    static final String STOP_BUTTON = "saywhen-stop";
    private static final Logger LOG = Logger.getLogger(Ingress.class);
    private static final int REMEMBERED = 5_000;
    private static final int COMMAND = 2;
    private static final int COMPONENT = 3;
    private static final int ANSWER = 4;
    private static final int QUIETLY = 6;
    private static final int ONLY_TO_WHO_ASKED = 64;
    private static final int IN_OTHER_CONVERSATIONS = 2;

    private final Inbox inbox;
    private final Translation translation;
    private final Surroundings surroundings;
    private final Servers servers;
    private final Rest rest;
    private final Consumer<TeamId> arrived;
    private final Consumer<InboundEvent.PlaceLost> lost;
    private final String botName;
    private final Executor executor;
    private final InstantSource clock;

    private final SeenReactions reactions = new SeenReactions();

    /** STOPs that were carried out: a copy of one would only be told again that there is nothing to hold. */
    private final Set<InboundEvent> carriedOut = Newest.set(REMEMBERED);

    /**
     * @param arrived told of every event of a team
     * @param lost told of a place that is lost, to answer what is not heard
     */
    Ingress(
            Inbox inbox,
            Translation translation,
            Surroundings surroundings,
            Servers servers,
            Rest rest,
            Consumer<TeamId> arrived,
            Consumer<InboundEvent.PlaceLost> lost,
            String botName,
            Executor executor,
            InstantSource clock) {
        this.inbox = inbox;
        this.translation = translation;
        this.surroundings = surroundings;
        this.servers = servers;
        this.rest = rest;
        this.arrived = arrived;
        this.lost = lost;
        this.botName = botName;
        this.executor = executor;
        this.clock = clock;
    }

    /** Whether a stop word can stand in what Discord sent, as it came. Errs towards yes. */
    boolean mayHoldStopWord(String raw) {
        return inbox.mayHoldStopWord(raw);
    }

    /**
     * Hears an event.
     *
     * @return what remains: to store it. Throws if it could not be stored; it is to be tried again then. Empty if it is
     *     nothing but talk that concerns nobody here
     */
    Optional<Runnable> hear(String type, JsonNode event) {
        List<InboundEvent> losses = surroundings.follow(type, event);
        if (type.equals("INTERACTION_CREATE")) {
            return Optional.of(interaction(event));
        }
        List<InboundEvent> events = Stream.concat(losses.stream(), translation.events(type, event).stream())
                .toList();
        if (type.equals("MESSAGE_CREATE") && events.stream().allMatch(inbox::passes)) {
            tellArrival(type, event);
            return Optional.empty();
        }
        events.forEach(heard -> {
            if (heard instanceof InboundEvent.Reacted reacted) {
                reactions.seen(reacted);
            }
            carryOut(heard);
        });
        tellArrival(type, event);
        switch (type) {
            case "THREAD_CREATE" -> join(translation.server(event), event);
            case "THREAD_LIST_SYNC", "GUILD_CREATE" -> joinThoseOf(event);
            default -> {}
        }
        return Optional.of(() -> events.forEach(inbox::accept));
    }

    private void tellArrival(String type, JsonNode event) {
        if (event.hasNonNull("guild_id") || type.startsWith("MESSAGE_")) {
            arrived.accept(translation.server(event).team());
        }
    }

    private boolean carryOut(InboundEvent event) {
        boolean isStop = !carriedOut.contains(event) && inbox.hear(event);
        if (isStop) {
            carriedOut.add(event);
        }
        if (event instanceof InboundEvent.PlaceLost place && place.thread() == null) {
            lost.accept(place);
        }
        return isStop;
    }

    /** Those that were made while nobody listened, or that the bot sees from now on. */
    private void joinThoseOf(JsonNode event) {
        Server server = event.hasNonNull("guild_id")
                ? translation.server(event)
                : servers.at(event.path("id").asText());
        event.path("threads").forEach(thread -> {
            if (!thread.hasNonNull("member")) { // where it stands, the bot is one of them
                join(server, thread);
            }
        });
    }

    /** In private threads only their members hear. */
    private void join(Server server, JsonNode thread) {
        String id = thread.path("id").asText();
        if (!server.isPrivate(id)) {
            return;
        }
        executor.execute(() -> {
            try {
                rest.put("channels/" + id + "/thread-members/@me");
            } catch (RuntimeException broken) {
                LOG.warnf("Discord: a private thread cannot be joined: %s", broken.getMessage());
            }
        });
    }

    private Runnable interaction(JsonNode event) {
        Runnable rest = switch (event.path("type").asInt()) {
            case COMMAND -> command(event);
            case COMPONENT -> button(event);
            default -> () -> {};
        };
        arrived.accept(translation.server(event).team());
        return rest;
    }

    private static Author author(Server server, JsonNode event) {
        JsonNode user = event.hasNonNull("member") ? event.path("member").path("user") : event.path("user");
        return new Author(new ActorId(server.team(), user.path("id").asText("unknown")), Author.Kind.PERSON);
    }

    /** {@code /stop} and {@code /saywhen}. In a run's thread a STOP is for that run, anywhere else for all of them. */
    private Runnable command(JsonNode event) {
        JsonNode data = event.path("data");
        String text = data.path("options").path(0).path("value").asText("").strip();
        boolean isStopCommand = data.path("name").asText().equals("stop");
        String said = isStopCommand ? "stop" : "@" + botName + " " + text;
        Server server = translation.server(event);
        String channel = event.path("channel_id").asText("unknown");
        MessageId message =
                server.message(channel, "command-" + event.path("id").asText());
        ThreadId thread = server.threadOf(channel, message.value());
        boolean isDirect = !event.hasNonNull("guild_id");
        InboundEvent posted = new InboundEvent.Posted(new InboundMessage(
                message,
                thread,
                author(server, event),
                said,
                clock.instant(),
                null,
                isDirect ? EnumSet.of(InboundMessage.Trait.DIRECT) : Set.of()));
        boolean isStop = carryOut(posted);
        boolean isElsewhere = event.path("context").asInt() == IN_OTHER_CONVERSATIONS;
        executor.execute(() -> answer(event, ANSWER, answer(isStop, text, isElsewhere)));
        return () -> {
            if (isStop || isQuestion(text)) {
                inbox.accept(posted);
            }
        };
    }

    private static boolean isQuestion(String text) {
        return text.matches("(?i)status|help|whoami");
    }

    private String answer(boolean isStop, String text, boolean isElsewhere) {
        if (isStop) {
            return isElsewhere
                    ? "Heard. The receipt follows in the threads of the runs."
                    : "Heard. The receipt follows here and in the threads of the runs.";
        }
        if (isQuestion(text)) {
            return "The answer follows here.";
        }
        return "A run has a thread of its own, so write it as a message: @" + botName + " "
                + (text.isEmpty() ? "and the task" : text) + ". To halt everything: /stop.";
    }

    /** The button on a message of the bot's. */
    private Runnable button(JsonNode event) {
        executor.execute(() -> answer(event, QUIETLY, ""));
        if (!event.path("data").path("custom_id").asText().equals(STOP_BUTTON)) {
            return () -> {};
        }
        Server server = translation.server(event);
        String channel = event.path("channel_id").asText();
        MessageId message =
                server.message(channel, event.path("message").path("id").asText());
        InboundEvent pressed = new InboundEvent.Reacted(
                message, translation.threadOf(event, message), true, author(server, event), "🛑", clock.instant());
        carryOut(pressed);
        return () -> inbox.accept(pressed);
    }

    private void answer(JsonNode event, int type, String text) {
        var callback = rest.object().put("type", type);
        if (type == ANSWER) {
            callback.putObject("data").put("content", text).put("flags", ONLY_TO_WHO_ASKED);
        }
        try {
            rest.post(
                    "interactions/" + event.path("id").asText() + "/"
                            + event.path("token").asText() + "/callback",
                    callback);
        } catch (RuntimeException broken) {
            LOG.warnf("Discord: a command was heard but not answered: %s", broken.getMessage());
        }
    }

    /** Whether the bot itself said this message. */
    boolean isOwn(JsonNode message) {
        return translation.said(message);
    }

    /** A message of the past, found in a channel's history; whether it was a STOP that nobody had heard. */
    boolean catchUp(JsonNode message) {
        return !translation.said(message)
                && inbox.catchUp(translation.posted(message).message());
    }

    /** A message of the past as it stands after an edit; whether that was a STOP. */
    boolean catchUpEdit(JsonNode message) {
        return translation.edited(message).map(this::takeIn).orElse(false);
    }

    /** In which thread a message of the bot's stands. */
    ThreadId threadOf(JsonNode message) {
        return translation.threadOf(message, translation.own(message));
    }

    /**
     * Who put a sign on a message of the bot's, as history has it: what was not there when it was looked at before is new.
     *
     * @param isOfNow whether the message is so young that a sign counts also where it was never looked at before
     * @return whether one of them was a STOP
     */
    boolean catchUpReactions(JsonNode message, String emoji, List<String> users, boolean isOfNow) {
        boolean isStop = false;
        for (String user : users) {
            InboundEvent.Reacted reaction = translation.reacted(message, user, emoji);
            boolean isNew = reactions.isNew(reaction, isOfNow);
            isStop |= isNew && takeIn(reaction);
        }
        return isStop;
    }

    /** All signs on a message of the bot's were looked at in history. */
    void lookedAtReactions(JsonNode message) {
        reactions.looked(translation.wholeOf(message));
    }

    /** Something that nobody told: a place or a message that is not there any more. */
    boolean takeIn(InboundEvent event) {
        boolean isStop = carryOut(event);
        inbox.accept(event);
        return isStop;
    }

    /** The token is worth nothing any more: nothing is heard anywhere. */
    void everythingLost(String why) {
        servers.all().forEach(server -> surroundings.lostWithAll(server, why).forEach(this::takeIn));
    }
}
