package dev.saywhen.adapter.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Optional;

/**
 * A package of npm's, tested by its script {@code test} or, without one, by Node's own runner.
 *
 * @param script what {@code npm test} does; blank where there is none
 * @param hasDependencies whether something has to be fetched
 * @param isLocked whether a lock file says what exactly
 */
record Npm(String script, boolean hasDependencies, boolean isLocked) implements Build {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNWRITTEN = "no test specified";

    static Optional<Npm> in(Repository repository) {
        return repository.read("package.json").map(text -> of(text, isLocked(repository)));
    }

    private static Npm of(String text, boolean isLocked) {
        JsonNode manifest = manifest(text);
        String script = manifest.path("scripts").path("test").asText("");
        boolean hasDependencies = manifest.path("dependencies").size()
                        + manifest.path("devDependencies").size()
                > 0;
        return new Npm(script.contains(UNWRITTEN) ? "" : script, hasDependencies, isLocked);
    }

    private static JsonNode manifest(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            return JSON.createObjectNode();
        }
    }

    private static boolean isLocked(Repository repository) {
        return repository.read("package-lock.json").isPresent()
                || repository.read("npm-shrinkwrap.json").isPresent();
    }

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public CommandScope suite() {
        return script.isBlank() ? CommandScope.offline("node", "--test") : CommandScope.offline("npm", "test");
    }

    /** The runner is asked itself where it is known; another is handed the path, which most take for a filter. */
    @Override
    public CommandScope only(String test) {
        if (script.isBlank() || script.matches(".*\\bnode\\b.*--test\\b.*")) {
            return CommandScope.offline("node", "--test", test);
        }
        if (script.matches("(.*\\s)?jest\\b.*")) {
            return CommandScope.offline("npx", "--no-install", "jest", "--runTestsByPath", test);
        }
        if (script.matches("(.*\\s)?vitest\\b.*")) {
            return CommandScope.offline("npx", "--no-install", "vitest", "run", test);
        }
        if (script.matches("(.*\\s)?mocha\\b.*")) {
            return CommandScope.offline("npx", "--no-install", "mocha", test);
        }
        return CommandScope.offline("npm", "test", "--", test);
    }

    /** Without the scripts of what is fetched: they would run with the network. */
    @Override
    public Optional<CommandScope> fetch() {
        String how = isLocked ? "ci" : "install";
        return hasDependencies
                ? Optional.of(new CommandScope(List.of("npm", how, "--ignore-scripts"), true))
                : Optional.empty();
    }
}
