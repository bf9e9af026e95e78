package dev.saywhen.adapter.git;

import dev.saywhen.id.ProjectName;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configured repository and the branch that runs start from.
 *
 * @param repository a path on this host, a {@code file:} address, or the address of a remote repository
 */
public record GitProject(ProjectName name, String repository, String branch) {
    public GitProject {
        if (repository.isBlank()
                || repository.startsWith("-")
                || repository.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a repository is a path or an address: \"" + repository + "\"");
        }
        // What git itself refuses in a name, and what would mean something else in a refspec.
        if (branch.isBlank()
                || branch.contains("..")
                || branch.contains("//")
                || branch.contains("@{")
                || branch.endsWith(".lock")
                || !branch.matches("[^-/.\\p{Cntrl}\\s~^:?*\\[\\\\][^\\p{Cntrl}\\s~^:?*\\[\\\\]*")) {
            throw new IllegalArgumentException("not the name of a branch: \"" + branch + "\"");
        }
    }

    /** Whether the repository is on this host, so that a commit can be brought into it directly. */
    public boolean isLocal() {
        if (repository.startsWith("file:")) {
            return true;
        }
        if (repository.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            return false;
        }
        return !repository.matches("[^/]+:.*") || Files.exists(Path.of(repository));
    }

    /** What git is told: an absolute path or the address of a remote. */
    String address() {
        return isLocal() ? path().toString() : repository;
    }

    /** Where a local repository is. */
    Path path() {
        return repository.startsWith("file:")
                ? Path.of(URI.create(repository.replace(" ", "%20")).getPath())
                : Path.of(repository).toAbsolutePath().normalize();
    }

    /** The repository for people: a password in an address is not shown. */
    String shown() {
        return withoutPassword(isLocal() ? path().toString() : repository);
    }

    static String withoutPassword(String text) {
        return text.replaceAll("://[^/@\\s]*@", "://");
    }
}
