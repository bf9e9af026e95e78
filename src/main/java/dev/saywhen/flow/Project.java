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
}
