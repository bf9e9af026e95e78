package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    @Test
    void changes_are_read_plainly_and_tables_first() {
        assertEquals(
                List.of(
                        "+ table public.shelf",
                        "~ table public.book: r p row security truefalse (was: r p row security falsefalse)",
                        "+ column public.shelf.id: integer not null",
                        "~ column public.book.pages: bigint (was: integer)",
                        "+ constraint public.shelf.shelf_pkey: PRIMARY KEY (id)"),
                Schema.plainly(List.of(
                        "+ column public.shelf.id: integer not null storage p",
                        "~ column public.book.pages: bigint storage p (was: integer storage p)",
                        "+ constraint public.shelf.shelf_pkey: PRIMARY KEY (id) local 0",
                        "+ table public.shelf: r p row security falsefalse identity d demo demo=arwdDxtm/demo",
                        "~ table public.book: r p row security truefalse (was: r p row security falsefalse)")));
    }
}
