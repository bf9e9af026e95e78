package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcerptTest {
    @TempDir
    Path folder;

    @Test
    void nothing_is_nothing() throws IOException {
        assertEquals(new Excerpt("", ""), of(new byte[0]));
    }

    @Test
    void what_is_short_is_shown_whole() throws IOException {
        String text = "ä".repeat(10_000);

        assertEquals(new Excerpt(text, ""), of(text));
    }

    @Test
    void what_is_long_is_shown_at_both_ends() throws IOException {
        String text = "a".repeat(4_000) + "b" + "c".repeat(6_000);

        assertEquals(new Excerpt("a".repeat(4_000), "c".repeat(6_000)), of(text));
    }

    @Test
    void what_is_very_long_is_shown_at_both_ends() throws IOException {
        String text = "ä".repeat(4_000) + "b".repeat(5_000_000) + "€".repeat(6_000);

        assertEquals(new Excerpt("ä".repeat(4_000), "€".repeat(6_000)), of(text));
    }

    @Test
    void what_is_no_text_is_replaced() throws IOException {
        assertEquals(new Excerpt("a\uFFFDb", ""), of(new byte[] {'a', (byte) 0xff, 'b'}));
    }

    @Test
    void no_character_is_cut_in_two() throws IOException {
        String text = "a".repeat(3_999) + "😀".repeat(5_000) + "b".repeat(5_999);

        assertEquals(new Excerpt("a".repeat(3_999), "b".repeat(5_999)), of(text));
    }

    private Excerpt of(String text) throws IOException {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Excerpt of(byte[] bytes) throws IOException {
        return Excerpt.of(Files.write(folder.resolve("output"), bytes));
    }
}
