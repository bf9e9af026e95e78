package dev.saywhen.tool;

import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanText;
import java.util.Optional;

/** A path as a model gives it: to a file, or to a folder, where nothing, {@code .} and {@code /} mean the root. */
record GivenPath(String given) {
    private static final int SHOWN = 200;

    /** The path without what means nothing: {@code ./} before it and a slash after it. Blank for the root. */
    String plain() {
        String path = given;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        if (path.equals(".") || path.equals("/")) {
            return "";
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Why nothing can be there; empty if something can. */
    Optional<String> objection() {
        try {
            PathScope.checkedPath(plain());
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(
                    "Paths are relative to the root of the repository, with forward slashes, and lead neither"
                            + " out of it nor into .git.");
        }
    }

    Optional<String> objectionToFolder() {
        return plain().isEmpty() ? Optional.empty() : objection();
    }

    /** On one line, invisible characters made visible, cut. */
    String shown() {
        String visible = PlanText.visible(given);
        return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "...";
    }
}
