package dev.saywhen.plan;

import dev.saywhen.id.Digest;
import java.util.List;

/**
 * What a rehearsal found: the change sets were applied, rolled back and applied again on a copy, and came back equal.
 *
 * @param database where the database is, without user or password; nothing else is changed
 * @param before the fingerprint of the schema that they were rehearsed on; the target has to have it still
 * @param after the fingerprint that the schema has then
 * @param rows how many rows the copy held; they were made to type, and masked ones read where that is allowed
 * @param locks what is locked, how strongly, and how long it took on the copy
 * @param changes what is different in the schema, one line each: {@code +} new, {@code -} gone, {@code ~} other than it was,
 *     {@code =} stays in a table that changes
 * @param notes what people should know: rewrites, rows written, and what a lock or a rename means
 * @param losses what goes and comes back empty at best; only a rollback has any
 */
public record Proof(
        String database,
        Digest before,
        Digest after,
        long rows,
        List<String> locks,
        List<String> changes,
        List<String> notes,
        List<Loss> losses) {
    public Proof {
        locks = List.copyOf(locks);
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
        losses = List.copyOf(losses);
    }

    /** One that loses nothing. */
    public Proof(
            String database,
            Digest before,
            Digest after,
            long rows,
            List<String> locks,
            List<String> changes,
            List<String> notes) {
        this(database, before, after, rows, locks, changes, notes, List.of());
    }

    /** The same, with other notes. */
    public Proof noting(List<String> others) {
        return new Proof(database, before, after, rows, locks, changes, others, losses);
    }

    /** The same, with what it was found to lose. */
    public Proof losing(List<Loss> found) {
        return new Proof(database, before, after, rows, locks, changes, notes, found);
    }
}
