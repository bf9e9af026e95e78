package dev.saywhen.audit;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that somebody may have to prove one day.
 *
 * <p>Each event names its actor and message where a platform gave them; the rest are facts, short texts by name. No
 * event holds a permit, a secret or the content of a file.
 */
public sealed interface AuditEvent {
    /** A person asked for work. */
    record RunOpened(ActorId actor, MessageId message, String project, String task) implements AuditEvent {}

    /** The run went from one state to another. */
    record StateChanged(String from, String event, String to) implements AuditEvent {}

    /** A plan revision was made. */
    record PlanDrafted(RevisionNumber revision, Digest digest) implements AuditEvent {}

    /** The platform confirmed the plan message and with it the authorization request. */
    record RequestPosted(MessageId message, RevisionNumber revision, String sentence) implements AuditEvent {}

    /** An authorization phrase was said, whatever came of it. */
    record PhraseSaid(ActorId actor, MessageId message, String phrase) implements AuditEvent {}

    /** Something that sounds like a yes and is none. */
    record NearMiss(ActorId actor, MessageId message) implements AuditEvent {}

    /** An authorization or an effect was refused. */
    record Refused(@Nullable ActorId actor, @Nullable MessageId message, String reason, String sentence)
            implements AuditEvent {}

    /** One of several people whose yes is needed said yes. */
    record Approved(ActorId actor, MessageId message, RevisionNumber revision, int missing) implements AuditEvent {}

    /** A permit was minted; of the permit itself nothing is ever kept. */
    record PermitMinted(
            ActorId actor,
            MessageId message,
            String phrase,
            RevisionNumber revision,
            Digest digest,
            long epoch,
            Instant deadline)
            implements AuditEvent {}

    /** An approver's objection, or its withdrawal. */
    record Objection(ActorId actor, MessageId message, RevisionNumber revision, boolean withdrawn)
            implements AuditEvent {}

    /** A person asked for a change, gave an answer or a command. */
    record Said(ActorId actor, MessageId message, String kind, String text) implements AuditEvent {}

    /** A STOP was heard. */
    record StopHeard(String by, @Nullable MessageId message, String words, String place, List<String> runs, long epoch)
            implements AuditEvent {}

    /** What the STOP did, once looked at. */
    record StopSettled(boolean confirmed, int killed, List<String> survivors, long millis) implements AuditEvent {}

    /** An effect is about to happen. Written before it. */
    record EffectBegun(String effect, String what, RevisionNumber revision) implements AuditEvent {}

    /** How the effect ended. */
    record EffectEnded(String effect, String outcome) implements AuditEvent {}

    /** A test written first was seen red, a step seen green, a report made. */
    record Observed(String what, String result) implements AuditEvent {}

    /**
     * A model was asked.
     *
     * @param account what it was asked for: {@code planning}, a revision, or a step of one as {@code r1 step 2}
     * @param read tokens
     * @param written tokens
     * @param estimated true where it was cut off or broke, so that nobody says how many they were
     * @param dollars absent where the price is not known
     */
    record ModelCalled(
            String model,
            String account,
            long read,
            long written,
            boolean estimated,
            @Nullable BigDecimal dollars) implements AuditEvent {}

    /** The service started, stopped, or found something at start. */
    record ServiceNoted(String what) implements AuditEvent {}

    /** The name that stands in the trail, such as {@code permit-minted}. */
    default String type() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    /** Who did it, where a platform said so. */
    default @Nullable ActorId author() {
        return switch (this) {
            case RunOpened e -> e.actor();
            case PhraseSaid e -> e.actor();
            case NearMiss e -> e.actor();
            case Refused e -> e.actor();
            case Approved e -> e.actor();
            case PermitMinted e -> e.actor();
            case Objection e -> e.actor();
            case Said e -> e.actor();
            case StateChanged _,
                    PlanDrafted _,
                    RequestPosted _,
                    StopHeard _,
                    StopSettled _,
                    EffectBegun _,
                    EffectEnded _,
                    Observed _,
                    ModelCalled _,
                    ServiceNoted _ -> null;
        };
    }

    /** The platform's message that it speaks of. */
    default @Nullable MessageId about() {
        return switch (this) {
            case RunOpened e -> e.message();
            case RequestPosted e -> e.message();
            case PhraseSaid e -> e.message();
            case NearMiss e -> e.message();
            case Refused e -> e.message();
            case Approved e -> e.message();
            case PermitMinted e -> e.message();
            case Objection e -> e.message();
            case Said e -> e.message();
            case StopHeard e -> e.message();
            case StateChanged _,
                    PlanDrafted _,
                    StopSettled _,
                    EffectBegun _,
                    EffectEnded _,
                    Observed _,
                    ModelCalled _,
                    ServiceNoted _ -> null;
        };
    }

    /** Everything else about it, by name. */
    default SortedMap<String, String> facts() {
        SortedMap<String, String> facts = new TreeMap<>();
        switch (this) {
            case RunOpened e -> put(facts, "project", e.project(), "task", e.task());
            case StateChanged e -> put(facts, "from", e.from(), "event", e.event(), "to", e.to());
            case PlanDrafted e -> put(facts, "revision", e.revision(), "digest", e.digest());
            case RequestPosted e -> put(facts, "revision", e.revision(), "sentence", e.sentence());
            case PhraseSaid e -> put(facts, "phrase", e.phrase());
            case NearMiss _ -> {}
            case Refused e -> put(facts, "reason", e.reason(), "sentence", e.sentence());
            case Approved e -> put(facts, "revision", e.revision(), "missing", e.missing());
            case PermitMinted e -> {
                put(facts, "phrase", e.phrase(), "revision", e.revision(), "digest", e.digest());
                put(facts, "epoch", e.epoch(), "deadline", e.deadline());
            }
            case Objection e -> put(facts, "revision", e.revision(), "withdrawn", e.withdrawn());
            case Said e -> put(facts, "kind", e.kind(), "text", e.text());
            case StopHeard e -> {
                put(facts, "by", e.by(), "words", e.words(), "place", e.place());
                put(facts, "runs", String.join(" ", e.runs()), "epoch", e.epoch());
            }
            case StopSettled e -> {
                put(facts, "confirmed", e.confirmed(), "killed", e.killed());
                put(facts, "survivors", String.join("; ", e.survivors()), "millis", e.millis());
            }
            case EffectBegun e -> put(facts, "effect", e.effect(), "what", e.what(), "revision", e.revision());
            case EffectEnded e -> put(facts, "effect", e.effect(), "outcome", e.outcome());
            case Observed e -> put(facts, "what", e.what(), "result", e.result());
            case ModelCalled e -> {
                put(facts, "model", e.model(), "account", e.account(), "read", e.read(), "written", e.written());
                put(facts, "estimated", e.estimated());
                if (e.dollars() != null) {
                    put(facts, "dollars", e.dollars().toPlainString());
                }
            }
            case ServiceNoted e -> put(facts, "what", e.what());
        }
        return facts;
    }

    private static void put(SortedMap<String, String> facts, Object... namesAndValues) {
        for (int at = 0; at < namesAndValues.length; at += 2) {
            facts.put((String) namesAndValues[at], String.valueOf(namesAndValues[at + 1]));
        }
    }
}
