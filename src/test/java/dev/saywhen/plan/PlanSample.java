package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
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
                CommandScope.offline("mvn", "-o", "verify"),
                List.of("docs/specification.md"),
                scopes(run),
                new Budget(Duration.ofHours(2), 0),
                List.of("main"),
                List.of("none that I know"),
                "revert two commits",
                AuthorizationRequest.NEW_SERVICE);
    }

    private static Scopes scopes(RunId run) {
        return new Scopes(
                List.of(new PathScope("pom.xml"), new PathScope("src/**"), new PathScope("docs/specification.md")),
                List.of(CommandScope.offline("mvn", "-o", "verify"), CommandScope.offline("mvn", "-o", "test")),
                List.of(run.branch()));
    }
}
