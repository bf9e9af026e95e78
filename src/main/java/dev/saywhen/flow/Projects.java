package dev.saywhen.flow;

import dev.saywhen.id.ChannelId;
import java.util.List;
import java.util.Optional;

/** The configured projects and the channels that belong to them. */
public final class Projects {
    private final List<Project> projects;

    public Projects(List<Project> projects) {
        this.projects = List.copyOf(projects);
    }

    /** The project that is talked about in a channel. In a direct message it is the only project, if there is one only. */
    public Optional<Project> in(ChannelId channel, boolean isDirect) {
        if (isDirect) {
            return projects.size() == 1 ? Optional.of(projects.getFirst()) : Optional.empty();
        }
        return projects.stream()
                .filter(project -> project.channels().contains(channel.value()))
                .findFirst();
    }

    public boolean isProjectChannel(ChannelId channel) {
        return in(channel, false).isPresent();
    }

    public List<Project> all() {
        return projects;
    }
}
