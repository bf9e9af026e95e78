package dev.saywhen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class SchemaPictureTest {
    private static final List<String> CHANGES = List.of(
            "+ column public.book.year: integer storage p",
            "- column public.book.blurb",
            "~ column public.book.pages: bigint storage p (was: integer storage p)",
            "= column public.book.id: bigint not null storage p",
            "= constraint public.book.book_pkey: PRIMARY KEY (id) local 0",
            "+ column public.\"odd. one\".\"a<b>&c\": text storage x",
            "+ index public.book_year: CREATE INDEX book_year ON public.book USING btree (year)");

    @Test
    void tables_that_change_stand_side_by_side_with_signs_and_not_colours_alone() throws Exception {
        List<String> texts = texts(SchemaPicture.svg(CHANGES).orElseThrow());

        assertEquals(
                List.of(
                        "Before",
                        "After",
                        "public.book",
                        "- blurb ",
                        "~ pages integer",
                        "  id bigint not null",
                        "  PRIMARY KEY (id)",
                        "public.book",
                        "+ year integer",
                        "~ pages bigint",
                        "  id bigint not null",
                        "  PRIMARY KEY (id)",
                        "public.\"odd. one\" is not there",
                        "public.\"odd. one\"",
                        "+ \"a<b>&c\" text",
                        "+ index public.book_year: CREATE INDEX book_year ON public.book USING btree (year)"),
                texts);
    }

    @Test
    void what_a_reader_cannot_see_is_said_in_words() {
        String svg = SchemaPicture.svg(CHANGES).orElseThrow();

        assertTrue(svg.contains("role=\"img\""));
        assertTrue(
                svg.contains("<desc>+ public.book: year integer; - public.book: blurb ; ~ public.book: pages bigint;"),
                svg);
    }

    @Test
    void names_can_be_no_more_than_names() throws Exception {
        String svg = SchemaPicture.svg(List.of("+ column public.x.\"</text><script>alert(1)</script>\u202E\": text"))
                .orElseThrow();

        assertFalse(svg.contains("<script"), svg);
        assertFalse(svg.contains("\u202E"), svg);
        assertFalse(texts(svg).isEmpty());
    }

    @Test
    void a_plan_that_changes_no_table_has_no_picture() {
        assertEquals(
                Optional.empty(),
                SchemaPicture.ofPlan("# Plan r1\n## Steps\n   - schema: + index public.a: CREATE INDEX\n"));
        assertEquals(
                Optional.empty(), SchemaPicture.ofPlan("# Plan r1\n## Steps\n> - schema: + column public.a.b: int\n"));
    }

    @Test
    void a_plan_says_all_that_its_picture_shows() throws Exception {
        String text = "# Plan r1\n## Steps\n"
                + String.join(
                        "",
                        CHANGES.stream()
                                .map(change -> "   - schema: " + change + "\n")
                                .toList());

        assertEquals(SchemaPicture.svg(CHANGES), SchemaPicture.ofPlan(text));
    }

    @Test
    void what_is_listed_elsewhere_can_forge_nothing() {
        String files = "\n## Files that may be written\n- schema: - column public.users.email: text\n- schema: x\n";
        String steps = "# Plan r1\n## Steps\n1. One\n   - schema: x\n";

        assertEquals(Optional.empty(), SchemaPicture.ofPlan(steps + files));
        assertEquals(
                SchemaPicture.svg(List.of("+ column public.a.b: int")),
                SchemaPicture.ofPlan(steps + "   - schema: + column public.a.b: int\n" + files));
    }

    private static List<String> texts(String svg) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        NodeList nodes = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) {
            texts.add(nodes.item(at).getTextContent());
        }
        return texts;
    }
}
