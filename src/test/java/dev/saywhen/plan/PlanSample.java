package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.time.Duration;
import java.util.List;

/** A small plan for tests: a library of books, two steps, a budget of two hours. */
public final class PlanSample {
    public static final ProjectName PROJECT = new ProjectName("demo");
    public static final CommitId COMMIT = new CommitId("4be1d20".repeat(5) + "4be1d");

    private PlanSample() {}

    public static PlanRevision plan(RunId run, int revision) {
        return new PlanRevision(
                run,
                new RevisionNumber(revision),
                PROJECT,
                new Brief("a library of books with loans", List.of("a book has a title"), false),
                new Base("main", COMMIT),
                0,
                null,
                "bubblewrap, no network",
                outline(run),
                List.of());
    }

    public static Outline outline(RunId run) {
        return new Outline(
                "library service",
                List.of("2 entities, 4 endpoints"),
                List.of(
                        new PlanPart(PlanPart.Kind.ARCHITECTURE, List.of("one Quarkus service")),
                        new PlanPart(PlanPart.Kind.ENDPOINTS, List.of("GET /books")),
                        new PlanPart(PlanPart.Kind.TESTING, List.of("test first")),
                        new PlanPart(PlanPart.Kind.DEPLOYMENT, List.of("none"))),
                List.of(
                        new Step(
                                1,
                                "Lay out the service",
                                List.of(),
                                List.of("pom.xml"),
                                CommandScope.offline("mvn", "-o", "verify"),
                                "revert the commit"),
                        new Step(
                                2,
                                "Keep books",
                                List.of("src/test/java/BookTest.java"),
                                List.of("src/main/java/Book.java"),
                                CommandScope.offline("mvn", "-o", "test"),
                                "revert the commit")),
                new Verification.Suite(CommandScope.offline("mvn", "-o", "verify")),
                List.of("docs/specification.md"),
                scopes(run),
                new Budget(Duration.ofHours(2), 0),
                List.of("main"),
                List.of("none that I know"),
                "revert two commits",
                AuthorizationRequest.NEW_SERVICE);
    }

    /** A plan that takes one commit back. */
    public static PlanRevision wayBack(RunId run, int revision, CommitId commit) {
        Outline built = outline(run);
        return new PlanRevision(
                run,
                new RevisionNumber(revision),
                PROJECT,
                Brief.of("a library of books with loans"),
                new Base("main", COMMIT),
                0,
                commit,
                "bubblewrap, no network",
                new Outline(
                        "take back run " + run,
                        List.of("1 commit reverted"),
                        built.parts(),
                        List.of(new Step(
                                1,
                                "Revert \"Lay out the service\"",
                                new Step.Revert(commit, List.of("pom.xml")),
                                "revert the new commit")),
                        new Verification.SameFiles("e".repeat(40)),
                        List.of(),
                        new Scopes(List.of(new PathScope("pom.xml")), List.of(), List.of(run.branch())),
                        new Budget(Duration.ofMinutes(10), 0),
                        List.of("main"),
                        List.of("low"),
                        "revert the new commit",
                        AuthorizationRequest.CHANGES_EXISTING_FILES),
                List.of("takes back what was done"));
    }

    public static final ChangeSet CHANGE_SET =
            new ChangeSet("db/shelf.sql", "ana", "1", "9:1", "CREATE TABLE shelf (id int)", "DROP TABLE shelf", 1_000);
    public static final Proof PROOF = new Proof(
            "postgresql://host/demo",
            Digest.of("before"),
            Digest.of("after"),
            12,
            List.of("book: locked"),
            List.of("+ table shelf"),
            List.of("quick"));

    /** A plan of one step that changes the database. */
    public static PlanRevision database(RunId run, int revision, Step.Work work) {
        Outline built = outline(run);
        return new PlanRevision(
                run,
                new RevisionNumber(revision),
                PROJECT,
                Brief.of("a shelf"),
                new Base("main", COMMIT),
                0,
                null,
                "bubblewrap, no network",
                new Outline(
                        "change set ana:1",
                        List.of("1 change set"),
                        built.parts(),
                        List.of(new Step(1, "Apply db/shelf.sql", work, "roll it back")),
                        new Verification.SameSchema(PROOF.after()),
                        List.of(),
                        new Scopes(List.of(new PathScope("db/shelf.sql")), List.of(), List.of(run.branch())),
                        new Budget(Duration.ofMinutes(10), 0),
                        List.of("main"),
                        List.of("low"),
                        "undo",
                        AuthorizationRequest.CHANGES_DATABASE),
                List.of());
    }

    public static final ToolScope READS_OUTSIDE =
            new ToolScope("tracker", "https://tracker.example.org/mcp", "find_issue", true);
    public static final ToolScope CHANGES_OUTSIDE =
            new ToolScope("tracker", "https://tracker.example.org/mcp", "close_issue", false);

    /** The same outline, naming tools of servers outside as well. */
    public static Outline calling(Outline outline, ToolScope... tools) {
        return new Outline(
                outline.title(),
                outline.summary(),
                outline.parts(),
                outline.steps(),
                outline.verify(),
                outline.documents(),
                new Scopes(
                        outline.scopes().paths(),
                        outline.scopes().commands(),
                        outline.scopes().branches(),
                        List.of(tools)),
                outline.budget(),
                outline.notTouched(),
                outline.risks(),
                outline.wayBack(),
                outline.request());
    }

    /** A plan that may call tools of servers outside. */
    public static PlanRevision calling(RunId run, int revision, ToolScope... tools) {
        PlanRevision plan = plan(run, revision);
        return new PlanRevision(
                run,
                plan.number(),
                plan.project(),
                plan.brief(),
                plan.base(),
                plan.stepsDone(),
                plan.head(),
                plan.isolation(),
                calling(plan.outline(), tools),
                plan.news());
    }

    private static Scopes scopes(RunId run) {
        return new Scopes(
                List.of(new PathScope("pom.xml"), new PathScope("src/**"), new PathScope("docs/specification.md")),
                List.of(CommandScope.offline("mvn", "-o", "verify"), CommandScope.offline("mvn", "-o", "test")),
                List.of(run.branch()));
    }
}
