package dev.saywhen.plan;

import java.util.List;
import java.util.Locale;

/**
 * Files that a plan may write: one path, or a folder and all below it, written with a trailing {@code /**}.
 *
 * <p>A folder never covers files that decide how something is built, delivered or run (CI, build, hook, container and
 * chart files): each of those is named on a line of its own.
 */
public record PathScope(String pattern) {
    private static final String ALL_BELOW = "/**";
    private static final List<String> DECIDING_FOLDERS = List.of(
            ".github", ".gitlab", ".circleci", ".mvn", ".husky", ".git", ".ci", "helm", "charts", "deploy",
            "gradle", ".buildkite", ".woodpecker", ".forgejo", ".gitea", ".devcontainer", "k8s");
    private static final List<String> DECIDING_NAMES = List.of(
            "pom.xml", "makefile", "justfile", "dockerfile", "containerfile", "jenkinsfile", "procfile",
            "package.json", "package-lock.json", "pnpm-lock.yaml", "yarn.lock", "mvnw", "mvnw.cmd", "gradlew",
            "gradlew.bat", "gradle.properties", "setup.py", "setup.cfg", "pyproject.toml", "conftest.py", "tox.ini",
            "cargo.toml", "build.rs", "go.mod", "chart.yaml", "values.yaml", "skaffold.yaml", "tiltfile",
            ".gitattributes", ".gitmodules", ".gitlab-ci.yml", ".travis.yml", ".drone.yml", ".npmrc",
            ".pre-commit-config.yaml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "codeowners");
    private static final List<String> DECIDING_ENDINGS =
            List.of(".gradle", ".gradle.kts", ".sh", ".bash", ".dockerfile", ".mk", ".tf");
    private static final List<String> DECIDING_BEGINNINGS =
            List.of("dockerfile.", "containerfile.", "docker-compose", "compose.", "jenkinsfile.", "makefile.");

    public PathScope {
        if (pattern.contains("*") && !isFolder(pattern)) {
            throw new IllegalArgumentException("a path scope is a path, or a folder followed by /**: " + pattern);
        }
        checkedPath(isFolder(pattern) ? folder(pattern) : pattern);
    }

    /** Whether a file at this path, relative to the root of the repository, may be written. */
    public boolean covers(String path) {
        if (!isFolder(pattern)) {
            return pattern.equals(path);
        }
        return path.startsWith(folder(pattern) + "/") && !decidesHowThingsRun(path);
    }

    /**
     * Returns a path that lies inside the repository and is no file of git's own.
     *
     * @throws IllegalArgumentException for anything else: absolute, with {@code ..}, empty parts, back-slashes, control
     *     characters, or a part that is {@code .git} in any case
     */
    public static String checkedPath(String path) {
        if (path.isEmpty() || path.length() > 500 || path.indexOf('\\') >= 0 || path.indexOf('*') >= 0) {
            throw new IllegalArgumentException("not a path inside the repository: " + path);
        }
        if (path.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
            throw new IllegalArgumentException("a path must not hold control or invisible characters");
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git")) {
                throw new IllegalArgumentException("not a path inside the repository: " + path);
            }
        }
        return path;
    }

    static boolean decidesHowThingsRun(String path) {
        List<String> parts = List.of(path.toLowerCase(Locale.ROOT).split("/"));
        String name = parts.getLast();
        return parts.stream().limit(parts.size() - 1L).anyMatch(DECIDING_FOLDERS::contains)
                || DECIDING_NAMES.contains(name)
                || DECIDING_ENDINGS.stream().anyMatch(name::endsWith)
                || DECIDING_BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private static boolean isFolder(String pattern) {
        return pattern.endsWith(ALL_BELOW);
    }

    private static String folder(String pattern) {
        return pattern.substring(0, pattern.length() - ALL_BELOW.length());
    }

    @Override
    public String toString() {
        return pattern;
    }
}
