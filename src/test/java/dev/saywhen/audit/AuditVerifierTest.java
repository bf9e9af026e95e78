package dev.saywhen.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.audit.AuditVerifier.Verdict;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
    private static final AuditChain CHAIN = AuditChain.of(new RunId(7));
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final int LENGTH = 1203;

    private final ChainInMemory chain = new ChainInMemory();
    private final AuditVerifier verifier = new AuditVerifier(chain, chain);

    @BeforeEach
    void fill() {
        for (int at = 1; at <= LENGTH; at++) {
            chain.append(
                    CHAIN,
                    new AuditEvent.Said(
                            ActorId.parse("local:home:ana"),
                            MessageId.parse("local:home:general:m" + at),
                            "answer",
                            "text " + at));
        }
    }

    @Test
    void an_untouched_chain_holds_and_so_does_an_empty_one() {
        assertEquals(new Verdict.Holds(chain.head), verify());
        assertEquals(
                new Verdict.Holds(AuditMark.START),
                new AuditVerifier(new ChainInMemory(), new ChainInMemory()).verify(CHAIN, List.of()));
    }

    @Test
    void a_changed_text_shows() {
        change(600, record -> with(record, record.actor(), "text 6000", record.hash()));

        assertEquals(new Verdict.Broken(600, "changed: its content gives another hash than it carries"), verify());
    }

    @Test
    void another_author_shows() {
        change(1, record -> with(record, "local:home:bo", "text 1", record.hash()));

        assertEquals(new Verdict.Broken(1, "changed: its content gives another hash than it carries"), verify());
    }

    @Test
    void a_record_that_was_changed_and_hashed_again_shows_at_the_next_one() {
        change(600, record -> {
            AuditRecord other = with(record, record.actor(), "other", record.hash());
            return with(other, other.actor(), "other", other.computedHash());
        });

        assertEquals(new Verdict.Broken(601, "it does not follow the record before it"), verify());
    }

    @Test
    void a_missing_record_shows() {
        chain.records.remove(500);

        assertEquals(new Verdict.Broken(501, "missing: the next record is 502"), verify());
    }

    @Test
    void two_records_in_the_wrong_order_show() {
        Collections.swap(chain.records, 99, 100);

        assertEquals(new Verdict.Broken(100, "missing: the next record is 101"), verify());
    }

    @Test
    void two_records_that_changed_places_and_numbers_show() {
        AuditRecord hundredth = chain.records.get(99);
        AuditRecord next = chain.records.get(100);
        chain.records.set(99, numbered(next, hundredth.sequence()));
        chain.records.set(100, numbered(hundredth, next.sequence()));

        assertEquals(new Verdict.Broken(100, "changed: its content gives another hash than it carries"), verify());
    }

    @Test
    void a_missing_first_record_shows() {
        chain.records.removeFirst();

        assertEquals(new Verdict.Broken(1, "missing: the next record is 2"), verify());
    }

    @Test
    void a_chain_that_was_cut_off_shows() {
        chain.records.removeLast();

        assertEquals(new Verdict.Broken(LENGTH, "cut off: the head of the chain is record " + LENGTH), verify());
    }

    @Test
    void a_chain_that_was_removed_shows() {
        chain.records.clear();

        assertEquals(new Verdict.Broken(1, "cut off: the head of the chain is record " + LENGTH), verify());
    }

    @Test
    void a_record_beyond_the_head_shows() {
        chain.head = chain.records.get(LENGTH - 2).mark();

        assertEquals(new Verdict.Broken(LENGTH, "the head of the chain is record " + (LENGTH - 1)), verify());
    }

    @Test
    void a_last_record_of_another_hash_than_the_head_shows() {
        change(LENGTH, record -> {
            AuditRecord other = with(record, record.actor(), "other", record.hash());
            return with(other, other.actor(), "other", other.computedHash());
        });

        assertEquals(new Verdict.Broken(LENGTH, "the head of the chain has another hash of it"), verify());
    }

    @Test
    void a_record_of_another_chain_shows() {
        AuditRecord stranger = AuditRecord.after(
                chain.head, AuditChain.of(new RunId(8)), new AuditEvent.ServiceNoted("strange"), NOON);
        chain.records.add(stranger);
        chain.head = stranger.mark();

        assertEquals(new Verdict.Broken(LENGTH + 1, "it belongs to the chain run-8"), verify());
    }

    @Test
    void a_chain_rewritten_as_a_whole_shows_by_a_mark_that_stands_elsewhere() {
        AuditMark written = chain.records.get(99).mark();
        ChainInMemory rewritten = new ChainInMemory();
        for (int at = 1; at <= LENGTH; at++) {
            rewritten.append(CHAIN, new AuditEvent.ServiceNoted("invented " + at));
        }
        AuditVerifier other = new AuditVerifier(rewritten, rewritten);

        assertEquals(new Verdict.Holds(rewritten.head), other.verify(CHAIN, List.of()));
        assertEquals(
                new Verdict.Broken(100, "changed: commit 1 has another hash of it"),
                other.verify(CHAIN, known(written)));
        assertEquals(new Verdict.Holds(chain.head), verifier.verify(CHAIN, known(written, chain.head)));
    }

    @Test
    void a_chain_cut_off_together_with_its_head_shows_by_a_mark_that_stands_elsewhere() {
        AuditMark written = chain.head;
        chain.records.removeLast();
        chain.head = chain.records.getLast().mark();

        assertEquals(
                new Verdict.Broken(LENGTH, "cut off: commit 1 knows record " + LENGTH),
                verifier.verify(CHAIN, known(written)));
    }

    @Test
    void marks_that_contradict_each_other_show() {
        assertEquals(
                new Verdict.Broken(5, "commit 1 and commit 2 have two hashes of it"),
                verifier.verify(CHAIN, known(chain.records.get(4).mark(), new AuditMark(5, Digest.of("x")))));
    }

    @Test
    void records_added_meanwhile_are_no_fault() {
        chain.whileReading = () -> chain.append(CHAIN, new AuditEvent.ServiceNoted("meanwhile"));

        assertEquals(new Verdict.Holds(chain.records.getLast().mark()).getClass(), verify().getClass());
    }

    @Test
    void the_code_in_a_message_shows_what_was_changed_behind_it() {
        AuditMark last = chain.head;
        String text =
                "Done.\nAudit %d %s.".formatted(last.sequence(), last.hash().code());
        List<KnownPlace> told = KnownPlace.in(text, "message 9").toList();
        assertEquals(List.of(new KnownPlace(LENGTH, last.hash().code(), "message 9")), told);

        assertEquals(new Verdict.Holds(last), verifier.verify(CHAIN, told));
        chain.records.removeLast();
        chain.head = chain.records.getLast().mark();
        chain.append(CHAIN, new AuditEvent.ServiceNoted("another end"));
        assertEquals(
                new Verdict.Broken(LENGTH, "changed: message 9 has another hash of it"), verifier.verify(CHAIN, told));
    }

    private static List<KnownPlace> known(AuditMark... marks) {
        List<KnownPlace> known = new ArrayList<>();
        for (AuditMark mark : marks) {
            known.add(KnownPlace.of(mark, "commit " + (known.size() + 1)));
        }
        return known;
    }

    private Verdict verify() {
        return verifier.verify(CHAIN, List.of());
    }

    private void change(int sequence, java.util.function.UnaryOperator<AuditRecord> change) {
        chain.records.set(sequence - 1, change.apply(chain.records.get(sequence - 1)));
    }

    private static AuditRecord with(
            AuditRecord record, @org.jspecify.annotations.Nullable String actor, String text, Digest hash) {
        TreeMap<String, String> facts = new TreeMap<>(record.facts());
        facts.put("text", text);
        return new AuditRecord(
                record.chain(),
                record.sequence(),
                record.time(),
                record.type(),
                actor,
                record.message(),
                facts,
                record.previousHash(),
                hash);
    }

    private static AuditRecord numbered(AuditRecord record, long sequence) {
        return new AuditRecord(
                record.chain(),
                sequence,
                record.time(),
                record.type(),
                record.actor(),
                record.message(),
                record.facts(),
                record.previousHash(),
                record.hash());
    }

    /** One chain, in a list that a test can do anything to. */
    private static final class ChainInMemory implements AuditTrail, AuditLog {
        private final List<AuditRecord> records = new ArrayList<>();
        private AuditMark head = AuditMark.START;
        private Runnable whileReading = () -> {};

        @Override
        public AuditMark append(AuditChain to, AuditEvent event) {
            AuditRecord record = AuditRecord.after(head, to, event, NOON);
            records.add(record);
            head = record.mark();
            return head;
        }

        @Override
        public AuditMark head(AuditChain of) {
            return head;
        }

        @Override
        public List<AuditRecord> records(AuditChain of, long after, int limit) {
            if (after < LENGTH) {
                whileReading.run();
            }
            return records.stream()
                    .filter(record -> record.sequence() > after)
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<AuditChain> chains() {
            return List.of(CHAIN);
        }
    }
}
