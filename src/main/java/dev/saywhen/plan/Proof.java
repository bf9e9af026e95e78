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
 */
public record Proof(
        String database,
        Digest before,
        Digest after,
        long rows,
        List<String> locks,
        List<String> changes,
        List<String> notes) {
    public Proof {
        locks = List.copyOf(locks);
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }
}
