package dev.saywhen.boot;

import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitProject;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.engineer.Workspace.RepositoryUnreadable;
import dev.saywhen.id.ProjectName;
import dev.saywhen.words.StopRecognition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** Refuses, with the key and what to do, values that a type cannot refuse: limits, words, repositories. */
final class StartChecks {
    private static final Duration LONGEST_HEARING = Duration.ofSeconds(60);

    private final SaywhenConfig config;
    private final Path home;
    private final Clock clock;

    StartChecks(SaywhenConfig config, Path home, Clock clock) {
        this.config = config;
        this.home = home;
        this.clock = clock;
    }

    /** @throws StartRefused for the first that does not do */
    void check() {
        hearing(config);
        positive("saywhen.command.time-limit", config.command().timeLimit());
        positive("saywhen.plan.time-to-live", config.plan().timeToLive());
        stopWords(config.stop().words().orElse(List.of()));
        new ConfiguredProjects(config.projects(), () -> "").suites();
        new ConfiguredServers(config); // looks at what it is given
        config.projects().forEach(StartChecks::raise);
        config.projects().forEach(this::repository);
    }

    /** Apart, because commands are tried on such a lease before all else. */
    static void hearing(SaywhenConfig config) {
        Duration hearing = config.hearing().limit();
        if (!hearing.isPositive() || hearing.compareTo(LONGEST_HEARING) > 0) {
            throw new StartRefused("saywhen.hearing.limit=" + hearing.toSeconds()
                    + "s does not do: it is more than nothing and at most 60s, because a frozen service acts on for"
                    + " so long. Without it 15s count.");
        }
    }

    private static void positive(String key, Duration limit) {
        if (!limit.isPositive()) {
            throw new StartRefused(key + "=" + limit.toSeconds() + "s does not do: it is more than nothing.");
        }
    }

    private static void raise(String name, SaywhenConfig.Project project) {
        if (project.maxRaise() < 1) {
            throw new StartRefused("saywhen.projects.\"" + name + "\".max-raise=" + project.maxRaise()
                    + " does not do: it is 1, where a yes raises nothing, or more.");
        }
    }

    private void stopWords(List<String> words) {
        try {
            new StopRecognition(new HashSet<>(words), config.name());
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("saywhen.stop.words: " + wrong.getMessage(), wrong);
        }
    }

    /** Reads it as a plan would, so that what is wrong shows now. What is read stays in Saywhen's own clone. */
    private void repository(String name, SaywhenConfig.Project project) {
        try {
            GitProject one = new GitProject(new ProjectName(name), project.repository(), project.branch());
            GitCommand git = new GitCommand(home.resolve("cache").resolve("git"));
            new GitWorkspace(List.of(one), home, git, clock).base(one.name());
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("saywhen.projects.\"" + name + "\": " + wrong.getMessage(), wrong);
        } catch (RepositoryUnreadable unreadable) {
            throw new StartRefused(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}
