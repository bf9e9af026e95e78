package dev.saywhen.adapter.blueprint;

import static dev.saywhen.adapter.blueprint.Requests.ENGINEER;
import static dev.saywhen.adapter.blueprint.Requests.brief;
import static dev.saywhen.adapter.blueprint.Requests.outline;
import static dev.saywhen.adapter.blueprint.Requests.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.engineer.Engineer.Drafted;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintEngineerTest {
    private static final List<String> LIBRARY =
            List.of("Service library; Book: title string required max 200, isbn string unique; "
                    + "Author: name string required; Author 1-n Book; peak 50/s p99 100 ms 1000 rows");
    private static final List<String> LIBRARY_WITH_TOKENS = List.of(LIBRARY.getFirst() + "; secured by OIDC");
    private static final String CHANGES = "src/main/resources/db/changes/";
    private static final String API = "src/test/java/com/example/library/Api.java";

    @TempDir
    Path folder;

    @Test
    void a_new_service_is_a_new_service_and_every_deciding_file_is_named() {
        Outline outline = outline(brief(LIBRARY), new FolderTree(folder));

        assertEquals(AuthorizationRequest.NEW_SERVICE, outline.request());
        List<String> scopes =
                outline.scopes().paths().stream().map(PathScope::pattern).toList();
        assertTrue(scopes.stream().noneMatch(path -> path.contains("*")), scopes.toString());
        assertTrue(scopes.containsAll(List.of(
                "pom.xml",
                "Dockerfile",
                ".dockerignore",
                "helm/Chart.yaml",
                "helm/values.yaml",
                "helm/templates/deployment.yaml",
                "helm/templates/service.yaml",
                "docs/service.txt")));
    }

    @Test
    void everything_that_is_written_is_in_the_plan_and_nothing_is_left_out() {
        FolderTree tree = new FolderTree(folder);
        Outline outline = outline(brief(LIBRARY), tree);

        Requests.write(plan(brief(LIBRARY), outline), tree);

        List<String> planned = outline.steps().stream()
                .flatMap(step -> java.util.stream.Stream.concat(step.tests().stream(), step.files().stream()))
                .distinct()
                .sorted()
                .toList();
        assertEquals(planned, tree.files());
    }

    @Test
    void a_second_request_adds_change_sets_and_rewrites_none() {
        FolderTree tree = made(LIBRARY);
        Map<String, String> before = contents(tree);
        Brief more = brief(
                List.of(
                        "Book: pages int min 1, title string max 400; Review: rating int required min 1 max 5; Book 1-n Review"));

        Outline outline = outline(more, tree);
        Requests.write(plan(more, outline), tree);

        assertEquals("library: more of books, reviews added", outline.title());
        assertEquals(AuthorizationRequest.OTHERWISE, outline.request());
        assertEquals(
                List.of(
                        "Change the tables, with a way back for each change",
                        "Change what is served under /books",
                        "Serve reviews under /reviews"),
                outline.steps().stream().map(Step::title).toList());
        before.forEach((path, content) -> {
            if (path.startsWith(CHANGES)) {
                assertEquals(content, tree.read(path).orElseThrow(), path);
            }
        });
        assertEquals("""
                --liquibase formatted sql

                --changeset library:003-change-books
                alter table books
                    alter column title type varchar(400),
                    add column pages integer,
                    add constraint books_pages_check check (pages >= 1);
                --rollback alter table books
                --rollback drop column pages,
                --rollback alter column title type varchar(200);
                """, tree.read(CHANGES + "003-change-books.sql").orElseThrow());
        assertTrue(outline.parts().get(2).lines().contains("Changes src/main/resources/db/changelog.xml"));
        assertTrue(outline.parts().get(2).lines().contains("Changes src/main/java/com/example/library/book/Book.java"));
    }

    @Test
    void a_third_request_stands_on_the_second() {
        FolderTree tree = made(LIBRARY);
        add(tree, "Book: pages int");
        add(tree, "Book: language string default en; Tag: name string required unique; Book n-n Tag");

        List<String> changes = tree.list(CHANGES).stream()
                .map(path -> path.substring(CHANGES.length()))
                .toList();

        assertEquals(
                List.of(
                        "001-authors.sql",
                        "002-books.sql",
                        "003-change-books.sql",
                        "004-tags.sql",
                        "005-change-books.sql",
                        "006-books-tags.sql"),
                changes);
        assertTrue(History.read(tree.read(History.FILE).orElseThrow())
                        .orElseThrow()
                        .size()
                == 3);
    }

    @Test
    void what_only_changes_files_that_are_there_asks_so() {
        FolderTree tree = made(LIBRARY);

        Outline outline = outline(brief(List.of("peak 400/s")), tree);

        assertEquals(AuthorizationRequest.CHANGES_EXISTING_FILES, outline.request());
        assertEquals(
                List.of("src/main/resources/application.properties"),
                outline.steps().getFirst().files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Book: title int",
                "remove Book.isbn",
                "remove Author",
                "Book: isbn string required",
                "Book: soft delete"
            })
    void what_could_lose_or_refuse_a_row_is_said_and_not_planned(String wish) {
        FolderTree tree = made(LIBRARY);

        Asked asked = ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(List.of(wish)), tree);
        Drafted drafted =
                ENGINEER.plan(Requests.BEGAN, Requests.PROJECT, brief(List.of(wish, "plan")), tree, List.of());

        List<String> questions = assertInstanceOf(Asked.Questions.class, asked).questions();
        assertTrue(
                questions.getFirst().startsWith("That would change or take away what is there; I only add to it"),
                questions.toString());
        assertInstanceOf(Drafted.Unclear.class, drafted);
    }

    @Test
    void tokens_are_what_the_last_but_one_step_brings_and_its_check_alone_uses_the_network() {
        Outline outline = outline(brief(LIBRARY_WITH_TOKENS), new FolderTree(folder));

        Step bearer = outline.steps().get(outline.steps().size() - 2);
        assertEquals("Let in only those who show a token of the OpenID Connect provider", bearer.title());
        assertEquals(
                List.of(bearer.check().orElseThrow()),
                outline.scopes().commands().stream()
                        .filter(CommandScope::sharesNetwork)
                        .toList());
        assertFalse(bearer.check().orElseThrow().arguments().contains("-o"));
        assertTrue(outline.parts()
                .getFirst()
                .lines()
                .contains(
                        "A check that uses the network is there for Maven to fetch quarkus-oidc, which no other service"
                                + " has."));
    }

    @Test
    void a_second_request_keeps_the_tokens_and_its_first_check_fetches_them() {
        FolderTree tree = made(LIBRARY_WITH_TOKENS);
        String pom = tree.read("pom.xml").orElseThrow();
        Brief more = brief(List.of("Book: pages int min 1"));

        Outline outline = outline(more, tree);
        Requests.write(plan(more, outline), tree);

        assertTrue(outline.steps().getFirst().check().orElseThrow().sharesNetwork());
        assertEquals(pom, tree.read("pom.xml").orElseThrow());
        assertTrue(tree.read("src/main/resources/application.properties")
                .orElseThrow()
                .contains("quarkus.http.auth.permission.resources.policy=authenticated"));
        assertTrue(outline.steps().stream().noneMatch(step -> step.files().contains("pom.xml")));
    }

    @Test
    void tokens_can_be_asked_for_later_and_come_in_a_step_of_their_own() {
        FolderTree tree = made(LIBRARY);

        Outline outline = outline(brief(List.of("secured by OIDC")), tree);

        assertEquals(
                List.of("Change who is let in", "Change how the service is delivered"),
                outline.steps().stream().map(Step::title).toList());
        assertTrue(outline.steps().getFirst().files().contains("pom.xml"));
        assertTrue(outline.steps().getFirst().check().orElseThrow().sharesNetwork());
        assertTrue(outline.risks().contains("Clients that show no token are no longer let in."));
    }

    @Test
    void what_a_second_request_adds_is_tested_with_the_tokens_that_there_are() {
        FolderTree tree = made(LIBRARY_WITH_TOKENS);

        writeUpTo("Serve shelves under /shelves", brief(List.of("Shelf: label string")), tree);

        String api = tree.read(API).orElseThrow();
        assertTrue(api.contains("\"shelves\""), api);
        assertTrue(api.contains("SignedToken"), api);
    }

    @Test
    void tests_that_change_without_code_are_no_step_of_their_own() {
        FolderTree tree = made(LIBRARY_WITH_TOKENS);

        Outline outline = outline(brief(List.of("Shelf: label string")), tree);

        assertEquals(
                List.of(),
                outline.steps().stream()
                        .filter(step -> step.files().stream().allMatch(file -> file.startsWith("src/test/")))
                        .map(Step::title)
                        .toList());
    }

    @Test
    void what_comes_together_with_tokens_is_tested_before_them() {
        FolderTree tree = made(LIBRARY);
        Brief more = brief(List.of("Shelf: label string; secured by OIDC"));
        List<String> titles =
                outline(more, tree).steps().stream().map(Step::title).toList();

        writeUpTo("Serve shelves under /shelves", more, tree);

        String api = tree.read(API).orElseThrow();
        assertTrue(api.contains("\"shelves\""), api);
        assertFalse(api.contains("SignedToken"), api);
        assertEquals(
                List.of("Change who is let in", "Change how the service is delivered"),
                titles.subList(titles.indexOf("Serve shelves under /shelves") + 1, titles.size()));
    }

    private static void writeUpTo(String title, Brief brief, FolderTree tree) {
        PlanRevision plan = plan(brief, outline(brief, tree));
        for (Step step : plan.outline().steps()) {
            ENGINEER.writeTests(plan, step, tree);
            ENGINEER.writeCode(plan, step, tree);
            if (step.title().equals(title)) {
                return;
            }
        }
        throw new AssertionError(
                plan.outline().steps().stream().map(Step::title).toList().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no authentication", "authentication by API key"})
    void whoever_is_let_in_by_a_token_stays_so(String wish) {
        FolderTree tree = made(LIBRARY_WITH_TOKENS);

        Asked asked = ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(List.of(wish)), tree);

        assertEquals(
                List.of("That would change or take away what is there; I only add to it and loosen its rules."
                        + " I would take this: authentication by OIDC."),
                assertInstanceOf(Asked.Questions.class, asked).questions());
    }

    @Test
    void a_list_is_narrowed_to_ranges_of_what_has_an_order_unless_a_field_has_the_name_of_a_bound() {
        FolderTree tree = made(List.of("Service offers; Offer: title string, price money, until date, untilTo string,"
                + " at timestamp unique; peak 5/s p99 9 ms 9 rows"));

        List<String> filter = tree.read("src/main/java/com/example/offers/offer/OfferFilter.java")
                .orElseThrow()
                .lines()
                .filter(line -> line.startsWith("    public ") || line.startsWith("                ."))
                .map(String::strip)
                .toList();

        assertEquals(
                List.of(
                        "public String title;",
                        "public BigDecimal price;",
                        "public BigDecimal priceFrom;",
                        "public BigDecimal priceTo;",
                        "public LocalDate until;",
                        "public String untilTo;",
                        "public Instant at;",
                        "public Instant atFrom;",
                        "public Instant atTo;",
                        ".contains(\"title\", title)",
                        ".equal(\"price\", price)",
                        ".between(\"price\", priceFrom, priceTo)",
                        ".equal(\"until\", until)",
                        ".contains(\"untilTo\", untilTo)",
                        ".equal(\"at\", at)",
                        ".between(\"at\", atFrom, atTo);"),
                filter);
        String table = tree.read(CHANGES + "001-offers.sql").orElseThrow();
        assertTrue(table.contains("create index offers_until_idx on offers (until);"), table);
        assertFalse(table.contains("offers_at_idx"), table);
    }

    @Test
    void a_file_that_somebody_changed_is_not_overwritten() {
        FolderTree tree = made(LIBRARY);
        String book = "src/main/java/com/example/library/book/Book.java";
        tree.write(book, tree.read(book).orElseThrow() + "// mine\n");

        Drafted drafted =
                ENGINEER.plan(Requests.BEGAN, Requests.PROJECT, brief(List.of("Book: pages int")), tree, List.of());

        assertEquals(
                new Drafted.Declined(
                        "Somebody changed files that this needs to change, and I overwrite nobody's work: " + book
                                + ". Bring them back as I committed them, make the change by hand, or configure a model."),
                drafted);
    }

    @Test
    void a_new_service_overwrites_nothing_that_is_there() {
        FolderTree tree = new FolderTree(folder);
        tree.write("Dockerfile", "FROM mine\n");
        tree.write(".gitignore", "mine\n");

        Drafted drafted = ENGINEER.plan(Requests.BEGAN, Requests.PROJECT, brief(LIBRARY), tree, List.of());

        assertEquals(
                new Drafted.Declined(
                        "The service needs files that this repository has already, and I overwrite nobody's"
                                + " work: Dockerfile. An empty repository, or one without these files, will do."),
                drafted);
    }

    @Test
    void a_list_of_ignored_files_that_is_there_stays() {
        FolderTree tree = new FolderTree(folder);
        tree.write(".gitignore", "mine\n");

        Outline outline = outline(brief(LIBRARY), tree);
        Requests.write(plan(brief(LIBRARY), outline), tree);

        assertEquals("mine\n", tree.read(".gitignore").orElseThrow());
    }

    @Test
    void a_project_of_somebody_else_is_declined() {
        FolderTree tree = new FolderTree(folder);
        tree.write("pom.xml", "<project/>");

        Asked.Declined declined = assertInstanceOf(
                Asked.Declined.class, ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(LIBRARY), tree));

        assertTrue(declined.why().startsWith("This repository has a pom.xml that I did not make"), declined.why());
    }

    @Test
    void a_history_that_was_edited_is_not_guessed_at() {
        FolderTree tree = made(LIBRARY);
        tree.write(
                History.FILE,
                tree.read(History.FILE).orElseThrow().replace("title string required", "titel strng required"));

        Asked.Declined declined = assertInstanceOf(
                Asked.Declined.class,
                ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(List.of("Book: pages int")), tree));

        assertTrue(declined.why().startsWith("docs/service.txt is not as I wrote it"), declined.why());
    }

    @Test
    void nonsense_is_declined_in_ask_whether_there_is_a_service_or_not() {
        FolderTree empty = new FolderTree(folder.resolve("empty"));
        FolderTree tree = made(LIBRARY);

        assertInstanceOf(
                Asked.Declined.class,
                ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(List.of("make me a sandwich")), empty));
        Asked.Declined declined = assertInstanceOf(
                Asked.Declined.class,
                ENGINEER.ask(Requests.BEGAN, Requests.PROJECT, brief(List.of("fix the login bug")), tree));
        assertTrue(declined.why().startsWith("I see nothing to add in `fix the login bug`."), declined.why());
    }

    @Test
    void a_file_that_drifted_is_brought_back_and_a_taken_port_is_tried_again() {
        FolderTree tree = made(LIBRARY);
        PlanRevision plan = plan(brief(LIBRARY), outline(brief(LIBRARY), new FolderTree(folder.resolve("other"))));
        String book = "src/main/java/com/example/library/book/BookRequest.java";
        String right = tree.read(book).orElseThrow();
        FolderTree fresh = new FolderTree(folder.resolve("fresh"));
        Requests.write(plan, fresh);
        fresh.write(book, right.replaceFirst("import .*\n", ""));

        assertTrue(ENGINEER.mend(plan, Requests.failed(new TestReport(1, 1, 0, "cannot find symbol")), fresh));
        assertEquals(right, fresh.read(book).orElseThrow());
        assertFalse(ENGINEER.mend(plan, Requests.failed(new TestReport(1, 1, 0, "expected 201 but was 500")), fresh));
        assertTrue(ENGINEER.mend(plan, Requests.failed(new TestReport(1, 1, 0, "Port(s) already bound: 8081")), fresh));
    }

    @Test
    void what_a_later_step_wrote_anew_is_not_brought_back_to_what_it_was() {
        FolderTree tree = new FolderTree(folder);
        PlanRevision plan = plan(brief(LIBRARY_WITH_TOKENS), outline(brief(LIBRARY_WITH_TOKENS), tree));
        Requests.write(plan, tree);
        Map<String, String> right = contents(tree);
        String properties = "src/main/resources/application.properties";
        tree.write(properties, right.get(properties).replace("proactive=false", "proactive=true"));

        assertTrue(ENGINEER.mend(plan, Requests.failed(new TestReport(1, 1, 0, "expected 401 but was 200")), tree));
        assertEquals(right, contents(tree));
    }

    private FolderTree made(List<String> messages) {
        FolderTree tree = new FolderTree(folder.resolve("service"));
        Brief brief = brief(messages);
        finish(tree, brief);
        return tree;
    }

    private static void add(FolderTree tree, String wish) {
        finish(tree, brief(List.of(wish)));
    }

    private static void finish(FolderTree tree, Brief brief) {
        PlanRevision plan = plan(brief, outline(brief, tree));
        Requests.write(plan, tree);
        tree.write(Documents.API_FROM_BUILD, "openapi: 3.1.0\n");
        ENGINEER.document(plan, "fine", tree);
    }

    private static Map<String, String> contents(FolderTree tree) {
        Map<String, String> contents = new HashMap<>();
        tree.files().forEach(path -> contents.put(path, tree.read(path).orElseThrow()));
        return contents;
    }
}
