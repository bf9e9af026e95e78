package dev.saywhen.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record of the trail holds, and that its hash is over all of it (gate.md, section 11). */
class AuditRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00.123456789Z");
    private static final AuditChain CHAIN = AuditChain.of(new RunId(7));
    private static final AuditMark HEAD = new AuditMark(11, Digest.of("before"));
    private static final ActorId ANA = ActorId.parse("slack:T1:ana");
    private static final MessageId MESSAGE = MessageId.parse("slack:T1:general:9");

    private static final AuditRecord RECORD =
            AuditRecord.after(HEAD, CHAIN, new AuditEvent.PhraseSaid(ANA, MESSAGE, "proceed"), NOW);

    @Test
    void a_record_follows_the_one_before() {
        assertEquals("run-7", RECORD.chain());
        assertEquals(12, RECORD.sequence());
        assertEquals(Instant.parse("2026-11-24T09:00:00.123456Z"), RECORD.time());
        assertEquals("phrase-said", RECORD.type());
        assertEquals("slack:T1:ana", RECORD.actor());
        assertEquals("slack:T1:general:9", RECORD.message());
        assertEquals(Map.of("phrase", "proceed"), RECORD.facts());
        assertEquals(HEAD.hash(), RECORD.previousHash());
        assertEquals(RECORD.computedHash(), RECORD.hash());
        assertEquals(new AuditMark(12, RECORD.hash()), RECORD.mark());
        assertEquals("12 " + RECORD.hash(), RECORD.mark().toString());
    }

    @Test
    void the_hash_is_over_this_text() {
        assertEquals(Digest.of("""
                        saywhen-audit-1
                        5:run-7
                        2:12
                        27:2026-11-24T09:00:00.123456Z
                        11:phrase-said
                        12:slack:T1:ana
                        18:slack:T1:general:9
                        6:phrase
                        7:proceed
                        64:%s
                        """.formatted(HEAD.hash())), RECORD.hash());
    }

    @Test
    void the_hash_covers_every_field() {
        AuditRecord r = RECORD;
        Map<String, String> more = Map.of("phrase", "proceed", "a", "b");
        List<AuditRecord> variants = List.of(
                r,
                of("run-8", 12, r.time(), r.type(), r.actor(), r.message(), r.facts(), r.previousHash()),
                of("run-7", 13, r.time(), r.type(), r.actor(), r.message(), r.facts(), r.previousHash()),
                of(
                        "run-7",
                        12,
                        r.time().plusNanos(1000),
                        r.type(),
                        r.actor(),
                        r.message(),
                        r.facts(),
                        r.previousHash()),
                of("run-7", 12, r.time(), "near-miss", r.actor(), r.message(), r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), "slack:T1:bo", r.message(), r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), null, r.message(), r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), "", r.message(), r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), null, r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), "", r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.message(), r.actor(), r.facts(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), r.message(), Map.of(), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), r.message(), Map.of("phrase", ""), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), r.message(), Map.of("p", "proceed"), r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), r.message(), more, r.previousHash()),
                of(
                        "run-7",
                        12,
                        r.time(),
                        r.type(),
                        r.actor(),
                        r.message(),
                        Map.of("a", "b\n6:phrase\n7:proceed"),
                        r.previousHash()),
                of("run-7", 12, r.time(), r.type(), r.actor(), r.message(), r.facts(), Digest.ZERO));
        Set<Digest> hashes = new HashSet<>();

        variants.forEach(variant -> assertTrue(hashes.add(variant.computedHash()), variant.toString()));
        assertEquals(
                AuditRecord.class.getRecordComponents().length - 1, 8, "a new field has to be varied here as well");
    }

    @Test
    void the_facts_of_a_record_are_its_own() {
        assertThrows(UnsupportedOperationException.class, () -> RECORD.facts().clear());
    }

    static Stream<Class<?>> events() {
        return Arrays.stream(AuditEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_part_of_every_event_is_inside_the_hash(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] parts = type.getRecordComponents();
        for (int changed = 0; changed < parts.length; changed++) {
            assertNotEquals(
                    hash(event(type, -1)), hash(event(type, changed)), type.getSimpleName() + "." + parts[changed]);
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void every_event_has_a_name_of_its_own(Class<?> type) throws ReflectiveOperationException {
        String name = event(type, -1).type();

        assertTrue(name.matches("[a-z]+(-[a-z]+)*"), name);
        assertEquals(type.getSimpleName().toLowerCase(java.util.Locale.ROOT), name.replace("-", ""));
    }

    private static Digest hash(AuditEvent event) {
        return AuditRecord.after(HEAD, CHAIN, event, NOW).hash();
    }

    /** An event of this type; the part at {@code changed} is another. */
    private static AuditEvent event(Class<?> type, int changed) throws ReflectiveOperationException {
        RecordComponent[] parts = type.getRecordComponents();
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        for (int at = 0; at < parts.length; at++) {
            types[at] = parts[at].getType();
            values[at] = value(types[at], at == changed);
        }
        return (AuditEvent) type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object value(Class<?> type, boolean other) {
        return switch (type.getSimpleName()) {
            case "BigDecimal" -> other ? BigDecimal.ONE : BigDecimal.TEN;
            case "ActorId" -> other ? ActorId.parse("slack:T1:bo") : ANA;
            case "MessageId" -> other ? MessageId.parse("slack:T1:general:10") : MESSAGE;
            case "RevisionNumber" -> new RevisionNumber(other ? 2 : 1);
            case "Digest" -> other ? Digest.of("x") : Digest.ZERO;
            case "Instant" -> other ? NOW.plusSeconds(1) : NOW;
            case "String" -> other ? "other" : "text";
            case "List" -> other ? List.of("8") : List.of("7");
            case "boolean" -> other;
            case "int" -> other ? 2 : 1;
            case "long" -> other ? 2L : 1L;
            default -> throw new AssertionError("a value of " + type);
        };
    }

    private static AuditRecord of(
            String chain,
            long sequence,
            Instant time,
            String type,
            @Nullable String actor,
            @Nullable String message,
            Map<String, String> facts,
            Digest previous) {
        return new AuditRecord(
                chain, sequence, time, type, actor, message, new TreeMap<>(facts), previous, Digest.ZERO);
    }
}
