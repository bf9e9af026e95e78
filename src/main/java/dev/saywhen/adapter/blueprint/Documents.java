package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import java.util.ArrayList;
import java.util.List;

/** The documents of a service: its README, its specification. The API's own file comes from the build. */
final class Documents {
    static final String README = "README.md";
    static final String SPECIFICATION = "docs/specification.md";
    static final String API = "docs/openapi.yaml";
    static final String API_FROM_BUILD = "target/openapi/openapi.yaml";

    private static final String SECTION = "\n## The service ";

    private final ServiceModel model;
    private final List<String> understood;

    /** @param understood the service in the notation, one line each */
    Documents(ServiceModel model, List<String> understood) {
        this.model = model;
        this.understood = understood;
    }

    /** What the README said before, and a section about the service. */
    String readme(String before) {
        int old = before.indexOf(SECTION);
        String kept = (old < 0 ? before : before.substring(0, old)).stripTrailing();
        return kept + "\n" + SECTION + model.name() + "\n\n" + """
                A REST service on PostgreSQL: Quarkus, Hibernate ORM Panache, Liquibase.

                | what | how |
                | --- | --- |
                | build and test | `mvn -B verify` (Java 17 or newer; the tests start a PostgreSQL of their own) |
                | run | set `QUARKUS_DATASOURCE_JDBC_URL`, `_USERNAME` and `_PASSWORD`, then `java -jar target/quarkus-app/quarkus-run.jar` |
                | API | [docs/openapi.yaml](docs/openapi.yaml); at run time `/q/openapi` |
                | what it keeps and promises | [docs/specification.md](docs/specification.md) |
                | health | `/q/health/live`, `/q/health/ready` |
                | image and chart | `docker build .` after `mvn -B package`; `helm install NAME helm --set database.url=...` |
                | more of it | [docs/service.txt](docs/service.txt) is what Saywhen reads when it is asked to add to the service |
                """ + credentials();
    }

    private String credentials() {
        return switch (model.security()) {
            case NONE -> "";
            case API_KEY -> "| key | the service starts with `SERVICE_API_KEY`, and clients show it in `X-API-Key` |\n";
            case OIDC ->
                "| tokens | set `QUARKUS_OIDC_AUTH_SERVER_URL` to your OpenID Connect provider and"
                        + " `QUARKUS_OIDC_TOKEN_AUDIENCE` to the `aud` that is this service; clients send"
                        + " `Authorization: Bearer ...` |\n";
        };
    }

    String specification(PlanRevision plan, String report) {
        List<String> lines = new ArrayList<>();
        lines.add("# Specification of " + model.name());
        lines.add("");
        lines.add("## Asked for");
        plan.brief().messages().forEach(message -> lines.add("- " + escaped(message)));
        lines.add("");
        lines.add("## What it keeps");
        understood.forEach(line -> lines.add("- " + escaped(line)));
        plan.outline().parts().forEach(part -> {
            lines.add("");
            lines.add("## " + part.kind().heading());
            part.lines().forEach(line -> lines.add("- " + escaped(line)));
        });
        lines.add("");
        lines.add("## Known limits");
        plan.outline().risks().forEach(risk -> lines.add("- " + escaped(risk)));
        lines.add("");
        lines.add("## Measured when it was built");
        lines.add("");
        lines.add(report.strip());
        return String.join("\n", lines) + "\n";
    }

    static String names(List<EntityModel> entities) {
        return String.join(", ", entities.stream().map(EntityModel::name).toList());
    }

    private static String escaped(String text) {
        return PlanText.visible(text).replace("\\", "\\\\").replaceAll("([<>\\[\\]`*_|#])", "\\\\$1");
    }
}
