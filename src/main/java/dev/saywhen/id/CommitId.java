package dev.saywhen.id;

/** A git commit, by its full hash. */
public record CommitId(String hash) {
    public CommitId {
        if (!hash.matches("[0-9a-f]{40}([0-9a-f]{24})?")) {
            throw new IllegalArgumentException("a commit is named by its full hash in lower case");
        }
    }

    /** The first seven characters, for people. */
    public String brief() {
        return hash.substring(0, 7);
    }

    @Override
    public String toString() {
        return hash;
    }
}
