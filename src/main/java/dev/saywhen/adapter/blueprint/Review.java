package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.report.Coverage;
import dev.saywhen.adapter.blueprint.report.SurefireReports;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import java.util.ArrayList;
import java.util.List;

/** What the whole suite showed, and a reviewer's checklist in which every line names its evidence. */
final class Review {
    private final Wish wish;
    private final ServiceModel model;
    private final TestReport tests;
    private final WorkTree tree;

    Review(Wish wish, ServiceModel model, TestReport tests, WorkTree tree) {
        this.wish = wish;
        this.model = model;
        this.tests = tests;
        this.tree = tree;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("Tests %d run, %d failed, %d skipped.".formatted(tests.tests(), tests.failed(), tests.skipped()));
        lines.add(Coverage.read(tree).map(Coverage::line).orElse("Coverage: no report was found."));
        lines.add("Entities: " + Documents.names(model.entities()) + ".");
        lines.add("");
        lines.add("Checklist, each line with its evidence:");
        lines.add(line("the schema goes forth, back and forth again and is the same", "ChangeSetsTest"));
        lines.add(line("every method of every path answers as the OpenAPI document says", "ContractTest"));
        lines.add(line(
                "errors are problems with status, field and reason, and tell nothing of the inside", "ProblemsTest"));
        for (EntityModel entity : model.entities()) {
            lines.add(line(
                    "%s: rules one below, on and one above each bound".formatted(entity.name()),
                    entity.name() + "RequestTest"));
            lines.add(line(
                    "%s: 201, 200, 204, 400, 404, 405, 409, 412, 422, pages, search, eight at once"
                            .formatted(entity.name()),
                    entity.name() + "ResourceTest"));
        }
        switch (model.security()) {
            case NONE -> {}
            case API_KEY -> lines.add(line("nobody without the key is let in", "ApiKeyTest"));
            case OIDC ->
                lines.add(line(
                        "nobody without a token is let in, nor with one that is expired, of another signer or for another"
                                + " service",
                        "BearerTokensTest"));
        }
        lines.add(line("the image is not root's and the chart keeps no secret", "DeploymentTest"));
        lines.add(line("it starts, is alive, and is ready when its database answers", "HealthTest"));
        if (!wish.isNew()) {
            lines.add("- change sets that were there: none is among the files that were written");
        }
        lines.add("");
        lines.add("Not measured: load, failover, the image, the chart on a cluster, mutants.");
        return String.join("\n", lines);
    }

    private String line(String what, String test) {
        TestReport of = SurefireReports.of(tree, test);
        String verdict = of.tests() == 0 ? "not shown, no report" : of.isGreen() ? "shown" : "NOT shown";
        return "- %s: %s (%s, %d tests, %d failed)".formatted(what, verdict, test, of.tests(), of.failed());
    }
}
