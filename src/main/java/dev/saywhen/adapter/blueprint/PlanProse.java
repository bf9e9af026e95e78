package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.service.ServiceBlueprint;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a plan from the blueprint says in words. */
final class PlanProse {
    private final Wish wish;
    private final ServiceModel model;
    private final ServiceBlueprint blueprint;
    private final List<String> changed;

    /** @param changed the files of the plan that the repository has already */
    PlanProse(Wish wish, ServiceModel model, ServiceBlueprint blueprint, List<String> changed) {
        this.wish = wish;
        this.model = model;
        this.blueprint = blueprint;
        this.changed = changed;
    }

    String title() {
        return wish.isNew() ? model.name() + ", a new service" : model.name() + ": " + String.join(", ", additions());
    }

    /** What is new in a service that is there, in a few words each. */
    private List<String> additions() {
        ServiceModel base = wish.before().getLast();
        List<String> additions = new ArrayList<>();
        for (EntityModel entity : model.entities()) {
            String many = new Noun(entity.name()).pluralWords();
            if (base.find(entity.name()).isEmpty()) {
                additions.add(many + " added");
            } else if (!base.entity(entity.name()).equals(entity)
                    || !base.parentsOf(entity).equals(model.parentsOf(entity))) {
                additions.add("more of " + many);
            }
        }
        for (Link link : model.links()) {
            if (!base.links().contains(link)) {
                additions.add("%s with %s"
                        .formatted(new Noun(link.owner()).pluralWords(), new Noun(link.other()).pluralWords()));
            }
        }
        return additions.isEmpty() ? List.of("set up otherwise") : additions;
    }

    List<String> summary(int steps, int files) {
        List<String> lines = new ArrayList<>();
        if (wish.isNew()) {
            int tables = model.entities().size() + model.links().size();
            lines.add("%d %s, %d endpoints, %d files, %d steps, each test first and one commit."
                    .formatted(
                            tables,
                            tables == 1 ? "table" : "tables",
                            model.entities().size() * 5,
                            files,
                            steps));
        } else {
            int sets = blueprint.schemaChanges().size();
            lines.add("%d new %s, %d files new, %d changed, %d steps, each test first and one commit."
                    .formatted(
                            sets,
                            sets == 1 ? "change set" : "change sets",
                            files - changed.size(),
                            changed.size(),
                            steps));
        }
        lines.add("No database of yours is touched: the change sets run in the service's own tests.");
        return lines;
    }

    List<String> architecture() {
        List<String> lines = new ArrayList<>();
        if (wish.isNew()) {
            lines.add(
                    "One Quarkus service: REST, Hibernate ORM Panache, Bean Validation, PostgreSQL; compiled for Java 17.");
            lines.add("Schema by Liquibase, one change set for each table, each with its rollback.");
            lines.addAll(wish.heard().understood());
        } else {
            List<String> before = Understanding.echo(wish.before().getLast());
            lines.add("The service as it is stays; change sets that were committed are not touched.");
            wish.heard().understood().stream()
                    .filter(line -> !before.contains(line))
                    .forEach(line -> lines.add("Now: " + line));
            lines.addAll(blueprint.schemaChanges());
        }
        if (blueprint.fetches()) {
            lines.add(
                    "A check that uses the network is there for Maven to fetch quarkus-oidc, which no other service has.");
        }
        wish.heard().assumptions().forEach(assumption -> lines.add("Assumed: " + assumption));
        return lines;
    }

    List<String> endpoints() {
        List<String> lines = new ArrayList<>();
        for (EntityModel entity : model.entities()) {
            lines.add("/%s: GET (list, paged, sorted, searched, by ranges too) and POST; /%s/{id}: GET, PUT, DELETE"
                    .formatted(new Noun(entity.name()).pluralPath(), new Noun(entity.name()).pluralPath()));
        }
        lines.add("Every answer about one thing carries its version in ETag. If-Match makes PUT and DELETE answer 412"
                + " when it was changed since; without it the last one wins.");
        lines.add("Errors are RFC 9457 problems: 400 with the fields, 404, 405, 409 for what is stored already or"
                + " changed at the same moment, 412, 422 for a reference to nothing.");
        switch (model.security()) {
            case NONE -> {}
            case API_KEY -> lines.add("Without the service's key in X-API-Key: 401.");
            case OIDC ->
                lines.add(
                        "Without a bearer token that your OpenID Connect provider signed for this service, and that is not"
                                + " expired: 401. Whoever has one may do everything. Health and the API's description are open.");
        }
        lines.add("The API describes itself by OpenAPI at /q/openapi; the file is committed.");
        return lines;
    }

    List<String> testing() {
        List<String> lines = new ArrayList<>(List.of(
                "Test first: each step's tests are written and seen red, then the code, seen green.",
                "The tests run against a real PostgreSQL that they start themselves.",
                "One test applies, rolls back and applies again every change set and compares the catalog.",
                "For each entity: created, read, listed, searched, narrowed to ranges with both ends, sorted, replaced,"
                        + " deleted; every rule one below, on and one above its bound; 400, 404, 405, 409, 412, 422; eight"
                        + " who replace the same version at once.",
                "A contract test asks every method of every path and holds each answer to the OpenAPI description.",
                "The whole suite runs by `mvn -B verify`, with coverage by JaCoCo."));
        if (model.security() == Security.OIDC) {
            lines.add(
                    "No token, an expired one, one of another signer, issuer or audience: each is refused. The tests start the"
                            + " provider themselves and need no network for it.");
        }
        if (!wish.isNew()) {
            changed.forEach(path -> lines.add("Changes " + path));
        }
        return lines;
    }

    List<String> deployment() {
        String configured = model.security() == Security.OIDC
                ? "QUARKUS_DATASOURCE_* variables, QUARKUS_OIDC_AUTH_SERVER_URL and QUARKUS_OIDC_TOKEN_AUDIENCE"
                : "QUARKUS_DATASOURCE_* variables";
        return List.of(
                "Nothing is deployed. The build gives target/quarkus-app, configured by %s.".formatted(configured),
                "A Dockerfile (not root) and a Helm chart in helm/ (secrets by reference, probes, read-only file system);"
                        + " no image is built here.",
                "Liveness and readiness at /q/health.",
                String.format(
                        Locale.ROOT,
                        "Sized for %d requests a second at peak, p99 %d ms, %d rows; not load-tested here.",
                        model.load().peakPerSecond(),
                        model.load().p99().toMillis(),
                        model.load().rows()));
    }

    List<String> notTouched() {
        return List.of(
                wish.isNew() ? "every existing file but README.md" : "every existing file that is not named here",
                "every existing branch",
                "every database");
    }

    List<String> risks() {
        List<String> risks = new ArrayList<>();
        risks.add(wish.isNew() ? "low: new files only." : "low: it only adds to what is there.");
        if (!wish.isNew()) {
            risks.add("A new index or a new rule locks its table for a moment; rolling back a new column loses what was"
                    + " written into it.");
            if (wish.before().getLast().security() != model.security()) {
                risks.add("Clients that show no %s are no longer let in."
                        .formatted(model.security() == Security.OIDC ? "token" : "key"));
            }
        }
        if (model.security() == Security.NONE) {
            risks.add("Nobody is asked who they are: put the service behind something that asks.");
        }
        return risks;
    }
}
