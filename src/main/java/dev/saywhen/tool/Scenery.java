package dev.saywhen.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Folders and files that come from tools or from elsewhere: to be read when asked for by name, not when looking around. */
final class Scenery {
    private static final Set<String> FOLDERS = Set.of(
            "node_modules",
            "target",
            "build",
            "dist",
            "out",
            "vendor",
            "coverage",
            "__pycache__",
            "site-packages",
            ".git",
            ".gradle",
            ".idea",
            ".venv",
            "venv",
            ".tox",
            ".mypy_cache",
            ".pytest_cache",
            ".next",
            ".nyc_output");
    private static final Set<String> FILES = Set.of(
            "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "cargo.lock", "go.sum", "poetry.lock", "uv.lock");
    private static final Set<String> ENDINGS = Set.of(
            "png", "jpg", "jpeg", "gif", "ico", "webp", "pdf", "zip", "gz", "tgz", "jar", "war", "class", "so", "dll",
            "exe", "woff", "woff2", "ttf", "mp3", "mp4", "sqlite", "db", "bin", "min.js", "map", "pyc");

    private Scenery() {}

    /** @param below a folder that was asked for by name; what it is called itself does not count */
    static boolean holds(String path, String below) {
        String rest = below.isEmpty() ? path : path.substring(below.length() + 1);
        List<String> parts = Arrays.asList(rest.toLowerCase(Locale.ROOT).split("/"));
        String name = parts.getLast();
        return parts.subList(0, parts.size() - 1).stream().anyMatch(FOLDERS::contains)
                || FILES.contains(name)
                || ENDINGS.stream().anyMatch(ending -> name.endsWith("." + ending));
    }
}
