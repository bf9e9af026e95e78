package dev.saywhen.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.blueprint.FolderTree;
import dev.saywhen.adapter.blueprint.Requests;
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
    @TempDir
    private Path folder;

    static List<BlueprintsBenchmark.Description> descriptions() throws IOException {
        return BlueprintsBenchmark.descriptions();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void every_description_becomes_a_plan_and_files_without_a_leftover_of_a_template(
            BlueprintsBenchmark.Description description) {
        FolderTree tree = new FolderTree(folder);
        for (List<String> request : description.requests()) {
            Brief brief = Requests.brief(request);
            Outline outline = Requests.outline(brief, tree);
            Requests.write(Requests.plan(brief, outline), tree);
            tree.write("target/openapi/openapi.yaml", "openapi: 3.1.0\n");
            Requests.ENGINEER.document(Requests.plan(brief, outline), "fine", tree);
        }

        for (String path : tree.files()) {
            String content = tree.read(path).orElseThrow();
            boolean leftover = content.contains("{service.") || content.contains("{entity.") || content.contains("{#if");
            assertTrue(!leftover && content.endsWith("\n"), path);
            List<String> untidy = content.lines()
                    .filter(line -> !line.equals(line.stripTrailing()) || line.contains("\t"))
                    .toList();
            assertEquals(List.of(), untidy, path);
        }
    }
}
