package dev.saywhen.flow;

import dev.saywhen.chat.Directory;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configured projects and the channels that belong to them. */
public final class Projects {
    private final List<Project> projects;
    private final Map<Platform, Directory> directories;

    /** For platforms whose ids of channels are their names. */
    public Projects(List<Project> projects) {
        this(projects, Map.of());
    }

    /** @param directories by platform, for those that have other ids than names */
    public Projects(List<Project> projects, Map<Platform, Directory> directories) {
        this.projects = List.copyOf(projects);
        this.directories = Map.copyOf(directories);
    }

    /** What people call the channel. */
    public String nameOf(ChannelId channel) {
        return Optional.ofNullable(directories.get(channel.platform()))
                .flatMap(directory -> directory.nameOf(channel))
                .orElse(channel.value());
    }

    /** The project that is talked about in a channel. In a direct message it is the only project, if there is one only. */
    public Optional<Project> in(ChannelId channel, boolean isDirect) {
        return allIn(channel, isDirect).stream().findFirst();
    }

    /** The same of one project. */
    public boolean isIn(Project project, ChannelId channel, boolean isDirect) {
        return allIn(channel, isDirect).contains(project);
    }

    private List<Project> allIn(ChannelId channel, boolean isDirect) {
        if (isDirect) {
            return projects.size() == 1 ? projects : List.of();
        }
        boolean isShared = Optional.ofNullable(directories.get(channel.platform()))
                .filter(directory -> directory.isShared(channel))
                .isPresent();
        return projects.stream()
                .filter(project -> {
                    Set<String> talked = isShared ? project.sharedChannels() : project.channels();
                    return talked.contains(channel.value()) || talked.contains(nameOf(channel));
                })
                .toList();
    }

    /** The project whose name stands before a request. */
    public Optional<Project> addressed(String request) {
        return projects.stream()
                .filter(project -> project.isAddressedBy(request))
                .findFirst();
    }

    public List<Project> all() {
        return projects;
    }
}
