package dev.saywhen.flow;

import dev.saywhen.id.ProjectName;
import java.util.Set;

/**
 * What a run may work on and where it is talked about.
 *
 * @param channels names as people write them, without #, or ids
 * @param sharedChannels the same of channels that are shared with another organisation; those count only if they stand here
 */
public record Project(ProjectName name, Set<String> channels, Set<String> sharedChannels) {
    public Project {
        channels = Set.copyOf(channels);
        sharedChannels = Set.copyOf(sharedChannels);
    }

    public Project(ProjectName name, Set<String> channels) {
        this(name, channels, Set.of());
    }

    /** Whether its name stands before a request, as in {@code demo: a library of books}. */
    boolean isAddressedBy(String request) {
        return request.startsWith(address());
    }

    /** What is asked of it, by a request that addresses it. */
    String withoutAddress(String request) {
        return request.substring(address().length()).strip();
    }

    private String address() {
        return name.value() + ":";
    }
}
