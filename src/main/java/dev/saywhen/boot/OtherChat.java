package dev.saywhen.boot;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The chat beside one that is looked at. A project is talked about in the channels of its names in any chat, so that one
 * chat that has a channel is enough.
 *
 * @param has whether it has a channel; absent where it cannot be asked
 */
record OtherChat(
        String name, boolean isConfigured, @Nullable Predicate<String> has) {
    /** Those that no chat has. */
    List<String> without(List<String> channels) {
        return isConfigured
                ? channels.stream()
                        .filter(channel -> has != null && !has.test(channel))
                        .toList()
                : channels;
    }

    /** What to say of a channel that is not {@link #without}. */
    String told() {
        return has == null ? "whether " + name + " has it is not known" : name + " has it";
    }
}
