package dev.saywhen.adapter.blueprint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanRevision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewTest {
    @TempDir
    private Path folder;

    @Test
    void every_line_of_the_checklist_names_its_evidence_or_that_there_is_none() {
        FolderTree tree = new FolderTree(folder);
        Brief brief =
                Requests.brief(List.of("Service notes; Note: title string required; peak 50/s p99 100 ms 10 rows"));
        PlanRevision plan = Requests.plan(brief, Requests.outline(brief, tree));
        report(tree, "HealthTest", 2, 0);
        report(tree, "ChangeSetsTest", 2, 0);
        report(tree, "ContractTest", 6, 1);
        report(tree, "http.ProblemsTest", 30, 0);
        report(tree, "note.NoteRequestTest", 9, 0);
        report(tree, "note.NoteResourceTest", 30, 0);
        tree.write(
                "target/jacoco-report/jacoco.csv",
                "GROUP,PACKAGE,CLASS,IM,BM,BC,x,LM,LC,CM,CC,MM,MC\ng,p,c,0,0,1,3,10,90,0,0,0,0\n");

        String review = Requests.ENGINEER
                .review(plan, Requests.ENGINEER.readTests(tree, Requests.DONE), "", tree)
                .report();

        assertEquals("""
                Tests 79 run, 1 failed, 0 skipped.
                Coverage: 90 % of lines (90 of 100), 75 % of branches (3 of 4).
                Entities: Note.

                Checklist, each line with its evidence:
                - the schema goes forth, back and forth again and is the same: shown (ChangeSetsTest, 2 tests, 0 failed)
                - every method of every path answers as the OpenAPI document says: NOT shown (ContractTest, 6 tests, 1 failed)
                - errors are problems with status, field and reason, and tell nothing of the inside: shown (ProblemsTest, 30 tests, 0 failed)
                - Note: rules one below, on and one above each bound: shown (NoteRequestTest, 9 tests, 0 failed)
                - Note: 201, 200, 204, 400, 404, 405, 409, 412, 422, pages, search, eight at once: shown (NoteResourceTest, 30 tests, 0 failed)
                - the image is not root's and the chart keeps no secret: not shown, no report (DeploymentTest, 0 tests, 0 failed)
                - it starts, is alive, and is ready when its database answers: shown (HealthTest, 2 tests, 0 failed)

                Not measured: load, failover, the image, the chart on a cluster, mutants.""", review);
    }

    private static void report(FolderTree tree, String test, int tests, int failed) {
        tree.write(
                "target/surefire-reports/TEST-com.example.notes." + test + ".xml",
                "<testsuite tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\"/>".formatted(tests, failed));
    }
}
