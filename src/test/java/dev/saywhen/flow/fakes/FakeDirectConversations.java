package dev.saywhen.flow.fakes;

import dev.saywhen.chat.DirectConversations;
import dev.saywhen.id.Platform;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which direct conversations people have with the bot, in memory. */
public final class FakeDirectConversations implements DirectConversations {
    private final Map<Platform, Set<String>> known = new ConcurrentHashMap<>();
    private final Power power;

    public FakeDirectConversations(Power power) {
        this.power = power;
    }

    @Override
    public Set<String> on(Platform platform) {
        power.use();
        return Set.copyOf(known.getOrDefault(platform, Set.of()));
    }

    @Override
    public void met(Platform platform, String conversation) {
        power.use();
        known.computeIfAbsent(platform, _ -> ConcurrentHashMap.newKeySet()).add(conversation);
    }

    @Override
    public void gone(Platform platform, String conversation) {
        power.use();
        known.computeIfPresent(platform, (_, those) -> {
            those.remove(conversation);
            return those;
        });
    }
}
