package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a service's model into the ordered steps in which the service is written. */
public final class ServiceBlueprint {

    private static final List<String> MAVEN =
            List.of("mvn", "-o", "-B", "-ntp", "-q", "-Dstyle.color=never", "-DtrimStackTrace=true");

    /** The argument list that runs the whole suite and packages the service. */
    public static final List<String> WHOLE = arguments("verify");

    private final Templates templates = new Templates();
    private final ServiceView service;
    private final String main;
    private final String test;

    public ServiceBlueprint(ServiceModel model) {
        this.service = new ServiceView(model);
        this.main = "src/main/java/" + service.directory() + "/";
        this.test = "src/test/java/" + service.directory() + "/";
    }

    /** The steps in the order in which they are taken. */
    public List<BlueprintStep> steps() {
        List<BlueprintStep> steps = new ArrayList<>();
        steps.add(skeleton());
        steps.add(database());
        steps.add(errors());
        for (EntityView entity : service.entities()) {
            steps.add(resource(entity, steps.size() == 3));
        }
        return List.copyOf(steps);
    }

    private BlueprintStep skeleton() {
        return new BlueprintStep(
                "Lay out the project: a service that starts and says it is ready",
                List.of(
                        file(test + "PostgresResource.java", "test/PostgresResource.java"),
                        file(test + "HealthTest.java", "test/HealthTest.java")),
                List.of(
                        file("pom.xml", "pom.xml"),
                        file(".gitignore", "gitignore"),
                        file(".mvn/jvm.config", "jvm.config"),
                        file("src/main/resources/application.properties", "resources/application.properties"),
                        changelog(List.of())),
                tests("HealthTest"),
                "there is no project to build yet",
                List.of("there is no POM in this directory"),
                "revert the commit: the files are new");
    }

    private BlueprintStep database() {
        List<GeneratedFile> code = new ArrayList<>();
        List<String> changeSets = new ArrayList<>();
        for (EntityView entity : service.entities()) {
            String name = entity.changeSet() + ".sql";
            changeSets.add(name);
            code.add(
                    file("src/main/resources/db/changes/" + name, "resources/changeset.sql", Map.of("entity", entity)));
        }
        code.add(changelog(changeSets));
        return new BlueprintStep(
                "Create the tables, with a way back for each",
                List.of(file(test + "ChangeSetsTest.java", "test/ChangeSetsTest.java")),
                code,
                tests("ChangeSetsTest"),
                "no change set makes the tables that the test expects",
                List.of("ChangeSetsTest"),
                "revert the commit; a database that ran the change sets is rolled back by their own rollbacks");
    }

    private BlueprintStep errors() {
        return new BlueprintStep(
                "Answer everything that goes wrong as RFC 9457 problems",
                List.of(
                        file(test + "Json.java", "test/Json.java"),
                        file(test + "http/ProblemsTest.java", "test/http/ProblemsTest.java")),
                List.of(
                        file(main + "http/DatabaseRules.java", "main/http/DatabaseRules.java"),
                        file(main + "http/Page.java", "main/http/Page.java"),
                        file(main + "http/Problem.java", "main/http/Problem.java"),
                        file(main + "http/Problems.java", "main/http/Problems.java"),
                        file(main + "http/StrictJson.java", "main/http/StrictJson.java"),
                        file("src/main/resources/META-INF/openapi.yaml", "resources/openapi.yaml")),
                tests("ProblemsTest"),
                "the classes under test do not exist yet",
                List.of("COMPILATION ERROR", "cannot find symbol", "does not exist"),
                "revert the commit");
    }

    private BlueprintStep resource(EntityView entity, boolean first) {
        String mainPackage = main + entity.pkg() + "/" + entity.type();
        String testPackage = test + entity.pkg() + "/" + entity.type();
        Map<String, Object> values = Map.of("entity", entity);
        List<GeneratedFile> tests = new ArrayList<>();
        if (first) {
            tests.add(file(test + "Api.java", "test/Api.java"));
        }
        tests.add(file(testPackage + "Fixture.java", "test/entity/Fixture.java", values));
        tests.add(file(testPackage + "RequestTest.java", "test/entity/RequestTest.java", values));
        tests.add(file(testPackage + "ResourceTest.java", "test/entity/ResourceTest.java", values));
        return new BlueprintStep(
                "Serve " + entity.pluralWords() + " under /" + entity.path(),
                tests,
                List.of(
                        file(mainPackage + ".java", "main/entity/Entity.java", values),
                        file(mainPackage + "Request.java", "main/entity/Request.java", values),
                        file(mainPackage + "Response.java", "main/entity/Response.java", values),
                        file(mainPackage + "Resource.java", "main/entity/Resource.java", values)),
                tests(entity.type() + "RequestTest", entity.type() + "ResourceTest"),
                "the class " + entity.type() + "Request does not exist yet",
                List.of("COMPILATION ERROR", "cannot find symbol"),
                "revert the commit; the table stays and is empty");
    }

    private GeneratedFile changelog(List<String> files) {
        return file("src/main/resources/db/changelog.xml", "resources/changelog.xml", Map.of("files", files));
    }

    private GeneratedFile file(String path, String template) {
        return file(path, template, Map.of());
    }

    private GeneratedFile file(String path, String template, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("service", service);
        values.put("rules", service.rules());
        return new GeneratedFile(path, templates.render("quarkus/" + template, values));
    }

    private static List<String> tests(String... classes) {
        return arguments("-Dtest=" + String.join(",", classes), "test");
    }

    private static List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(MAVEN);
        arguments.addAll(List.of(more));
        return List.copyOf(arguments);
    }
}
