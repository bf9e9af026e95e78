package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.plan.CommandScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns a service's history into the ordered steps in which the service is written, or written on. */
public final class ServiceBlueprint {

    private static final List<String> QUIETLY =
            List.of("-B", "-ntp", "-q", "-Dstyle.color=never", "-DtrimStackTrace=true");

    private static final String CHANGES = "src/main/resources/db/changes/";

    /** Runs the whole suite and packages the service. */
    public static final CommandScope WHOLE = offline("verify");

    private final Templates templates = new Templates();
    private final List<ServiceModel> history;
    private final ChangeSets changeSets;
    private final ServiceView service;

    /** For files that are written first as those of a service that shows no tokens yet, unless it does already. */
    private final Map<String, Object> atFirst;

    private final String main;
    private final String test;

    /** @param history the service as it was after each request, the newest last */
    public ServiceBlueprint(List<ServiceModel> history) {
        this.history = List.copyOf(history);
        this.changeSets = new ChangeSets(history);
        this.service = new ServiceView(history.getLast(), changeSets.tables());
        this.atFirst = had(Security.OIDC) ? Map.of() : Map.of("oidc", false);
        this.main = "src/main/java/" + service.directory() + "/";
        this.test = "src/test/java/" + service.directory() + "/";
    }

    /** A service that is new. */
    public ServiceBlueprint(ServiceModel model) {
        this(List.of(model));
    }

    /** The steps in the order in which they are taken: all of a new service, or what is different in one that is not. */
    public List<BlueprintStep> steps() {
        if (history.size() == 1) {
            return whole();
        }
        return service.hasOidc() && !had(Security.OIDC) ? differenceThenTokens() : difference();
    }

    /** Whether the service was so before the newest request. */
    private boolean had(Security security) {
        return history.size() > 1 && history.get(history.size() - 2).security() == security;
    }

    /** Whether a check fetches what does not come with the build of Saywhen itself: it alone uses the network. */
    public boolean fetches() {
        return service.hasOidc();
    }

    /** Every file of the service as it is when all is done, by path. */
    public Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (BlueprintStep step : whole()) {
            step.tests().forEach(file -> files.put(file.path(), file.content()));
            step.code().forEach(file -> files.put(file.path(), file.content()));
        }
        return files;
    }

    /** The change logs of the whole history, by path, in the order in which they are applied. */
    public Map<String, String> migrations() {
        Map<String, String> migrations = new LinkedHashMap<>();
        database().code().stream()
                .filter(file -> file.path().startsWith(CHANGES))
                .forEach(file -> migrations.put(file.path(), file.content()));
        return migrations;
    }

    /** The change sets that the newest request adds, in words. */
    public List<String> schemaChanges() {
        return changeSets.newest().stream()
                .map(change -> CHANGES + change.file() + ": " + change.what())
                .toList();
    }

    private List<BlueprintStep> whole() {
        List<BlueprintStep> steps = new ArrayList<>();
        steps.add(skeleton());
        steps.add(database());
        steps.add(errors());
        for (EntityView entity : service.entities()) {
            steps.add(resource(entity, steps.size() == 3));
        }
        if (service.hasApiKey()) {
            steps.add(apiKey());
        }
        if (service.hasOidc()) {
            steps.add(bearerTokens());
        }
        steps.add(delivery());
        return List.copyOf(steps);
    }

    // ---- a service that is there already

    /** What else is new is tested as whoever was let in until now; then the tokens come, as in a service that is new. */
    private List<BlueprintStep> differenceThenTokens() {
        List<ServiceModel> open = new ArrayList<>(history);
        ServiceModel closed = open.removeLast();
        open.add(closed.letting(open.getLast().security()));
        List<BlueprintStep> steps = new ArrayList<>(new ServiceBlueprint(open).difference());
        open.add(closed);
        steps.addAll(new ServiceBlueprint(open).difference());
        return List.copyOf(steps);
    }

    /**
     * The steps of the whole, reduced to files that are not as they were. A step in which no test changed, or nothing but
     * tests, proves nothing by itself: its files go along with the next one that does.
     */
    private List<BlueprintStep> difference() {
        ServiceBlueprint before = new ServiceBlueprint(history.subList(0, history.size() - 1));
        Map<String, String> old = before.files();
        Map<String, String> now = files();
        Set<String> pending = new HashSet<>(now.keySet());
        pending.removeIf(path -> Objects.equals(now.get(path), old.get(path)));
        List<BlueprintStep> steps = new ArrayList<>();
        List<GeneratedFile> waitingTests = new ArrayList<>();
        List<GeneratedFile> waitingCode = new ArrayList<>();
        for (BlueprintStep step : whole()) {
            List<GeneratedFile> tests = changed(step.tests(), now, pending);
            List<GeneratedFile> code = changed(step.code(), now, pending);
            waitingTests.addAll(tests);
            waitingCode.addAll(code);
            if (provesSomething(tests, code)) {
                steps.add(step.with(title(step, old), waitingTests, waitingCode));
                waitingTests.clear();
                waitingCode.clear();
            }
        }
        if (!waitingTests.isEmpty() || !waitingCode.isEmpty()) {
            steps.add(rest(steps, waitingTests, waitingCode));
        }
        if (before.fetches() && !steps.isEmpty()) {
            steps.addFirst(fetching(steps.removeFirst()));
        }
        return List.copyOf(steps);
    }

    private static boolean provesSomething(List<GeneratedFile> tests, List<GeneratedFile> code) {
        return !code.isEmpty() && tests.stream().anyMatch(file -> file.path().endsWith("Test.java"));
    }

    /** What a run fetches is its own: where the first step needs it already, that one fetches it. */
    private static BlueprintStep fetching(BlueprintStep step) {
        List<String> arguments = new ArrayList<>(step.check().arguments());
        arguments.remove("-o");
        return step.checkedBy(new CommandScope(arguments, true));
    }

    /** The files of a step that are different in the end, each where it is written last. */
    private static List<GeneratedFile> changed(
            List<GeneratedFile> files, Map<String, String> now, Set<String> pending) {
        return files.stream()
                .filter(file -> pending.contains(file.path()) && file.content().equals(now.get(file.path())))
                .filter(file -> pending.remove(file.path()))
                .toList();
    }

    private static String title(BlueprintStep step, Map<String, String> old) {
        boolean isNew = step.code().stream().noneMatch(file -> old.containsKey(file.path()));
        return isNew ? step.title() : step.change();
    }

    /** What no test of its own proves goes along with the last step that has one, or is checked by the whole suite. */
    private static BlueprintStep rest(List<BlueprintStep> steps, List<GeneratedFile> tests, List<GeneratedFile> code) {
        if (steps.isEmpty()) {
            List<GeneratedFile> files = new ArrayList<>(tests);
            files.addAll(code);
            String title = "Change how the service is set up";
            return new BlueprintStep(
                    title, title, List.of(), files, WHOLE, "no test changes", List.of(), "revert the commit");
        }
        BlueprintStep last = steps.removeLast();
        List<GeneratedFile> moreTests = new ArrayList<>(last.tests());
        moreTests.addAll(tests);
        List<GeneratedFile> moreCode = new ArrayList<>(last.code());
        moreCode.addAll(code);
        return last.with(last.title(), moreTests, moreCode);
    }

    // ---- the whole

    private BlueprintStep skeleton() {
        return new BlueprintStep(
                "Lay out the project: a service that starts and says it is ready",
                "Change how the project is laid out",
                List.of(
                        file(test + "PostgresResource.java", "test/PostgresResource.java"),
                        file(test + "HealthTest.java", "test/HealthTest.java")),
                List.of(
                        file("pom.xml", "pom.xml", atFirst),
                        file(".gitignore", "gitignore"),
                        file(".mvn/jvm.config", "jvm.config"),
                        properties(atFirst),
                        changelog(List.of())),
                tests("HealthTest"),
                "there is no project to build yet",
                List.of("there is no POM in this directory"),
                "revert the commit: the files are new");
    }

    private BlueprintStep database() {
        List<GeneratedFile> code = new ArrayList<>();
        for (ChangeSet change : changeSets.all()) {
            code.add(file(CHANGES + change.file(), "resources/changeset.sql", Map.of("change", change)));
        }
        code.add(changelog(changeSets.all().stream().map(ChangeSet::file).toList()));
        return new BlueprintStep(
                "Create the tables, with a way back for each",
                "Change the tables, with a way back for each change",
                List.of(file(test + "ChangeSetsTest.java", "test/ChangeSetsTest.java")),
                code,
                tests("ChangeSetsTest"),
                "no change set makes the tables that the test expects",
                List.of("ChangeSetsTest"),
                "revert the commit; a database that ran the change sets is rolled back by their own rollbacks");
    }

    private BlueprintStep errors() {
        List<GeneratedFile> code = new ArrayList<>();
        for (String name : List.of("DatabaseRules", "Page", "Problem", "Problems")) {
            code.add(http(name));
        }
        if (service.hasReferences()) {
            code.add(http("References"));
        }
        for (String name : List.of("Refusal", "Search", "Sorting", "StrictJson", "Versions")) {
            code.add(http(name));
        }
        code.add(description(atFirst));
        return new BlueprintStep(
                "Answer everything that goes wrong as RFC 9457 problems",
                "Change how what goes wrong is answered",
                List.of(
                        file(test + "Json.java", "test/Json.java"),
                        file(test + "http/ProblemsTest.java", "test/http/ProblemsTest.java")),
                code,
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
            tests.add(file(test + "Api.java", "test/Api.java", atFirst));
        }
        tests.add(file(testPackage + "Fixture.java", "test/entity/Fixture.java", values));
        tests.add(file(testPackage + "RequestTest.java", "test/entity/RequestTest.java", values));
        tests.add(file(testPackage + "ResourceTest.java", "test/entity/ResourceTest.java", values));
        return new BlueprintStep(
                "Serve " + entity.pluralWords() + " under /" + entity.path(),
                "Change what is served under /" + entity.path(),
                tests,
                List.of(
                        file(mainPackage + ".java", "main/entity/Entity.java", values),
                        file(mainPackage + "Filter.java", "main/entity/Filter.java", values),
                        file(mainPackage + "Request.java", "main/entity/Request.java", values),
                        file(mainPackage + "Response.java", "main/entity/Response.java", values),
                        file(mainPackage + "Resource.java", "main/entity/Resource.java", values)),
                tests(entity.type() + "RequestTest", entity.type() + "ResourceTest"),
                "the class " + entity.type() + "Request does not exist yet",
                List.of("COMPILATION ERROR", "cannot find symbol"),
                "revert the commit; the table stays and is empty");
    }

    private BlueprintStep apiKey() {
        return new BlueprintStep(
                "Let in only those who show the service's key",
                "Change who is let in",
                List.of(file(test + "ApiKeyTest.java", "test/ApiKeyTest.java")),
                List.of(http("ApiKey")),
                tests("ApiKeyTest"),
                "everybody is let in",
                List.of("ApiKeyTest"),
                "revert the commit: then everybody is let in");
    }

    /** Until here the service is open: what its tests need to show a token is written once there are tokens. */
    private BlueprintStep bearerTokens() {
        List<GeneratedFile> tests = new ArrayList<>();
        for (String name : List.of("Api", "BearerTokensTest", "IdentityProvider", "SignedToken")) {
            tests.add(file(test + name + ".java", "test/" + name + ".java"));
        }
        BlueprintStep step = new BlueprintStep(
                "Let in only those who show a token of the OpenID Connect provider",
                "Change who is let in",
                tests,
                List.of(file("pom.xml", "pom.xml"), properties(Map.of()), description(Map.of()), http("BearerTokens")),
                tests("BearerTokensTest"),
                "everybody is let in",
                List.of("BearerTokensTest"),
                "revert the commit: then everybody is let in");
        return fetching(step);
    }

    private BlueprintStep delivery() {
        return new BlueprintStep(
                "Describe how the service is delivered, and hold it to its own description",
                "Change how the service is delivered",
                List.of(
                        file(test + "ContractTest.java", "test/ContractTest.java"),
                        file(test + "DeploymentTest.java", "test/DeploymentTest.java")),
                List.of(
                        file("Dockerfile", "Dockerfile"),
                        file(".dockerignore", "dockerignore"),
                        file("helm/Chart.yaml", "helm/Chart.yaml"),
                        file("helm/values.yaml", "helm/values.yaml"),
                        file("helm/templates/deployment.yaml", "helm/templates/deployment.yaml"),
                        file("helm/templates/service.yaml", "helm/templates/service.yaml")),
                tests("ContractTest", "DeploymentTest"),
                "there is no image and no chart yet",
                List.of("DeploymentTest"),
                "revert the commit: the files are new");
    }

    private GeneratedFile http(String name) {
        return file(main + "http/" + name + ".java", "main/http/" + name + ".java");
    }

    private GeneratedFile properties(Map<String, Object> more) {
        return file("src/main/resources/application.properties", "resources/application.properties", more);
    }

    private GeneratedFile description(Map<String, Object> more) {
        return file("src/main/resources/META-INF/openapi.yaml", "resources/openapi.yaml", more);
    }

    private GeneratedFile changelog(List<String> files) {
        return file("src/main/resources/db/changelog.xml", "resources/changelog.xml", Map.of("files", files));
    }

    private GeneratedFile file(String path, String template) {
        return file(path, template, Map.of());
    }

    private GeneratedFile file(String path, String template, Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>();
        values.put("service", service);
        values.put("rules", service.rules());
        values.put("changes", changeSets.all());
        values.put("oidc", service.hasOidc());
        values.putAll(more);
        return new GeneratedFile(path, templates.render("quarkus/" + template, values));
    }

    private static CommandScope tests(String... classes) {
        return offline("-Dtest=" + String.join(",", classes), "test");
    }

    private static CommandScope offline(String... more) {
        List<String> arguments = new ArrayList<>(List.of("mvn", "-o"));
        arguments.addAll(QUIETLY);
        arguments.addAll(List.of(more));
        return new CommandScope(arguments, false);
    }
}
