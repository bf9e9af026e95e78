package dev.saywhen.adapter.console;

import dev.saywhen.audit.AuditRecord;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A record of the trail as the HTTP API shows it.
 *
 * @param time always with microseconds; inside the hash it stands as {@link java.time.Instant#toString} writes it
 */
record AuditView(
        String chain,
        long sequence,
        String time,
        String type,
        @Nullable String actor,
        @Nullable String message,
        SortedMap<String, String> facts,
        String previousHash,
        String hash) {
    static AuditView of(AuditRecord stored) {
        return new AuditView(
                stored.chain(),
                stored.sequence(),
                Times.written(stored.time()),
                stored.type(),
                stored.actor(),
                stored.message(),
                stored.facts(),
                stored.previousHash().hex(),
                stored.hash().hex());
    }
}
