package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan with one thing different. */
final class PlanVariant {
    private PlanVariant() {}

    /** The plan itself and at least one variant of each of its fields, with those that are easily mistaken for another. */
    static List<PlanRevision> all(PlanRevision plan) {
        List<PlanRevision> all = new ArrayList<>(List.of(
                plan,
                revision(plan, p -> p[0] = new RunId(8)),
                revision(plan, p -> p[1] = new RevisionNumber(2)),
                revision(plan, p -> p[2] = new ProjectName("other")),
                revision(plan, p -> p[4] = new Base("main2", plan.base().commit())),
                revision(plan, p -> p[4] = new Base("main", new CommitId("b".repeat(40)))),
                revision(plan, p -> p[5] = 1),
                revision(plan, p -> p[6] = new CommitId("c".repeat(40))),
                revision(plan, p -> p[7] = "none"),
                revision(plan, p -> p[9] = List.of("news")),
                revision(plan, p -> p[9] = List.of("")),
                raising(plan, Raise.Limit.STEP, Raise.Unit.TOKENS, 100, 200),
                raising(plan, Raise.Limit.DAY, Raise.Unit.TOKENS, 100, 200),
                raising(plan, Raise.Limit.STEP, Raise.Unit.DOLLARS, 100, 200),
                raising(plan, Raise.Limit.STEP, Raise.Unit.TOKENS, 101, 200),
                raising(plan, Raise.Limit.STEP, Raise.Unit.TOKENS, 100, 201),
                outline(plan, o -> o[0] = "another title"),
                outline(plan, o -> o[0] = "library service "),
                outline(plan, o -> o[1] = List.of()),
                outline(plan, o -> o[5] = List.of()),
                outline(plan, o -> o[5] = List.of("docs/other.md")),
                outline(plan, o -> o[8] = List.of()),
                outline(plan, o -> o[9] = List.of("none that I know", "")),
                outline(plan, o -> o[10] = "another way back"),
                outline(plan, o -> o[4] = new Verification.Suite(CommandScope.offline("mvn", "verify"))),
                outline(plan, o -> o[4] = new Verification.SameFiles("a".repeat(40))),
                outline(plan, o -> o[4] = new Verification.SameSchema(PlanSample.PROOF.after())),
                outline(plan, o -> o[4] = new Verification.SameSchema(PlanSample.PROOF.before())),
                outline(plan, o -> o[7] = new Budget(Duration.ofHours(3), 0)),
                outline(plan, o -> o[7] = new Budget(Duration.ofHours(2).plusMillis(1), 0)),
                outline(plan, o -> o[7] = new Budget(Duration.ofHours(2), 1)),
                outline(plan, o -> o[7] = new Budget(Duration.ofHours(2), 0, BigDecimal.ZERO))));
        for (List<String> messages : List.of(
                List.of("a\nb"),
                List.of("a b"),
                List.of("a", "b"),
                List.of("a\tb"),
                List.of("a\r\nb"),
                List.of("a", ""),
                List.of("a\n"),
                List.of("a\u200bb"),
                List.of("a<U+200B>b"),
                List.of("a", "Open questions are answered by the defaults that this plan states."))) {
            List<String> answers = messages.subList(1, messages.size());
            all.add(revision(plan, p -> p[3] = new Brief(messages.getFirst(), answers, false)));
            all.add(revision(plan, p -> p[3] = new Brief(messages.getFirst(), answers, true)));
        }
        for (PlanPart.Kind kind : PlanPart.Kind.values()) {
            all.add(outline(
                    plan,
                    o -> o[2] = plan.outline().parts().stream()
                            .map(part -> part.kind() == kind ? new PlanPart(kind, List.of("changed")) : part)
                            .toList()));
        }
        for (AuthorizationRequest request : AuthorizationRequest.values()) {
            if (request != plan.outline().request()) {
                all.add(outline(plan, o -> o[11] = request));
            }
        }
        for (Step step : steps(plan.outline().steps().get(1))) {
            all.add(outline(plan, o -> o[3] = List.of(plan.outline().steps().getFirst(), step)));
        }
        for (Step.Work work : databaseWork()) {
            all.add(outline(
                    plan,
                    o -> o[3] = List.of(
                            plan.outline().steps().getFirst(), new Step(2, "Keep books", work, "revert the commit"))));
        }
        for (Scopes scopes : scopes(plan.outline().scopes())) {
            all.add(outline(plan, o -> o[6] = scopes));
        }
        return all;
    }

    private static PlanRevision raising(PlanRevision plan, Raise.Limit limit, Raise.Unit unit, long from, long to) {
        Raise raise = new Raise(limit, unit, BigDecimal.valueOf(from), BigDecimal.valueOf(to));
        return revision(plan, p -> p[10] = List.of(raise));
    }

    private static List<Step> steps(Step step) {
        CommandScope check = step.check().orElseThrow();
        return List.of(
                new Step(2, step.title(), new Step.Revert(PlanSample.COMMIT, step.files()), step.wayBack()),
                new Step(2, step.title(), new Step.Revert(PlanSample.COMMIT, List.of("x")), step.wayBack()),
                new Step(2, step.title(), new Step.Revert(new CommitId("b".repeat(40)), step.files()), step.wayBack()),
                new Step(2, "Keep books better", step.tests(), step.files(), check, step.wayBack()),
                new Step(2, "Keep books (done and kept)", step.tests(), step.files(), check, step.wayBack()),
                new Step(2, step.title(), List.of(), step.files(), check, step.wayBack()),
                new Step(2, step.title(), List.of("none"), step.files(), check, step.wayBack()),
                new Step(2, step.title(), List.of("a", "b"), step.files(), check, step.wayBack()),
                new Step(2, step.title(), List.of("a, b"), step.files(), check, step.wayBack()),
                new Step(2, step.title(), List.of("'a, b'"), step.files(), check, step.wayBack()),
                new Step(2, step.title(), step.tests(), List.of("x"), check, step.wayBack()),
                new Step(2, step.title(), step.tests(), step.files(), CommandScope.offline("mvn"), step.wayBack()),
                new Step(2, step.title(), step.tests(), step.files(), check, "another way back"));
    }

    private static Loss loss(Loss.Place place, Loss.How how, long held, Loss.Place... now) {
        return new Loss(place, how, List.of(now), held);
    }

    private static List<Step.Work> databaseWork() {
        ChangeSet set = PlanSample.CHANGE_SET;
        List<ChangeSet> sets = List.of(set);
        Proof proof = PlanSample.PROOF;
        Digest other = Digest.of("other");
        Loss.Place shelf = new Loss.Place("shelf", "");
        Loss.Place book = new Loss.Place("book", "");
        List<Step.Work> all = new ArrayList<>(List.of(
                new Step.Migrate("db/shelf.sql", "a\nb", sets, proof),
                new Step.Migrate("db/other.sql", "a\nb", sets, proof),
                new Step.Migrate("db/shelf.sql", "a b", sets, proof),
                new Step.Migrate("db/shelf.sql", "a\nb\n", sets, proof),
                new Step.Migrate("db/shelf.sql", "a\nb", List.of(), proof),
                new Step.Migrate("db/shelf.sql", "a\nb", List.of(set, set), proof),
                new Step.RollBack(PlanSample.COMMIT, List.of("db/shelf.sql"), sets, proof),
                new Step.RollBack(PlanSample.COMMIT, List.of(), sets, proof),
                new Step.RollBack(PlanSample.COMMIT, List.of("db/shelf.sql"), List.of(), proof)));
        for (ChangeSet changed : List.of(
                new ChangeSet("x", set.author(), set.id(), set.checksum(), set.apply(), set.rollback(), 1_000),
                new ChangeSet(set.file(), "bo", set.id(), set.checksum(), set.apply(), set.rollback(), 1_000),
                new ChangeSet(set.file(), set.author(), "2", set.checksum(), set.apply(), set.rollback(), 1_000),
                new ChangeSet(set.file(), set.author(), set.id(), "9:2", set.apply(), set.rollback(), 1_000),
                new ChangeSet(set.file(), set.author(), set.id(), set.checksum(), "SELECT 1", set.rollback(), 1_000),
                new ChangeSet(set.file(), set.author(), set.id(), set.checksum(), set.apply(), "SELECT 1", 1_000),
                new ChangeSet(
                        set.file(), set.author(), set.id(), set.checksum(), set.apply(), set.rollback(), 1_001))) {
            all.add(new Step.Migrate("db/shelf.sql", "a\nb", List.of(changed), proof));
        }
        for (Proof changed : List.of(
                proof.losing(List.of(loss(shelf, Loss.How.GOES, 2, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.GOES, 1, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.GOES, 2, book))),
                proof.losing(List.of(loss(new Loss.Place("shelf", "label"), Loss.How.GOES, 2, shelf))),
                proof.losing(List.of(loss(book, Loss.How.GOES, 2, book))),
                proof.losing(List.of(loss(shelf, Loss.How.GOES_LATER, 2, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.WRITTEN_ANEW, 2, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.ROWS_GO, 2, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.ROWS_GO, 3, shelf))),
                proof.losing(List.of(loss(shelf, Loss.How.ROWS_GO, 3, book))),
                proof.losing(List.of(loss(shelf, Loss.How.ROWS_CHANGE, 0, shelf))),
                new Proof(
                        "elsewhere",
                        proof.before(),
                        proof.after(),
                        proof.rows(),
                        proof.locks(),
                        proof.changes(),
                        proof.notes()),
                new Proof(
                        proof.database(),
                        other,
                        proof.after(),
                        proof.rows(),
                        proof.locks(),
                        proof.changes(),
                        proof.notes()),
                new Proof(
                        proof.database(),
                        proof.before(),
                        other,
                        proof.rows(),
                        proof.locks(),
                        proof.changes(),
                        proof.notes()),
                new Proof(
                        proof.database(),
                        proof.before(),
                        proof.after(),
                        13,
                        proof.locks(),
                        proof.changes(),
                        proof.notes()),
                new Proof(
                        proof.database(), proof.before(), proof.after(), 12, List.of(), proof.changes(), proof.notes()),
                new Proof(proof.database(), proof.before(), proof.after(), 12, proof.locks(), List.of(), proof.notes()),
                new Proof(
                        proof.database(),
                        proof.before(),
                        proof.after(),
                        12,
                        proof.locks(),
                        proof.changes(),
                        List.of()))) {
            all.add(new Step.Migrate("db/shelf.sql", "a\nb", sets, changed));
        }
        return all;
    }

    private static List<Scopes> scopes(Scopes scopes) {
        List<Scopes> all = new ArrayList<>(List.of(
                new Scopes(List.of(), scopes.commands(), scopes.branches()),
                new Scopes(List.of(new PathScope("src")), scopes.commands(), scopes.branches()),
                new Scopes(scopes.paths(), scopes.commands(), List.of()),
                new Scopes(scopes.paths(), scopes.commands(), List.of("main"))));
        for (CommandScope command : List.of(
                CommandScope.offline("sh", "-c", "echo a\nrm -r b"),
                CommandScope.offline("sh", "-c", "echo a rm -r b"),
                CommandScope.offline("sh", "-c", "echo a\trm -r b"),
                CommandScope.offline("sh", "-c", "echo", "a", "rm -r b"),
                CommandScope.offline("sh", "-c", "echo a<U+000A>rm -r b"),
                CommandScope.offline("a", ""),
                CommandScope.offline("a", " "),
                CommandScope.offline("a", "''"),
                CommandScope.offline("a"),
                CommandScope.offline("a", "(uses", "the", "network)"),
                new CommandScope(List.of("a"), true))) {
            all.add(new Scopes(scopes.paths(), List.of(command), scopes.branches()));
        }
        String url = "https://tracker.example.org/mcp";
        for (List<ToolScope> tools : List.of(
                List.of(new ToolScope("tracker", url, "find_issue", true)),
                List.of(new ToolScope("tracker", url, "find_issue", false)),
                List.of(new ToolScope("tracker", url, "find_issue", false, 0)),
                List.of(new ToolScope("tracker", url, "find_issue", false, 2)),
                List.of(new ToolScope("tracker2", url, "find_issue", true)),
                List.of(new ToolScope("tracker", url + "2", "find_issue", true)),
                List.of(new ToolScope("tracker", url, "close_issue", true)),
                List.of(
                        new ToolScope("tracker", url, "find_issue", true),
                        new ToolScope("tracker", url, "close_issue", true)))) {
            all.add(new Scopes(scopes.paths(), scopes.commands(), scopes.branches(), tools));
        }
        return all;
    }

    static PlanRevision summary(PlanRevision plan, String prose) {
        return outline(plan, o -> o[1] = List.of(prose));
    }

    static PlanRevision part(PlanRevision plan, String prose) {
        return outline(
                plan,
                o -> o[2] = plan.outline().parts().stream()
                        .map(part -> new PlanPart(part.kind(), List.of(prose)))
                        .toList());
    }

    static PlanRevision risk(PlanRevision plan, String prose) {
        return outline(plan, o -> o[9] = List.of(prose));
    }

    static PlanRevision wayBack(PlanRevision plan, String prose) {
        return outline(plan, o -> o[10] = prose);
    }

    static PlanRevision asked(PlanRevision plan, String prose) {
        return revision(plan, p -> p[3] = Brief.of(prose));
    }

    /** A change of a record's components, by position. */
    @FunctionalInterface
    private interface Change {
        void apply(Object[] components);
    }

    private static PlanRevision outline(PlanRevision plan, Change change) {
        return revision(plan, p -> p[8] = changed(plan.outline(), change));
    }

    private static PlanRevision revision(PlanRevision plan, Change change) {
        return changed(plan, change);
    }

    /** The record made again from its components, one of them changed; so a new component cannot be forgotten silently. */
    @SuppressWarnings("unchecked")
    private static <T extends Record> T changed(T record, Change change) {
        try {
            var components = record.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            Class<?>[] types = new Class<?>[components.length];
            for (int at = 0; at < components.length; at++) {
                values[at] = components[at].getAccessor().invoke(record);
                types[at] = components[at].getType();
            }
            change.apply(values);
            return (T) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
