package dev.saywhen.boot;

import dev.saywhen.adapter.git.DemoRepository;
import dev.saywhen.adapter.git.GitProject;
import dev.saywhen.adapter.langchain4j.ModelAllowance;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.flow.Project;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The projects of the configuration; without any there is one, {@code demo}. */
final class ConfiguredProjects {
    private final Map<ProjectName, SaywhenConfig.Project> projects = new TreeMap<>();

    /** @param demo makes the demo repository; called only if no project is configured */
    ConfiguredProjects(Map<String, SaywhenConfig.Project> configured, Supplier<String> demo) {
        configured.forEach((name, project) -> projects.put(name(name), project));
        if (projects.isEmpty()) {
            projects.put(new ProjectName("demo"), new Demo(demo.get()));
        }
    }

    Map<ProjectName, SaywhenConfig.Project> all() {
        return projects;
    }

    List<Project> withChannels() {
        return projects.entrySet().stream()
                .map(entry -> new Project(
                        entry.getKey(),
                        new HashSet<>(entry.getValue().channels()),
                        new HashSet<>(entry.getValue().sharedChannels().orElse(List.of()))))
                .toList();
    }

    List<GitProject> repositories() {
        return projects.entrySet().stream()
                .map(entry -> new GitProject(
                        entry.getKey(),
                        entry.getValue().repository(),
                        entry.getValue().branch()))
                .toList();
    }

    /** The commands that run all tests, for the projects that have one configured. */
    Map<ProjectName, CommandScope> suites() {
        Map<ProjectName, CommandScope> suites = new TreeMap<>();
        projects.forEach((name, project) -> project.verify()
                .ifPresent(typed ->
                        suites.put(name, TypedCommand.read("saywhen.projects.\"" + name + "\".verify", typed))));
        return suites;
    }

    /** The most that a plan of the project may use. */
    Budget budget(ProjectName name) {
        SaywhenConfig.Project project = project(name);
        return new Budget(project.maxTime(), project.maxTokens(), orNull(project.maxCost()));
    }

    /** The most that a run of the project may think before a yes. */
    private static Budget planning(SaywhenConfig.Project project) {
        return new Budget(project.maxTime(), project.maxTokens(), orNull(project.planningCost()));
    }

    /** What models may use for the project, besides what its plans say. */
    ModelAllowance allowance(ProjectName name) {
        SaywhenConfig.Project project = project(name);
        return new ModelAllowance(
                planning(project),
                limit(project.maxTime(), project.maxStepTokens(), project.maxStepCost()),
                limit(ModelAllowance.WINDOW, project.maxDayTokens(), project.maxDayCost()),
                project.maxRaise());
    }

    private SaywhenConfig.Project project(ProjectName name) {
        SaywhenConfig.Project project = projects.get(name);
        if (project == null) {
            throw new IllegalStateException("no project " + name);
        }
        return project;
    }

    private static @Nullable Budget limit(Duration time, OptionalLong tokens, Optional<BigDecimal> cost) {
        return tokens.isEmpty() && cost.isEmpty()
                ? null
                : new Budget(time, tokens.orElse(Long.MAX_VALUE), orNull(cost));
    }

    private static @Nullable BigDecimal orNull(Optional<BigDecimal> money) {
        return money.isPresent() ? money.get() : null;
    }

    private static ProjectName name(String name) {
        try {
            return new ProjectName(name);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused("saywhen.projects.\"" + name + "\": " + wrong.getMessage());
        }
    }

    /** The project that is there when none is configured. */
    record Demo(String repository) implements SaywhenConfig.Project {
        @Override
        public String branch() {
            return DemoRepository.BRANCH;
        }

        @Override
        public List<String> channels() {
            return List.of("general");
        }

        @Override
        public Optional<List<String>> sharedChannels() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> approvers() {
            return Optional.of(List.of("anyone"));
        }

        @Override
        public Optional<List<String>> undoApprovers() {
            return Optional.empty();
        }

        @Override
        public boolean secondPerson() {
            return false;
        }

        @Override
        public int approvals() {
            return 1;
        }

        @Override
        public Optional<String> databaseUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> databaseUsername() {
            return Optional.empty();
        }

        @Override
        public Optional<String> databasePassword() {
            return Optional.empty();
        }

        @Override
        public int sample() {
            return 0;
        }

        @Override
        public boolean concurrently() {
            return false;
        }

        @Override
        public Optional<String> verify() {
            return Optional.empty();
        }

        @Override
        public Duration maxTime() {
            return Duration.ofHours(2);
        }

        @Override
        public long maxTokens() {
            return 2_000_000;
        }

        @Override
        public Optional<BigDecimal> maxCost() {
            return Optional.empty();
        }

        @Override
        public Optional<BigDecimal> planningCost() {
            return Optional.empty();
        }

        @Override
        public OptionalLong maxStepTokens() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<BigDecimal> maxStepCost() {
            return Optional.empty();
        }

        @Override
        public OptionalLong maxDayTokens() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<BigDecimal> maxDayCost() {
            return Optional.empty();
        }

        @Override
        public int maxRaise() {
            return 2;
        }
    }
}
