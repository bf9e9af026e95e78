package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StopScanTest {
    /** Words that begin in one another, end in one another and repeat their own beginnings. */
    private static final List<String> WORDS = List.of("stop", "to5", "ababc", "abb", "bcbd", "soost");

    @Test
    void finds_what_letters_and_digits_alone_would_say_each_once_where_repeated() {
        StopScan scan = new StopScan(WORDS);
        Random random = new Random(11);
        int found = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = Stream.generate(() -> "aAbBcdsStToOpP5 -.".charAt(random.nextInt(18)))
                    .limit(random.nextInt(20))
                    .map(String::valueOf)
                    .collect(Collectors.joining());
            String letters = plain(text);
            boolean stands = WORDS.stream().map(StopScanTest::plain).anyMatch(letters::contains);
            assertEquals(stands, scan.finds(text), text);
            found += stands ? 1 : 0;
        }
        assertTrue(found > 5_000 && found < 45_000, "texts of both kinds: " + found);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").replaceAll("(.)\\1+", "$1");
    }

    @Test
    void errs_towards_yes_where_a_text_is_not_of_ascii_alone() {
        StopScan scan = new StopScan(WORDS);
        assertTrue(scan.finds("caf\u00e9"));
        assertFalse(scan.finds("cafe"));
    }

    @Test
    void finds_a_word_of_one_letter() {
        assertTrue(new StopScan(List.of("xx")).finds("a-x"));
        assertFalse(new StopScan(List.of("xx")).finds("a-b"));
    }
}
