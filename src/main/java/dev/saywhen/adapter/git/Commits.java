package dev.saywhen.adapter.git;

import dev.saywhen.id.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes commits of the files of a run, in an index of their own: no ref moves here. */
final class Commits {
    private final Clock clock;
    private final Path scratch;

    Commits(Clock clock, Path scratch) {
        this.clock = clock;
        this.scratch = scratch;
    }

    /** A commit with exactly these files taken from the work tree, and everything else as in the parent. */
    CommitId ofFiles(
            ProjectClone clone,
            RunFolder files,
            CommitId parent,
            List<String> paths,
            String message,
            SortedMap<String, String> trailers) {
        String tree = inIndexOf(clone, parent, index -> {
            for (String path : paths) {
                files.objectionToCommitting(path).ifPresent(no -> {
                    throw new GitBroke("committing did not work: " + no);
                });
            }
            update(clone, index, files, paths);
            demandPlainFiles(clone, index, paths);
            return tree(clone, index);
        });
        return commit(clone, tree, parent, message, trailers);
    }

    /** The tree of everything in the work tree that is not ignored; empty if it is the parent's. */
    Optional<String> unfinished(ProjectClone clone, RunFolder files, CommitId parent) {
        String tree = inIndexOf(clone, parent, index -> {
            update(clone, index, files, found(clone, index, files));
            return tree(clone, index);
        });
        return Optional.of(tree).filter(found -> !found.equals(clone.tree(parent)));
    }

    /** Does something with an index that holds exactly the files of a commit, and nothing after it. */
    <T> T inIndexOf(ProjectClone clone, CommitId commit, Function<Path, T> work) {
        return inIndex(index -> {
            clone.call().index(index).must("reading " + commit.brief(), "read-tree", commit.hash());
            return work.apply(index);
        });
    }

    /** What differs from the index, sorted: a file that became a folder must go before what is in the folder comes. */
    private static Set<String> found(ProjectClone clone, Path index, RunFolder files) {
        return clone
                .call()
                .index(index)
                .tree(files.root())
                .must(
                        "looking for unfinished work",
                        "ls-files",
                        "-z",
                        "--others",
                        "--modified",
                        "--deleted",
                        "--exclude-standard")
                .items()
                .stream()
                .filter(path -> !path.endsWith("/")) // a repository inside the work tree: nobody's business
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void update(ProjectClone clone, Path index, RunFolder files, Collection<String> paths) {
        clone.call()
                .index(index)
                .tree(files.root())
                .input(ProjectClone.nulSeparated(paths))
                .must(
                        "reading the files of the work tree",
                        "update-index",
                        "-z",
                        "--add",
                        "--remove",
                        "--replace",
                        "--stdin");
    }

    /** Looks at what git took: a link that appeared in between is not committed. */
    private static void demandPlainFiles(ProjectClone clone, Path index, List<String> paths) {
        Map<String, String> modes =
                clone
                        .call()
                        .index(index)
                        .must("looking at what was added", "ls-files", "-z", "--stage")
                        .items()
                        .stream()
                        .map(item -> item.split("\t", 2))
                        .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (first, _) -> first));
        for (String path : paths) {
            if (!modes.getOrDefault(path, "").startsWith("100")) {
                throw new GitBroke("committing did not work: " + path + " is not a file");
            }
        }
    }

    private static String tree(ProjectClone clone, Path index) {
        return clone.call().index(index).must("writing the tree", "write-tree").line();
    }

    /** A commit of a tree, by us and now. */
    CommitId commit(
            ProjectClone clone, String tree, CommitId parent, String message, SortedMap<String, String> trailers) {
        return new CommitId(signed(clone.call())
                .input(text(message, trailers))
                .must("writing the commit", "commit-tree", tree, "-p", parent.hash())
                .line());
    }

    /** The call with our name and our clock as author and committer. */
    GitCommand.Call signed(GitCommand.Call call) {
        String time = "@" + clock.instant().getEpochSecond() + " +0000";
        return call.with("GIT_AUTHOR_NAME", "Saywhen")
                .with("GIT_AUTHOR_EMAIL", "saywhen@localhost")
                .with("GIT_AUTHOR_DATE", time)
                .with("GIT_COMMITTER_NAME", "Saywhen")
                .with("GIT_COMMITTER_EMAIL", "saywhen@localhost")
                .with("GIT_COMMITTER_DATE", time);
    }

    /** Message and trailers; the trailers are a paragraph of their own, so that nothing in the message is one. */
    static String text(String message, SortedMap<String, String> trailers) {
        StringBuilder text = new StringBuilder(message.replace("\0", "").strip()).append('\n');
        if (!trailers.isEmpty()) {
            text.append('\n');
        }
        trailers.forEach((key, value) -> text.append(key)
                .append(": ")
                .append(value.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ")
                        .strip())
                .append('\n'));
        return text.toString();
    }

    private <T> T inIndex(Function<Path, T> work) {
        try {
            Files.createDirectories(scratch);
            Path folder = Files.createTempDirectory(scratch, "index");
            try {
                return work.apply(folder.resolve("index"));
            } finally {
                Removal.of(folder);
            }
        } catch (IOException broken) {
            throw new GitBroke("an index could not be made: " + broken.getMessage(), broken);
        }
    }
}
