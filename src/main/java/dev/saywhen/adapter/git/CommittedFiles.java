package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Repository;
import dev.saywhen.id.CommitId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of one commit, from our own git directory. Links and submodules are no files. */
final class CommittedFiles implements Repository {
    private static final long TEXT_LIMIT = 20_000_000;

    private final ProjectClone clone;
    private final SortedMap<String, String> blobs; // path -> blob

    CommittedFiles(ProjectClone clone, CommitId commit) {
        this.clone = clone;
        this.blobs = Collections.unmodifiableSortedMap(blobs(clone, commit));
    }

    private static SortedMap<String, String> blobs(ProjectClone clone, CommitId commit) {
        SortedMap<String, String> found = new TreeMap<>();
        clone.call()
                .must("listing the files of " + commit.brief(), "ls-tree", "-r", "-z", "--full-tree", commit.hash())
                .items()
                .forEach(item -> {
                    // <mode> <type> <object>\t<path>
                    String[] parts = item.split("\t", 2);
                    String[] kind = parts[0].split(" ", -1);
                    if (kind[0].startsWith("100") && parts[1].indexOf('\uFFFD') < 0) {
                        found.put(parts[1], kind[2]);
                    }
                });
        return found;
    }

    @Override
    public List<String> files() {
        return List.copyOf(blobs.keySet());
    }

    @Override
    public Optional<String> read(String path) {
        String blob = blobs.get(path);
        if (blob == null) {
            return Optional.empty();
        }
        GitCommand.Result result = clone.call().outputLimit(TEXT_LIMIT).run("cat-file", "blob", blob);
        if (result.isCut()) {
            return Optional.empty();
        }
        if (!result.succeeded()) {
            throw clone.unreadable("reading " + path + ": " + result.complaint());
        }
        return RunFolder.text(result.output());
    }
}
