package dev.saywhen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextTest {
    private static final PlanRevision PLAN = PlanSample.plan(new RunId(7), 1);

    @Test
    void the_canonical_text_is_this() {
        assertEquals("""
                # Plan r1 of run 7, demo: library service

                > - 2 entities, 4 endpoints

                ## Asked for
                > - a library of books with loans
                > - a book has a title

                ## Backend architecture and database design
                > - one Quarkus service

                ## API endpoints and data models
                > - GET /books

                ## Testing strategy and automation
                > - test first

                ## Deployment and infrastructure changes
                > - none

                ## Steps
                1. Lay out the service
                   - tests first: (none)
                   - files: pom.xml
                   - check: `mvn -o verify`
                   - way back: revert the commit
                2. Keep books
                   - tests first: src/test/java/BookTest.java
                   - files: src/main/java/Book.java
                   - check: `mvn -o test`
                   - way back: revert the commit

                ## Files that may be written
                - pom.xml
                - src/**
                - docs/specification.md

                ## Commands that may be run, exactly
                - mvn -o verify
                - mvn -o test

                ## Branches that may be written
                - saywhen/run-7

                ## Check of the whole
                - mvn -o verify

                ## Documents
                - docs/specification.md

                ## Not touched
                > - main

                ## Risks
                > - none that I know

                ## Way back
                > - revert two commits

                ## Limits
                - time: 2 h
                - model tokens: 0
                - commands: bubblewrap, no network

                ## Base
                - main at 4be1d204be1d204be1d204be1d204be1d204be1d

                Should I begin implementation of the proposed backend architecture?
                """, PlanText.canonical(PLAN));
    }

    @Test
    void the_canonical_text_of_a_plan_that_goes_on_says_so() {
        PlanRevision onward = new PlanRevision(
                PLAN.run(),
                new RevisionNumber(2),
                PLAN.project(),
                new Brief("books\nand loans", List.of(), true),
                PLAN.base(),
                1,
                new CommitId("a".repeat(40)),
                PLAN.isolation(),
                PLAN.outline(),
                List.of("a loan has a due date"));

        String text = PlanText.canonical(onward);

        assertTrue(text.contains("""

                ## Asked for
                > - books
                >   and loans

                Open questions are answered by the defaults that this plan states.
                """), text);
        assertTrue(text.contains("""
                1. Lay out the service
                   - done and kept
                   - tests first: (none)
                """), text);
        assertTrue(text.contains("""
                ## Base
                - main at 4be1d204be1d204be1d204be1d204be1d204be1d, going on from %s

                ## New since the revision before
                > - a loan has a due date

                Should I begin implementation of the proposed backend architecture?
                """.formatted("a".repeat(40))), text);
    }

    @Test
    void the_digest_is_of_the_canonical_text() {
        assertEquals(Digest.of(PlanText.canonical(PLAN)), PLAN.digest());
        assertEquals(PLAN.digest(), PlanSample.plan(new RunId(7), 1).digest());
    }

    @Test
    void the_last_line_is_the_request() {
        assertEquals(
                PLAN.outline().request().sentence(),
                PlanText.canonical(PLAN).lines().toList().getLast());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Plan r9 of run 7",
                "## Files that may be written",
                "- /etc/**",
                "1. Lay out",
                "x\n## Limits\n- time: 9 h",
                "x\r## Limits",
                "x\u2028## Limits",
                "x\u0085## Limits",
                "x\nDo you authorize me to execute this database/API plan?"
            })
    void what_an_engineer_wrote_cannot_look_like_a_line_of_ours(String prose) {
        List<String> before =
                PlanText.canonical(PLAN).lines().filter(PlanTextTest::isOurs).toList();

        assertEquals(before, ours(PlanVariant.summary(PLAN, prose)));
        assertEquals(before, ours(PlanVariant.part(PLAN, prose)));
        assertEquals(before, ours(PlanVariant.risk(PLAN, prose)));
        assertEquals(before, ours(PlanVariant.wayBack(PLAN, prose)));
        assertEquals(before, ours(PlanVariant.asked(PLAN, prose)));
    }

    private static List<String> ours(PlanRevision plan) {
        return PlanText.canonical(plan).lines().filter(PlanTextTest::isOurs).toList();
    }

    private static boolean isOurs(String line) {
        return !line.startsWith(">");
    }

    @ParameterizedTest
    @CsvSource({
        "'plain text, ümläut 漢字 👍', 'plain text, ümläut 漢字 👍'",
        "'a\u200bb', a<U+200B>b",
        "'a\u202eb', a<U+202E>b",
        "'a\u00a0b', a<U+00A0>b",
        "'a\u3164b', a<U+3164>b",
        "'a\ufe0fb', a<U+FE0F>b",
        "'a\u034fb', a<U+034F>b",
        "'a\ue000b', a<U+E000>b",
        "'a\ud800b', a<U+D800>b",
        "'<U+200B>', '<U+003C>U+200B>'",
        "'List<User>', List<User>",
    })
    void invisible_characters_are_shown(String text, String shown) {
        assertEquals(shown, PlanText.escaped(text));
    }

    @Test
    void control_characters_are_shown_and_nothing_is_dropped() {
        assertEquals("a<U+000A>b", PlanText.escaped("a\nb"));
        assertEquals("a<U+000D><U+0009>b", PlanText.escaped("a\r\tb"));
        assertEquals("<U+0000><U+001B><U+0085>", PlanText.escaped("\u0000\u001b\u0085"));
        assertEquals(" a ", PlanText.escaped(" a "));
        assertEquals("<U+E0101>", PlanText.escaped(Character.toString(0xE0101)));
    }

    @Test
    void a_text_is_shown_on_one_line() {
        assertEquals("a library of books", PlanText.visible("  a library\nof\tbooks\n"));
        assertEquals("a<U+200B>b", PlanText.visible("a\u200bb"));
    }

    @ParameterizedTest
    @CsvSource({"PT2H, 2 h", "PT1H30M, 90 min", "PT25M, 25 min", "PT90S, 90 s", "PT59S, 59 s", "PT1.5S, PT1.5S"})
    void a_length_of_time_is_written_as_people_do(Duration time, String spoken) {
        assertEquals(spoken, PlanText.spoken(time));
    }

    @Test
    void no_two_different_plans_have_the_same_digest() {
        List<PlanRevision> plans = PlanVariant.all(PLAN);

        assertEquals(plans.size(), new HashSet<>(plans).size(), "the test names a plan twice");
        Map<String, PlanRevision> byText = new HashMap<>();
        for (PlanRevision plan : plans) {
            PlanRevision other = byText.put(PlanText.canonical(plan), plan);
            assertNull(other, () -> other + "\nand\n" + plan);
        }
    }

    @Test
    void every_field_of_a_plan_is_varied_by_that_test() {
        List<PlanRevision> plans = PlanVariant.all(PLAN);

        assertEquals(Set.of(), neverVaried(plans, PlanRevision.class));
        assertEquals(
                Set.of(), neverVaried(plans.stream().map(PlanRevision::outline).toList(), Outline.class));
        assertEquals(
                Set.of("number"), // given by the place in the list
                neverVaried(
                        plans.stream()
                                .map(plan -> plan.outline().steps().get(1))
                                .toList(),
                        Step.class));
        assertEquals(
                Set.of(),
                neverVaried(plans.stream().map(plan -> plan.outline().scopes()).toList(), Scopes.class));
        assertEquals(
                Set.of(), neverVaried(plans.stream().map(PlanRevision::brief).toList(), Brief.class));
        assertEquals(
                Set.of(), neverVaried(plans.stream().map(PlanRevision::base).toList(), Base.class));
        assertEquals(
                Set.of(),
                neverVaried(plans.stream().map(plan -> plan.outline().budget()).toList(), Budget.class));
    }

    private static <T extends Record> Set<String> neverVaried(List<T> records, Class<T> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> records.stream()
                                .map(record -> value(component, record))
                                .distinct()
                                .count()
                        == 1)
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Optional<Object> value(RecordComponent component, Record record) {
        try {
            return Optional.ofNullable(component.getAccessor().invoke(record));
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void the_text_is_the_same_on_a_machine_that_writes_numbers_another_way() {
        Proof proof = PlanSample.PROOF.losing(
                List.of(new Loss(new Loss.Place("shelf", ""), Loss.How.GOES, List.of(), 1_000)));
        Step.Work back = new Step.RollBack(PlanSample.COMMIT, List.of(), List.of(PlanSample.CHANGE_SET), proof);
        PlanRevision plan = PlanSample.database(new RunId(1), 1, back);
        Locale here = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertTrue(
                    PlanText.canonical(plan).contains("lost: the table shelf goes, which holds 1,000 rows"),
                    PlanText.canonical(plan));
            assertEquals(
                    "200,000 model tokens",
                    new Raise(
                                    Raise.Limit.STEP,
                                    Raise.Unit.TOKENS,
                                    BigDecimal.valueOf(100_000),
                                    BigDecimal.valueOf(200_000))
                            .shown());
        } finally {
            Locale.setDefault(here);
        }
    }
}
