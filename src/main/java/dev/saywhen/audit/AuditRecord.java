package dev.saywhen.audit;

import dev.saywhen.id.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in a chain.
 *
 * @param chain {@code installation} or {@code run-7}
 * @param sequence 1 for the first record of the chain, without gaps
 * @param time truncated to microseconds, which is what every store keeps
 * @param actor {@code platform:team:user}, inside the hash
 * @param message the platform's message id, inside the hash
 * @param previousHash the hash of the record before; {@link Digest#ZERO} for the first
 */
public record AuditRecord(
        String chain,
        long sequence,
        Instant time,
        String type,
        @Nullable String actor,
        @Nullable String message,
        SortedMap<String, String> facts,
        Digest previousHash,
        Digest hash) {
    public AuditRecord {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** The record that follows {@code head} in its chain. */
    public static AuditRecord after(AuditMark head, AuditChain chain, AuditEvent event, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        String actor = event.author() == null ? null : String.valueOf(event.author());
        String message = event.about() == null ? null : String.valueOf(event.about());
        AuditRecord open = new AuditRecord(
                chain.toString(),
                head.sequence() + 1,
                time,
                event.type(),
                actor,
                message,
                event.facts(),
                head.hash(),
                Digest.ZERO);
        return new AuditRecord(
                open.chain,
                open.sequence,
                open.time,
                open.type,
                open.actor,
                open.message,
                open.facts,
                open.previousHash,
                open.computedHash());
    }

    /** The hash that this record must carry: over every other field, each preceded by its length, an absent one as a dash. */
    public Digest computedHash() {
        StringBuilder text = new StringBuilder("saywhen-audit-1\n");
        add(text, chain);
        add(text, Long.toString(sequence));
        add(text, time.toString());
        add(text, type);
        add(text, actor);
        add(text, message);
        facts.forEach((name, value) -> {
            add(text, name);
            add(text, value);
        });
        add(text, previousHash.hex());
        return Digest.of(text.toString());
    }

    /** Sequence and hash: what stands in plans, receipts and commit trailers. */
    public AuditMark mark() {
        return new AuditMark(sequence, hash);
    }

    private static void add(StringBuilder text, @Nullable String field) {
        text.append(field == null ? "-" : field.length() + ":" + field).append('\n');
    }
}
