package dev.saywhen.flow.fakes;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.fakes.TickingClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A chat platform: a message per key, in the order in which they came; it can refuse some. */
public final class FakeChat implements ChatGateway {
    /** A message of the bot's as people see it now. */
    public record Shown(String key, MessageId id, ThreadId thread, Outgoing.Purpose purpose, String text) {}

    private final Platform platform;
    private final TickingClock clock;
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Map<MessageId, Shown> shown = new LinkedHashMap<>();
    private final List<String> reactions = new ArrayList<>();
    private Predicate<Outgoing.Message> refuses = _ -> false;
    private final Set<MessageId> gone = new HashSet<>();
    private int number;

    public FakeChat(Platform platform, TickingClock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    public void refuse(Predicate<Outgoing.Message> next) {
        refuses = next;
    }

    /** Somebody deletes a message. */
    public void delete(MessageId message) {
        shown.remove(message);
        gone.add(message);
    }

    /** What the bot said in a thread, in order. */
    public List<Shown> in(ThreadId thread) {
        return shown.values().stream()
                .filter(one -> one.thread().equals(thread))
                .toList();
    }

    public List<Shown> all() {
        return List.copyOf(shown.values());
    }

    /** Emoji and the message they are on, in order. */
    public List<String> reactions() {
        return List.copyOf(reactions);
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public Sent send(Outgoing.Message message) {
        if (refuses.test(message)) {
            throw new IllegalStateException("the platform does not take " + message.key());
        }
        return sent.computeIfAbsent(message.key(), key -> {
            clock.tick(Duration.ofMillis(1));
            MessageId id = new MessageId(message.thread().channel(), "bot-" + ++number);
            shown.put(id, new Shown(key, id, message.thread(), message.purpose(), message.text()));
            return new Sent(id, clock.instant());
        });
    }

    @Override
    public void edit(MessageId message, String text) {
        demand(message);
        shown.computeIfPresent(message, (id, old) -> new Shown(old.key(), id, old.thread(), old.purpose(), text));
    }

    @Override
    public void react(MessageId message, String emoji) {
        demand(message);
        String reaction = emoji + " " + message.value();
        if (!reactions.contains(reaction)) {
            reactions.add(reaction);
        }
    }

    private void demand(MessageId message) {
        if (gone.contains(message)) {
            throw new MessageGone(message);
        }
    }
}
