package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.plan.ChangeSet;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case is judged by the real rehearsal, on one throw-away server. */
class RehearsalTest {
    @TempDir
    static Path folder;

    static Rehearsals rehearsals;

    private record Case(String name, boolean reversible, String expected, String apply, String rollback) {
        @Override
        public String toString() {
            return (reversible ? "reversible: " : "refused: ") + name;
        }
    }

    @BeforeAll
    static void start() throws IOException, SQLException {
        rehearsals = new Rehearsals(folder);
        rehearsals.makeTarget("library", Rehearsals.resource("library.sql"));
    }

    @AfterAll
    static void end() {
        rehearsals.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_change_set_is_judged_by_what_it_does(Case each) throws SQLException {
        String verdict;
        try {
            List<Part> parts = rehearsals.rehearseOnLaidOut("library", changeSets(each));
            verdict = "reversible " + String.join("\n", parts.getFirst().proof().notes());
        } catch (Unfit unfit) {
            verdict = "refused " + unfit.getMessage();
        }

        assertTrue(verdict.startsWith(each.reversible() ? "reversible" : "refused"), verdict);
        assertTrue(verdict.contains(each.expected()), verdict);
    }

    private static List<ChangeSet> changeSets(Case each) throws Unfit {
        return ChangeLog.read(
                "case.sql",
                "--liquibase formatted sql\n--changeset ana:1 splitStatements:false\n" + each.apply() + ";\n--rollback "
                        + each.rollback().replace("\n", "\n--rollback ") + "\n");
    }

    @Test
    void the_proof_names_what_changes_what_is_locked_and_where_it_leads() throws SQLException, Unfit {
        List<ChangeSet> first = ChangeLog.read("1.sql", """
                --liquibase formatted sql
                --changeset ana:1
                CREATE TABLE shelf (id int PRIMARY KEY);
                --rollback DROP TABLE shelf;
                """);
        List<ChangeSet> second = ChangeLog.read("2.sql", """
                --liquibase formatted sql
                --changeset ana:2
                ALTER TABLE book ADD COLUMN shelf_id int REFERENCES shelf;
                --rollback ALTER TABLE book DROP COLUMN shelf_id;
                """);

        List<Part> parts = rehearsals.rehearse("library", List.of(first, second));

        assertEquals(parts.get(0).proof().after(), parts.get(1).proof().before());
        assertTrue(
                parts.get(0)
                        .proof()
                        .changes()
                        .contains("+ constraint public.shelf.shelf_pkey: PRIMARY KEY (id) local 0"),
                parts.get(0).proof().changes().toString());
        assertEquals(List.of(), parts.get(0).proof().locks());
        assertTrue(
                parts.get(1)
                        .proof()
                        .locks()
                        .contains("public.book: nobody else reads or writes it (AccessExclusiveLock)"),
                parts.get(1).proof().locks().toString());
        assertTrue(
                parts.get(1).proof().rows() >= 60,
                "rows: " + parts.get(1).proof().rows());
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String text : Rehearsals.resource("cases.txt").split("(?m)^=== ")) {
            if (!text.isBlank()) {
                String[] parts = text.split("\n--- (apply|rollback)\n", -1);
                String[] head = parts[0].split("\n", -1);
                cases.add(new Case(
                        head[0].substring(head[0].indexOf(' ') + 1),
                        head[0].startsWith("reversible"),
                        head.length > 1 ? head[1] : "",
                        parts[1],
                        parts[2].strip()));
            }
        }
        return cases.stream();
    }
}
