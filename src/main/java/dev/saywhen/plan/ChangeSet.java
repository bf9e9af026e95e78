package dev.saywhen.plan;

import dev.saywhen.id.Digest;
import java.util.regex.Pattern;

/**
 * A change of a database and its way back, as SQL.
 *
 * @param author with {@code id} and {@code file} the name under which Liquibase records it
 * @param checksum Liquibase's own, so that a service that uses Liquibase finds it applied
 * @param mostRows how many rows one of its statements may write, triggers and cascades included
 */
public record ChangeSet(
        String file, String author, String id, String checksum, String apply, String rollback, long mostRows) {
    private static final Pattern ALONE = Pattern.compile(
            "(--[^\\n]*\\n|\\s)*create\\s+(unique\\s+)?index\\s+concurrently\\s.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    public ChangeSet {
        if (apply.isBlank() || rollback.isBlank()) {
            throw new IllegalArgumentException("a change set has a change and a way back");
        }
        if (mostRows < 0) {
            throw new IllegalArgumentException("no fewer than no rows can be written");
        }
    }

    public String name() {
        return author + ":" + id;
    }

    /** Whether its change can be no part of a transaction: it builds an index while others write. Its way back can be. */
    public boolean standsAlone() {
        return ALONE.matcher(apply).matches();
    }

    public Digest digest() {
        return Digest.of(String.join("\u0000", file, author, id, checksum, apply, rollback, "" + mostRows));
    }
}
