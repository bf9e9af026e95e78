package dev.saywhen.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Files that a plan may write: one path, or a folder and all below it, written with a trailing {@code /**}.
 *
 * <p>A folder never covers files that decide how something is built, delivered or run (CI, build, hook, container and
 * chart files): each of those is named on a line of its own.
 */
public record PathScope(String pattern) {
    private static final String ALL_BELOW = "/**";
    private static final Set<String> DECIDING_FOLDERS = words("""
            .buildkite .ci .circleci .devcontainer .forgejo .git .gitea .githooks .github .gitlab .husky .mvn \
            .woodpecker buildsrc charts deploy gradle helm k8s""");
    private static final Set<String> DECIDING_NAMES = words("""
            .dockerignore .drone.yml .env .envrc .gitattributes .gitlab-ci.yml .gitmodules .npmrc \
            .pre-commit-config.yaml .travis.yml appveyor.yml azure-pipelines.yml bitbucket-pipelines.yml build \
            build.bazel build.rs build.sbt build.xml buildspec.yml cargo.toml chart.yaml cloudbuild.yaml \
            cmakelists.txt codeowners composer.json conftest.py containerfile dockerfile fly.toml gemfile \
            gnumakefile go.mod gradle.properties gradlew helmfile.yaml jenkinsfile justfile kustomization.yaml \
            lefthook.yml makefile mvnw netlify.toml package-lock.json package.json pnpm-lock.yaml pom.xml procfile \
            pyproject.toml rakefile requirements.txt setup.cfg setup.py skaffold.yaml taskfile.yml tiltfile \
            tox.ini vagrantfile values.yaml vercel.json workspace yarn.lock""");
    private static final Set<String> DECIDING_ENDINGS =
            words(".bash .bat .cmd .dockerfile .gradle .gradle.kts .mk .ps1 .sh .tf");
    private static final Set<String> DECIDING_BEGINNINGS =
            words(".env. compose. containerfile. docker-compose dockerfile. jenkinsfile. makefile.");

    public PathScope {
        if (pattern.contains("*") && !isFolder(pattern)) {
            throw new IllegalArgumentException("a path scope is a path, or a folder followed by /**: " + pattern);
        }
        checkedPath(isFolder(pattern) ? folder(pattern) : pattern);
    }

    /** Whether a file at this path, relative to the root of the repository, may be written. */
    public boolean covers(String path) {
        if (whatIsWrong(path).isPresent()) {
            return false;
        }
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
        whatIsWrong(path).ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
        return path;
    }

    private static Optional<String> whatIsWrong(String path) {
        if (path.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
            return Optional.of("a path must not hold control or invisible characters");
        }
        boolean isInside = path.length() <= 500
                && path.indexOf('\\') < 0
                && path.indexOf('*') < 0
                && Arrays.stream(path.split("/", -1)).allMatch(PathScope::isName);
        return isInside ? Optional.empty() : Optional.of("not a path inside the repository: " + path);
    }

    private static boolean isName(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..") && !part.equalsIgnoreCase(".git");
    }

    static boolean decidesHowThingsRun(String path) {
        List<String> parts = List.of(path.toLowerCase(Locale.ROOT).split("/"));
        String name = parts.getLast();
        return parts.stream().limit(parts.size() - 1L).anyMatch(DECIDING_FOLDERS::contains)
                || DECIDING_NAMES.contains(name)
                || DECIDING_ENDINGS.stream().anyMatch(name::endsWith)
                || DECIDING_BEGINNINGS.stream().anyMatch(name::startsWith);
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
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
