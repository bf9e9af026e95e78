package dev.saywhen.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds out whether a chain is whole: no record changed, missing, out of its place or cut off.
 *
 * <p>It trusts no hash that it did not compute. A chain that somebody rewrote from its first record to its head holds in
 * itself; only marks that stand elsewhere, in chat messages and commit trailers, show that.
 */
public final class AuditVerifier {
    private static final int BATCH = 500;

    private final AuditLog log;
    private final AuditTrail heads;

    /** @param heads asked for the newest place of each chain only */
    public AuditVerifier(AuditLog log, AuditTrail heads) {
        this.log = log;
        this.heads = heads;
    }

    /** What was found. */
    public sealed interface Verdict {
        /** Every record is in its place and unchanged; {@code newest} is the last of them. */
        record Holds(AuditMark newest) implements Verdict {}

        /**
         * The first record that does not hold, and why, for people.
         *
         * @param sequence of the record that is changed, or whose place is empty
         */
        record Broken(long sequence, String why) implements Verdict {}
    }

    /**
     * Checks one chain, also while others add to it.
     *
     * @param known records of this chain that something else knows
     */
    public Verdict verify(AuditChain chain, Collection<KnownPlace> known) {
        AuditMark headBefore = heads.head(chain);
        NavigableMap<Long, List<KnownPlace>> expected = new TreeMap<>();
        for (KnownPlace place : known) {
            List<KnownPlace> same = expected.computeIfAbsent(place.sequence(), _ -> new ArrayList<>());
            for (KnownPlace other : same) {
                if (!other.agreesWith(place)) {
                    return new Verdict.Broken(
                            place.sequence(), other.where() + " and " + place.where() + " have two hashes of it");
                }
            }
            same.add(place);
        }
        Walk walk = new Walk(chain.toString(), expected);
        AuditMark newest = AuditMark.START;
        List<AuditRecord> batch = log.records(chain, 0, BATCH);
        while (!batch.isEmpty()) {
            for (AuditRecord entry : batch) {
                Optional<String> fault = walk.fault(newest, entry);
                if (fault.isPresent()) {
                    return new Verdict.Broken(newest.sequence() + 1, fault.get());
                }
                if (entry.sequence() == headBefore.sequence() && !entry.mark().equals(headBefore)) {
                    return new Verdict.Broken(entry.sequence(), "the head of the chain has another hash of it");
                }
                newest = entry.mark();
            }
            batch = log.records(chain, newest.sequence(), BATCH);
        }
        return end(newest, headBefore, heads.head(chain), expected);
    }

    private static Verdict end(
            AuditMark newest,
            AuditMark headBefore,
            AuditMark headAfter,
            NavigableMap<Long, List<KnownPlace>> expected) {
        if (newest.sequence() < headBefore.sequence()) {
            return new Verdict.Broken(
                    newest.sequence() + 1, "cut off: the head of the chain is record " + headBefore.sequence());
        }
        if (newest.sequence() > headAfter.sequence()) {
            return new Verdict.Broken(
                    headAfter.sequence() + 1, "the head of the chain is record " + headAfter.sequence());
        }
        if (newest.sequence() == headAfter.sequence() && !newest.equals(headAfter)) {
            return new Verdict.Broken(newest.sequence(), "the head of the chain has another hash of it");
        }
        if (!expected.isEmpty() && expected.lastKey() > newest.sequence()) {
            KnownPlace last = expected.lastEntry().getValue().getFirst();
            return new Verdict.Broken(
                    newest.sequence() + 1, "cut off: " + last.where() + " knows record " + last.sequence());
        }
        return new Verdict.Holds(newest);
    }

    /** One record after the other, against what must stand there. */
    private record Walk(String chain, NavigableMap<Long, List<KnownPlace>> expected) {
        Optional<String> fault(AuditMark before, AuditRecord entry) {
            if (entry.sequence() != before.sequence() + 1) {
                return Optional.of("missing: the next record is " + entry.sequence());
            }
            if (!entry.chain().equals(chain)) {
                return Optional.of("it belongs to the chain " + entry.chain());
            }
            if (!entry.hash().equals(entry.computedHash())) {
                return Optional.of("changed: its content gives another hash than it carries");
            }
            if (!entry.previousHash().equals(before.hash())) {
                return Optional.of("it does not follow the record before it");
            }
            return expected.getOrDefault(entry.sequence(), List.of()).stream()
                    .filter(place -> !place.agreesWith(entry.mark()))
                    .findFirst()
                    .map(place -> "changed: " + place.where() + " has another hash of it");
        }
    }
}
