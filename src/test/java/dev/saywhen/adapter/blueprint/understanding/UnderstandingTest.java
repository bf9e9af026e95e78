package dev.saywhen.adapter.blueprint.understanding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.service.ServiceBlueprint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {
    private static final String BOOKS =
            "Book: title string required max 200, isbn string unique max 17, price decimal(19,4) min 0";
    private static final String LOANS =
            "Loan: borrower string required max 100, lentOn date required, dueOn date required, returnedOn date";
    private static final String LOAD_QUESTION =
            "Which load do you expect: requests per second at peak, the p99 you need, rows in the largest table?"
                    + " I would take this: peak 50/s, p99 100 ms, 100000 rows.";

    @Test
    void a_sentence_about_things_is_asked_about_with_what_such_things_usually_have() {
        Understanding heard = Understanding.read(List.of("a library of books with loans"));

        assertEquals(List.of("Service library"), heard.understood());
        assertEquals(
                List.of(
                        "Which fields has Book? I would take this: Book: title string required max 200, isbn string unique max 17, price decimal min 0.",
                        "Which fields has Loan? I would take this: Loan: borrower string required max 100, lentOn date required, dueOn date required, returnedOn date.",
                        "Does every loan belong to a book? (a) yes, always (b) it may (c) no. I would take this: Book 1-n Loan.",
                        LOAD_QUESTION),
                texts(heard));
    }

    @Test
    void plan_takes_what_was_offered_and_says_so() {
        Understanding heard =
                Understanding.read(List.of("a library of books with loans")).withDefaults();

        assertEquals(
                List.of("Service library", BOOKS, LOANS, "Book 1-n Loan", "peak 50/s, p99 100 ms, 100000 rows"),
                heard.understood());
        assertEquals(4, heard.assumptions().size());
    }

    @Test
    void a_field_may_be_asked_for_with_a_verb() {
        assertEquals(
                List.of(
                        "Note: text string required max 255, stars int min 0 max 5",
                        "peak 50/s, p99 100 ms, 100000 rows"),
                Understanding.read(List.of("Note: text string required", "Note: add stars int min 0 max 5"))
                        .withDefaults()
                        .understood()
                        .stream()
                        .filter(line -> !line.startsWith("Service"))
                        .toList());
        assertTrue(Understanding.read(List.of("Sum: add int required, carry boolean"))
                .understood()
                .contains("Sum: add int required, carry boolean"));
    }

    @Test
    void answers_by_number_settle_the_questions_of_those_numbers() {
        Understanding heard = Understanding.read(List.of(
                "a library of books with loans",
                "1. a title, an isbn and the number of pages\n2 default, 3 b, 4 200/s at 50 ms"));

        assertEquals(
                List.of(
                        "Service library",
                        "Book: title string required max 200, isbn string unique max 17, pages int",
                        LOANS,
                        "Book 1-n Loan optional",
                        "peak 200/s, p99 50 ms, 100000 rows"),
                heard.understood());
        assertEquals(List.of("100000 rows"), heard.assumptions());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            a blog with posts and comments, posts have a title max 200 and a body ~ Post: title string required max 200, body text max 10000
            a service that stores users with name and email ~ User: name string required max 100, email email required unique max 254
            Movie(title, year) ~ Movie: title string max 255, year int
            A room has a name, a price per night and a status (free, taken) ~ Room: name string required unique max 100, pricePerNight decimal(19,4), status enum(free|taken)
            An employee has a name, an email (unique), a salary and a start date. ~ Employee: name string required max 100, email email required unique max 254, salary decimal(19,4), startDate date
            movies with a title, a release date and a rating from 1 to 5 ~ Movie: title string required max 200, releaseDate date, rating int min 1 max 5
            each employee belongs to a department ~ Department 1-n Employee
            members borrow books ~ Member 1-n Loan
            students can enroll in courses ~ Course 1-n Enrollment
            orders belong to customers ~ Customer 1-n Order
            """)
    void plain_words_are_understood_where_they_are_unambiguous(String said, String understood) {
        List<String> heard = Understanding.read(List.of(said)).understood();

        assertTrue(heard.contains(understood), () -> heard.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; secured by OIDC",
                "; OIDC",
                ", sign in with our OIDC provider",
                "; users sign in with our OpenID Connect provider",
                "; clients must log in through Keycloak",
                " with JWT bearer tokens",
                "; bearer tokens",
                ", secured by OIDC bearer tokens",
                "; authenticated via OpenID Connect"
            })
    void tokens_of_an_openid_connect_provider_are_known_by_many_names(String said) {
        Understanding heard =
                Understanding.read(List.of("a library of books" + said)).withDefaults();

        assertTrue(heard.understood().contains("authentication by OIDC"), () -> heard.toString());
        assertEquals(
                List.of("Book"),
                heard.model().orElseThrow().entities().stream()
                        .map(entity -> entity.name())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a                   | authentication by OIDC
            tokens of our OIDC provider | authentication by OIDC
            our Keycloak        | authentication by OIDC
            b                   | authentication by API key
            authentication by OIDC | authentication by OIDC
            c                   | Book: title string required max 255
            yes                 | authentication by API key
            """)
    void whoever_says_no_more_than_authentication_is_asked_which(String answer, String understood) {
        String task = "Service x; Book: title string required; with authentication; peak 5/s p99 9 ms 9 rows";
        Understanding asked = Understanding.read(List.of(task));

        Understanding heard = Understanding.read(List.of(task, "1 " + answer));

        assertEquals(
                List.of(
                        "You speak of `authentication`. Who is let in: (a) whoever shows a bearer token of your OIDC provider"
                                + " (b) whoever shows an API key (c) everybody, as a gateway in front of the service asks. I would"
                                + " take this: authentication by API key."),
                texts(asked));
        assertTrue(heard.model().isPresent(), () -> heard.toString());
        assertTrue(heard.understood().contains(understood), () -> heard.toString());
        assertEquals(
                understood.startsWith("Book"), heard.understood().stream().noneMatch(line -> line.contains(" by ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TODO list api                          | Todo
            inventory management system            | Product, Warehouse, Item
            bookstore                              | Book, Author, Customer, Order
            online store                           | Product, Customer, Order
            Please create a backend for tracking expenses | Expense
            CRUD for cars                          | Car
            build a REST API for an online shop: products, customers, orders | Product, Customer, Order
            posts have tags                        | Post, Tag
            """)
    void what_is_kept_is_found_in_few_words(String said, String entities) {
        Understanding heard = Understanding.read(List.of(said)).withDefaults();

        assertEquals(
                List.of(entities.split(", ")).stream().sorted().toList(),
                heard.model().orElseThrow().entities().stream()
                        .map(entity -> entity.name())
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asdf qwer",
                "make me a sandwich",
                "fix the login bug in my app",
                "help me with my homework",
                "what can you do?",
                "make the tests green",
                "Drop all tables; --",
                "\uD83D\uDE42"
            })
    void nonsense_and_other_trades_are_refused_with_what_can_be_done(String said) {
        Understanding heard = Understanding.read(List.of(said));

        String refusal = heard.refusal().orElseThrow();
        assertTrue(refusal.startsWith("I cannot make a service of `"), refusal);
        assertTrue(refusal.contains("I build CRUD-shaped services from a description of what they keep"), refusal);
        assertTrue(refusal.endsWith("For free-form work configure a model."), refusal);
    }

    @Test
    void a_service_without_things_is_asked_about_and_not_refused() {
        Understanding heard = Understanding.read(List.of("build a backend for my company"));

        assertEquals(
                List.of("Which entities does the service keep, and with which fields?"
                        + " Say it plainly (`books have a title and an isbn`) or in the notation"
                        + " (`Book: title string required max 200, isbn string unique; Author 1-n Book`)."),
                texts(heard));
    }

    @Test
    void the_load_is_asked_for_once_and_what_is_left_open_is_stated() {
        Understanding asked = Understanding.read(List.of("Service x; Book: title string"));
        Understanding silent = Understanding.read(List.of("Service x; Book: title string", "Book: pages int"));

        assertEquals(List.of(LOAD_QUESTION), texts(asked));
        assertEquals(List.of("peak 50/s, p99 100 ms, 100000 rows"), silent.assumptions());
        assertTrue(silent.model().isPresent());
    }

    @Test
    void whatever_is_wished_of_a_service_that_is_there_nothing_throws() {
        ServiceModel base = Understanding.read(
                        List.of(
                                "Service x; Book: title string required unique, kind enum(a|b);"
                                        + " Author: name string; Tag: name string; Author 1-n Book; Book n-n Tag; peak 5/s p99 9 ms 9 rows"))
                .model()
                .orElseThrow();
        Map<String, String> before = new ServiceBlueprint(base).files();
        int grown = 0;
        Random random = new Random(7);
        String[] words =
                ("Book: Author: Tag: Shelf: title kind name string int required unique unique(title,name) default"
                                + " enum(a|b|c) max 9 min 1 ; ; ; , , remove Book Author Tag 1-n n-n add a to books Service y soft"
                                + " delete api key no authentication optional as")
                        .split(" ", -1);
        for (int round = 0; round < 400; round++) {
            StringBuilder said = new StringBuilder();
            int length = 1 + random.nextInt(25);
            for (int at = 0; at < length; at++) {
                said.append(words[random.nextInt(words.length)]).append(' ');
            }

            Understanding heard = Understanding.read(List.of(said.toString()), Optional.of(base));

            Understanding taken =
                    heard.model().isPresent() || heard.refusal().isPresent() ? heard : heard.withDefaults();
            if (taken.model().isPresent()) {
                grown++;
                assertKeepsWhatWasWritten(before, List.of(base, taken.model().get()), said.toString());
            }
        }
        assertTrue(grown > 20, grown + " wishes came to something");
    }

    @Test
    void whatever_is_said_nothing_throws() {
        Random random = new Random(20261128);
        String letters =
                "ab 1-n:;,.()|{}\n'\"`*<>/\\_=+%?!é🙂\u0000Book title string max min unique required enum default n-n ";
        String[] words =
                "Book title string max min unique required enum(a|b) default n-n 1-n Author belongs to has many ; : , ( ) 200 -1 1e9 plan yes no a b soft delete api key"
                        .split(" ");
        for (int round = 0; round < 1_000; round++) {
            StringBuilder said = new StringBuilder();
            int length = random.nextInt(40);
            for (int at = 0; at < length; at++) {
                said.append(
                        random.nextBoolean()
                                ? words[random.nextInt(words.length)] + (random.nextInt(4) == 0 ? "" : " ")
                                : String.valueOf(letters.charAt(random.nextInt(letters.length()))));
            }
            String text = said.toString();
            int cut = text.length() / 2;

            Understanding one = Understanding.read(List.of(text));
            Understanding two = Understanding.read(List.of(text.substring(0, cut), text.substring(cut)));

            one.withDefaults();
            two.withDefaults();
        }
    }

    private static void assertKeepsWhatWasWritten(Map<String, String> before, List<ServiceModel> history, String said) {
        Map<String, String> after = new ServiceBlueprint(history).files();

        before.forEach((path, content) -> {
            assertTrue(after.containsKey(path), () -> said + " takes away " + path);
            if (path.startsWith("src/main/resources/db/changes/")) {
                assertEquals(content, after.get(path), said);
            }
        });
    }

    private static List<String> texts(Understanding heard) {
        return heard.questions().stream().map(Question::text).toList();
    }
}
