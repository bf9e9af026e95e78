package dev.saywhen.adapter.git;

import dev.saywhen.engineer.Repository;
import dev.saywhen.id.CommitId;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The files of one commit, from our own git directory. Links and submodules are no files. */
final class CommittedFiles implements Repository {
    private final NavigableMap<String, String> blobs; // path -> blob
    private final BlobsAhead contents;

    CommittedFiles(ProjectClone clone, CommitId commit) {
        this.blobs = Collections.unmodifiableNavigableMap(blobs(clone, commit));
        this.contents = new BlobsAhead(clone, blobs);
    }

    private static NavigableMap<String, String> blobs(ProjectClone clone, CommitId commit) {
        NavigableMap<String, String> found = new TreeMap<>();
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
        return contents.read(path).flatMap(RunFolder::text);
    }
}
