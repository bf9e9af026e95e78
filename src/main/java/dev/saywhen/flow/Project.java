package dev.saywhen.flow;

import dev.saywhen.id.ProjectName;
import java.util.Set;

/** What a run may work on and where it is talked about. {@code channels} are names as people write them, without #. */
public record Project(ProjectName name, Set<String> channels) {
    public Project {
        channels = Set.copyOf(channels);
    }
}
