package dev.saywhen.adapter.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Newest;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.SeenReactions;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What Slack tells, by whatever way it came: heard at once on the thread that brought it, then stored.
 *
 * <p>Slack's word is taken once it is stored, and every copy of it is welcome until then.
 */
final class Ingress {
    private static final Logger LOG = Logger.getLogger(Ingress.class);
    private static final int REMEMBERED = 5_000;

    private final Inbox inbox;
    private final Identity self;
    private final Translation translation;
    private final SlackDirectory directory;
    private final Runnable arrived;
    private final List<String> join;
    private final Consumer<InboundEvent.PlaceLost> lost;
    private final String botName;
    private final Executor executor;
    private final InstantSource clock;

    private final SeenReactions reactions = new SeenReactions();

    /** STOPs that were carried out: a copy of one would only be told again that there is nothing to hold. */
    private final Set<InboundEvent> carriedOut = Newest.set(REMEMBERED);

    /**
     * @param arrived told of every verified event of the team
     * @param join patterns of channels to join as they are made
     * @param lost told of a channel that is lost, to answer what is not heard
     */
    Ingress(
            Inbox inbox,
            Identity self,
            Translation translation,
            SlackDirectory directory,
            Runnable arrived,
            List<String> join,
            Consumer<InboundEvent.PlaceLost> lost,
            String botName,
            Executor executor,
            InstantSource clock) {
        this.inbox = inbox;
        this.self = self;
        this.translation = translation;
        this.directory = directory;
        this.arrived = arrived;
        this.join = List.copyOf(join);
        this.lost = lost;
        this.botName = botName;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * Hears an {@code event_callback}.
     *
     * @return what remains: to store it. Throws if it could not be stored; it must then not be acknowledged
     */
    Runnable hear(JsonNode callback) {
        return read(callback).hear();
    }

    /** Whether a stop word can stand in what Slack sent, as it came. Errs towards yes. */
    boolean mayHoldStopWord(String raw) {
        return inbox.mayHoldStopWord(raw);
    }

    /** What an {@code event_callback} tells. Nothing is heard yet. */
    Delivery read(JsonNode callback) {
        JsonNode event = callback.path("event");
        boolean isOurs = callback.path("team_id").asText().equals(self.team().value()) || isOfOthersToo(callback);
        return new Delivery(
                callback, isOurs ? translation.events(event, happened(callback, event)) : List.of(), isOurs);
    }

    /** Something that Slack delivered. */
    final class Delivery {
        private final JsonNode callback;
        private final List<InboundEvent> events;
        private final boolean isOurs;

        private Delivery(JsonNode callback, List<InboundEvent> events, boolean isOurs) {
            this.callback = callback;
            this.events = events;
            this.isOurs = isOurs;
        }

        /** Whether it is nothing but talk that concerns nobody here: then nothing remains to be done. Waits for nothing. */
        boolean passes() {
            boolean passes = isOurs
                    && callback.path("event").path("type").asText().equals("message")
                    && events.stream().allMatch(inbox::passes);
            if (passes) {
                arrived.run();
            }
            return passes;
        }

        /** As {@link Ingress#hear}. */
        Runnable hear() {
            if (!isOurs) {
                return () -> LOG.warnf(
                        "event of another workspace team=%s",
                        callback.path("team_id").asText());
            }
            List<InboundEvent> heard = events.stream().map(Ingress.this::heard).toList();
            arrived.run();
            return () -> {
                heard.forEach(inbox::accept);
                follow(callback.path("event"));
            };
        }
    }

    /** A channel that is shared brings events in the name of its other workspaces. */
    private boolean isOfOthersToo(JsonNode callback) {
        for (JsonNode authorization : callback.path("authorizations")) {
            if (authorization.path("team_id").asText().equals(self.team().value())) {
                return true;
            }
        }
        return false;
    }

    private InboundEvent heard(InboundEvent event) {
        if (event instanceof InboundEvent.Reacted reacted) {
            reactions.seen(reacted);
        }
        if (!carriedOut.contains(event) && inbox.hear(event)) {
            carriedOut.add(event);
        }
        if (event instanceof InboundEvent.PlaceLost place) {
            lost.accept(place);
        }
        return event;
    }

    /**
     * {@code /stop} and {@code /saywhen}. They cannot be typed in threads, so that a STOP by them is for everything.
     *
     * @return what remains: to store it. It gives what the person reads who typed it
     */
    Supplier<String> command(Map<String, String> form) {
        String command = form.getOrDefault("command", "");
        String text = form.getOrDefault("text", "").strip();
        String said = command.equals("/stop") ? "stop" : "@" + botName + " " + text;
        String id = "command-" + form.getOrDefault("trigger_id", Long.toString(clock.millis()));
        MessageId message =
                self.message(form.getOrDefault("channel_id", "unknown"), id.replaceAll("[^A-Za-z0-9.-]", "-"));
        var author = new Author(
                self.actor(form.getOrDefault("user_id", "unknown"), form.getOrDefault("team_id", "")),
                Author.Kind.PERSON);
        InboundEvent event = new InboundEvent.Posted(
                new InboundMessage(message, new ThreadId(message), author, said, clock.instant(), null, Set.of()));
        boolean isStop = inbox.hear(event);
        arrived.run();
        return () -> {
            if (isStop || isQuestion(text)) {
                inbox.accept(event);
            }
            return isStop ? "Heard. The receipt follows here and in the threads of the runs." : answer(text);
        };
    }

    private static boolean isQuestion(String text) {
        return text.matches("(?i)status|help|whoami");
    }

    private String answer(String text) {
        if (isQuestion(text)) {
            return "The answer follows here.";
        }
        return "A run has a thread of its own, so write it as a message: @" + botName + " "
                + (text.isEmpty() ? "and the task" : text) + ". To halt everything: /stop.";
    }

    /** A button on a message of the bot's. */
    void interaction(JsonNode payload) {
        for (JsonNode action : payload.path("actions")) {
            if (action.path("action_id").asText().equals(Blocks.STOP_ACTION)) {
                JsonNode place = payload.path("container");
                String channel = place.path("channel_id").asText();
                String ts = place.path("message_ts").asText();
                JsonNode user = payload.path("user");
                InboundEvent event = new InboundEvent.Reacted(
                        self.message(channel, ts),
                        self.thread(channel, place.path("thread_ts").asText(ts)),
                        true,
                        new Author(
                                self.actor(
                                        user.path("id").asText("unknown"),
                                        user.path("team_id").asText()),
                                Author.Kind.PERSON),
                        "🛑",
                        clock.instant());
                inbox.hear(event);
                inbox.accept(event);
            }
        }
        arrived.run();
    }

    /** A message of the past, found in a channel's history; whether it was a STOP that nobody had heard. */
    boolean catchUp(JsonNode message) {
        return !self.said(message)
                && translation.posted(message) instanceof InboundEvent.Posted posted
                && inbox.catchUp(posted.message());
    }

    /** A message of the past as it stands after an edit; whether that was a STOP. */
    boolean catchUpEdit(JsonNode message) {
        return !self.said(message)
                && translation.edited(message).map(this::takeIn).orElse(false);
    }

    /**
     * Reactions to a message of the bot's as they stand in history, which tells no times: what was not there when it was
     * looked at before is new.
     *
     * @param isOfNow whether the message is so young that a reaction counts also where it was never looked at before
     * @return whether one of them was a STOP
     */
    boolean catchUpReactions(JsonNode message, ThreadId thread, boolean isOfNow) {
        boolean isStop = false;
        for (InboundEvent.Reacted reaction : translation.reactions(message, thread, clock.instant())) {
            boolean isNew = reactions.isNew(reaction, isOfNow);
            isStop |= isNew && takeIn(reaction);
        }
        reactions.looked(translation.own(message));
        return isStop;
    }

    /** Something that nobody told: a place or a message that is not there any more. */
    boolean takeIn(InboundEvent event) {
        boolean isStop = !carriedOut.contains(event) && inbox.hear(event);
        if (isStop) {
            carriedOut.add(event);
        }
        if (event instanceof InboundEvent.PlaceLost place && place.thread() == null) {
            lost.accept(place);
        }
        inbox.accept(event);
        return isStop;
    }

    private void follow(JsonNode event) {
        String type = event.path("type").asText();
        JsonNode channel = event.path("channel");
        String id = channel.isObject() ? channel.path("id").asText() : channel.asText();
        switch (type) {
            case "channel_rename", "group_rename" ->
                directory.renamed(id, channel.path("name").asText());
            case "user_change" -> directory.forget(event.path("user").path("id").asText());
            case "member_joined_channel" -> {
                if (event.path("user").asText().equals(self.user())) {
                    aside("the channel it was invited to", () -> directory.joined(id));
                }
            }
            case "channel_shared", "channel_unshared" ->
                aside("whom a channel is shared with", () -> directory.joined(id));
            case "channel_created" -> {
                if (SlackDirectory.fits(channel.path("name").asText(), join)) {
                    aside("a new channel", () -> directory.join(id));
                }
            }
            default -> {}
        }
    }

    /** Does what must not hold up whoever asks for it. */
    void aside(String what, Runnable work) {
        executor.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException broken) {
                LOG.warnf("Slack: %s cannot be looked at: %s", what, broken.getMessage());
            }
        });
    }

    private Instant happened(JsonNode callback, JsonNode event) {
        String ts = event.path("event_ts").asText();
        if (Identity.isTime(ts)) {
            return Identity.time(ts);
        }
        long seconds = callback.path("event_time").asLong();
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : clock.instant();
    }
}
