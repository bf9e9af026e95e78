package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a plan from the blueprint says in words. */
final class PlanProse {
    private final ServiceModel model;
    private final Understanding heard;

    PlanProse(ServiceModel model, Understanding heard) {
        this.model = model;
        this.heard = heard;
    }

    List<String> summary(int steps, int files) {
        int entities = model.entities().size();
        return List.of(
                "%d %s, %d endpoints, %d files, %d steps, each test first and one commit."
                        .formatted(entities, entities == 1 ? "table" : "tables", entities * 5, files, steps),
                "No database of yours is touched: the change sets run in the service's own tests.");
    }

    List<String> architecture() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "One Quarkus service: REST, Hibernate ORM Panache, Bean Validation, PostgreSQL; compiled for Java 17.");
        lines.add("Schema by Liquibase, one change set for each table, each with its rollback.");
        lines.addAll(heard.understood());
        heard.assumptions().forEach(assumption -> lines.add("Assumed: " + assumption));
        return lines;
    }

    List<String> endpoints() {
        List<String> lines = new ArrayList<>();
        for (EntityModel entity : model.entities()) {
            lines.add("%s: GET (list, paged) and POST on its collection; GET, PUT and DELETE on one"
                    .formatted(entity.name()));
        }
        lines.add(
                "Errors are RFC 9457 problems: 400 with the fields, 404, 405, 409 for what the database does not allow.");
        lines.add("The API describes itself by OpenAPI at /q/openapi; the file is committed.");
        return lines;
    }

    List<String> testing() {
        return List.of(
                "Test first: each step's tests are written and seen red, then the code, seen green.",
                "The tests run against a real PostgreSQL that they start themselves.",
                "One test applies, rolls back and applies again every change set and compares the catalog.",
                "For each entity: created, read, listed, replaced, deleted; and 400, 404, 405, 409.",
                "The whole suite runs by `mvn -B verify`, with coverage by JaCoCo.");
    }

    List<String> deployment() {
        return List.of(
                "Nothing is deployed. The build gives target/quarkus-app, configured by QUARKUS_DATASOURCE_* variables.",
                "Liveness and readiness at /q/health.",
                String.format(
                        Locale.ROOT,
                        "Sized for %d requests a second at peak, p99 %d ms, %d rows; not load-tested here.",
                        model.load().peakPerSecond(),
                        model.load().p99().toMillis(),
                        model.load().rows()));
    }

    List<String> risks() {
        return List.of("low: new files only. Authentication is not part of the blueprint; put the service behind one.");
    }
}
