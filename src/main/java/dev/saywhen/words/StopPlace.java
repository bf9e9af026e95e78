package dev.saywhen.words;

import java.util.List;
import java.util.Set;

/**
 * Where something was said, as far as the recognition of STOP asks. What is not known to hold is left out: the rules
 * that hold anywhere still count.
 */
public record StopPlace(Set<Trait> traits) {

    /** What can be true of a place; several may be. */
    public enum Trait {
        DIRECT_MESSAGE,
        /** A channel that some project names, whether or not a run of it acts. */
        PROJECT_CHANNEL,
        /** A channel of a project that has an acting run. */
        CHANNEL_OF_ACTING_PROJECT,
        /** The thread of a run that has not ended. */
        RUN_THREAD,
        THREAD_OF_ACTING_RUN
    }

    public static final StopPlace ANYWHERE_ELSE = of();

    /** The place where every rule counts, for when a text must be no STOP wherever it is said. */
    public static final StopPlace EVERYWHERE = of(Trait.values());

    public StopPlace {
        traits = Set.copyOf(traits);
    }

    public static StopPlace of(Trait... traits) {
        return new StopPlace(Set.copyOf(List.of(traits)));
    }

    boolean isWhereFirstWordCounts() {
        return traits.contains(Trait.DIRECT_MESSAGE) || traits.contains(Trait.CHANNEL_OF_ACTING_PROJECT);
    }

    boolean isWhereAnyWordCounts() {
        return traits.contains(Trait.THREAD_OF_ACTING_RUN);
    }

    boolean isWhereCommandsOfOtherBotsCount() {
        return isWhereAnyWordCounts()
                || traits.contains(Trait.RUN_THREAD)
                || traits.contains(Trait.PROJECT_CHANNEL)
                || traits.contains(Trait.CHANNEL_OF_ACTING_PROJECT);
    }
}
