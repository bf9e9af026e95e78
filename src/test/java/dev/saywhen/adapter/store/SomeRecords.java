package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.flow.RunStore.Opening;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Records for the tests, each message in a place of its own. */
final class SomeRecords {
    static final ActorId ANA = ActorId.parse("store-test:home:ana");
    static final ActorId BO = ActorId.parse("store-test:home:bo");
    static final Instant NOON = Instant.parse("2026-11-03T12:00:00.123456789Z");
    static final CommitId COMMIT = new CommitId("4be1d20c".repeat(5));

    /** PostgreSQL takes neither of the last two as they are. */
    static final String ODD_TEXT = "naïve 🛑 \"quoted\" \\ \uFFFE0041 \u0000 and half \uD83D a pair";

    private static final AtomicLong NEXT = new AtomicLong(1);

    private SomeRecords() {}

    static MessageId message() {
        return MessageId.parse("store-test:home:general:m" + NEXT.getAndIncrement());
    }

    static ThreadId thread() {
        return new ThreadId(message());
    }

    static Opening opening(ThreadId thread) {
        AuditEvent opened = new AuditEvent.RunOpened(ANA, thread.root(), "demo", "a library of books");
        return new Opening(
                new ProjectName("demo"),
                thread,
                ANA,
                Brief.of("a library of books"),
                thread.root(),
                NOON,
                List.of(opened));
    }

    static InboundMessage inbound(MessageId id, String text) {
        return new InboundMessage(
                id,
                new ThreadId(id),
                new Author(ANA, Author.Kind.PERSON),
                text,
                NOON,
                message(),
                Set.of(InboundMessage.Trait.QUOTE, InboundMessage.Trait.DIRECT));
    }

    static Outgoing.Message say(String key, ThreadId thread, Outgoing.Purpose purpose) {
        return new Outgoing.Message(key, thread, purpose, "text of " + key, null);
    }

    static PlanRevision plan(RunId run, RevisionNumber number) {
        CommandScope verify = CommandScope.offline("./mvnw", "-o", "-B", "verify");
        CommandScope fetch = new CommandScope(List.of("./mvnw", "-B", "dependency:go-offline"), true);
        List<PlanPart> parts = Arrays.stream(PlanPart.Kind.values())
                .map(kind -> new PlanPart(kind, List.of("about " + kind, ODD_TEXT)))
                .toList();
        Loss.Place shelf = new Loss.Place("public.shelf", ODD_TEXT);
        Loss loss = new Loss(shelf, Loss.How.GOES, List.of(shelf, new Loss.Place("public.old", "")), 3);
        Step first = new Step(1, "Fetch what is needed", List.of(), List.of("pom.xml"), fetch, "delete it");
        Step second = new Step(
                2,
                "Keep books " + ODD_TEXT,
                List.of("src/test/java/BookTest.java"),
                List.of("src/main/java/Book.java", "src/main/resources/book.sql"),
                CommandScope.offline("./mvnw", "-o", "test", "-Dtest=Book Test"),
                "revert its commit");
        Outline outline = new Outline(
                "A library",
                List.of("1 table, 1 endpoint", "2 files"),
                parts,
                List.of(
                        first,
                        second,
                        new Step(3, "Revert one", new Step.Revert(COMMIT, List.of("pom.xml")), "revert it"),
                        new Step(
                                4,
                                "Apply one",
                                new Step.Migrate(
                                        "db/shelf.sql", ODD_TEXT, List.of(PlanSample.CHANGE_SET), PlanSample.PROOF),
                                "roll it back"),
                        new Step(
                                5,
                                "Roll one back",
                                new Step.RollBack(
                                        COMMIT,
                                        List.of("db/shelf.sql"),
                                        List.of(PlanSample.CHANGE_SET),
                                        PlanSample.PROOF.losing(List.of(loss))),
                                "apply it")),
                new Verification.Suite(verify),
                List.of("README.md", "docs/api.md"),
                new Scopes(
                        List.of(new PathScope("pom.xml"), new PathScope("src/**")),
                        List.of(verify, fetch, second.check().orElseThrow()),
                        List.of(run.branch()),
                        List.of(PlanSample.READS_OUTSIDE, PlanSample.CHANGES_OUTSIDE)),
                new Budget(Duration.ofMinutes(25).plusMillis(250), 2_000_000),
                List.of("main"),
                List.of("old clients"),
                "undo",
                AuthorizationRequest.NEW_SERVICE);
        return new PlanRevision(
                run,
                number,
                new ProjectName("demo"),
                new Brief("a library", List.of("books only", ODD_TEXT), true),
                new Base("main", COMMIT),
                1,
                COMMIT,
                "bubblewrap, full",
                outline,
                List.of("key lives 24 h", "index on created_at"),
                List.of(
                        new Raise(
                                Raise.Limit.STEP, Raise.Unit.TOKENS, new BigDecimal("50000"), new BigDecimal("100000")),
                        new Raise(
                                Raise.Limit.DAY, Raise.Unit.DOLLARS, new BigDecimal("7.50"), new BigDecimal("10.00"))));
    }
}
