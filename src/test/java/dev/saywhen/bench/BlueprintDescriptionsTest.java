package dev.saywhen.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.blueprint.FolderTree;
import dev.saywhen.adapter.blueprint.Requests;
import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Outline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the benchmark builds, as far as that can be said without building it. */
class BlueprintDescriptionsTest {
    private static final int LONGEST_LINE = 120;

    @TempDir
    private Path folder;

    static List<BlueprintsBenchmark.Description> descriptions() throws IOException {
        return BlueprintsBenchmark.descriptions();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void every_description_becomes_a_plan_and_tidy_files_and_a_history_that_can_be_read_again(
            BlueprintsBenchmark.Description description) {
        FolderTree tree = new FolderTree(folder);
        for (List<String> request : description.requests()) {
            Brief brief = Requests.brief(request);
            Outline outline = Requests.outline(brief, tree);
            Requests.write(Requests.plan(brief, outline), tree);
            tree.write("target/openapi/openapi.yaml", "openapi: 3.1.0\n");
            Requests.ENGINEER.document(Requests.plan(brief, outline), "fine", tree);
        }

        Asked.Declined nothing = assertInstanceOf(
                Asked.Declined.class,
                Requests.ENGINEER.ask(
                        Requests.BEGAN, Requests.PROJECT, Requests.brief(List.of("fix the login bug")), tree));
        assertTrue(nothing.why().startsWith("I see nothing to add"), nothing.why());
        for (String path : tree.files()) {
            String content = tree.read(path).orElseThrow();
            boolean leftover =
                    content.contains("{service.") || content.contains("{entity.") || content.contains("{#if");
            assertTrue(!leftover && content.endsWith("\n"), path);
            List<String> untidy = content.lines()
                    .filter(line -> !line.equals(line.stripTrailing())
                            || line.contains("\t")
                            || (path.endsWith(".java") && line.length() > LONGEST_LINE))
                    .toList();
            assertEquals(List.of(), untidy, path);
        }
    }
}
