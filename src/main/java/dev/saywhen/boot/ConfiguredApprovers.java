package dev.saywhen.boot;

import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.TeamId;
import dev.saywhen.safety.Approvers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may say yes, as the configuration says. A wrong id stops the start. */
final class ConfiguredApprovers implements Approvers {
    private static final String ANYONE = "anyone";

    private final Map<ProjectName, Policy> policies = new HashMap<>();
    private final Map<ActorId, String> people = new HashMap<>();
    private final Directories directories;

    ConfiguredApprovers(
            Map<ProjectName, SaywhenConfig.Project> projects,
            Map<String, List<String>> people,
            Directories directories) {
        this.directories = directories;
        projects.forEach((name, project) -> policies.put(name, policy(name, project)));
        people.forEach((person, ids) ->
                ids.forEach(id -> this.people.put(actor("saywhen.people.\"" + person + "\"", id), person)));
    }

    private static Policy policy(ProjectName name, SaywhenConfig.Project project) {
        String key = "saywhen.projects.\"" + name + "\".";
        if (project.approvals() < 1) {
            throw new StartRefused(key + "approvals is 1 or more, not " + project.approvals());
        }
        List<String> approvers = project.approvers().orElse(List.of());
        return new Policy(
                approvers.contains(ANYONE),
                listed(key + "approvers", approvers),
                listed(key + "undo-approvers", project.undoApprovers().orElse(List.of())),
                project.secondPerson(),
                project.approvals());
    }

    private static Set<ActorId> listed(String key, List<String> ids) {
        return ids.stream()
                .filter(id -> !id.equals(ANYONE))
                .map(id -> actor(key, id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ActorId actor(String key, String id) {
        try {
            return ActorId.parse(id);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(key + ": " + wrong.getMessage());
        }
    }

    @Override
    public Policy policy(ProjectName project) {
        Policy policy = policies.get(project);
        if (policy == null) {
            throw new IllegalStateException("no project " + project);
        }
        return policy;
    }

    /** The local chat verifies nobody: whoever writes there is of its one team. Other platforms ask their gateway. */
    @Override
    public Standing standing(ActorId actor, TeamId team) {
        return directories.standing(actor, team);
    }

    /** All authors of the local chat are one person. */
    @Override
    public String person(ActorId actor) {
        return actor.team().platform().name().equals("local") ? "local" : people.getOrDefault(actor, actor.toString());
    }
}
