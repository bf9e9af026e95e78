package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NearMissTest {

    private final NearMiss nearMiss = new NearMiss("saywhen");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y",
                "yes",
                "yep",
                "yeah",
                "yup",
                "ok",
                "okay",
                "sure",
                "lgtm",
                "go",
                "proceed",
                "execute",
                "authorize",
                "authorise",
                "authorized",
                "authorised",
                "approve",
                "approved",
                "confirm",
                "confirmed",
                "begin",
                "ship"
            })
    void each_listed_word_is_a_near_miss_anywhere_and_in_any_case(String word) {
        assertTrue(nearMiss.matches(word));
        assertTrue(nearMiss.matches("well, " + word.toUpperCase(java.util.Locale.ROOT) + "?! then"));
        assertTrue(nearMiss.matches("what\n" + word + "\nelse"));
    }

    @Test
    void a_repeated_last_letter_is_one() {
        assertTrue(nearMiss.matches("yesssss"));
        assertTrue(nearMiss.matches("goooo"));
        assertTrue(nearMiss.matches("doooo ittt"));
        assertFalse(nearMiss.matches("yeeees"));
    }

    @Test
    void markers_and_format_characters_are_dropped() {
        assertTrue(nearMiss.matches("*y*_e_~s~"));
        assertTrue(nearMiss.matches("||`yes`||"));
        assertTrue(nearMiss.matches(">>ye>s"));
        assertTrue(nearMiss.matches("y\u200be\u2060\u00ads"));
        assertTrue(nearMiss.matches("\u202eyes\u202c"));
    }

    @Test
    void compatible_letters_and_cyrillic_twins_are_read_as_latin() {
        assertTrue(nearMiss.matches("ｙｅｓ"));
        assertTrue(nearMiss.matches("ⓨⓔⓢ"));
        assertTrue(nearMiss.matches("𝓹𝓻𝓸𝓬𝓮𝓮𝓭"));
        assertTrue(nearMiss.matches("уеѕ"));
        assertTrue(nearMiss.matches("УЕЅ"));
        assertTrue(nearMiss.matches("рrосееd"));
        assertTrue(nearMiss.matches("соnfіrm"));
        assertTrue(nearMiss.matches("eхесutе"));
    }

    @Test
    void do_it_counts_where_it_stands_as_two_words() {
        assertTrue(nearMiss.matches("just do it already"));
        assertTrue(nearMiss.matches("Do\tIT"));
        assertTrue(nearMiss.matches("*do* `it`"));
        assertFalse(nearMiss.matches("what does it do? it is slow"));
        assertFalse(nearMiss.matches("redo item 3"));
        assertFalse(nearMiss.matches("doit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "👍🏽", "👍️ from me", "done ✅", "✔️", "✓", "☑"})
    void a_thumbs_up_or_a_check_mark_is_a_near_miss(String text) {
        assertTrue(nearMiss.matches(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "surely",
                "goes",
                "shipping",
                "unauthorized",
                "beginning",
                "okra",
                "why",
                "👎",
                "❌",
                "🚀",
                "what does step 3 do?",
                "please add an index on isbn",
                "the answer is 42",
                "thanks",
                "yés",
                "yes2"
            })
    void other_talk_is_not(String text) {
        assertFalse(nearMiss.matches(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Should I begin implementation of the proposed backend architecture?",
                "Do you authorize me to execute this database/API plan?",
                "Please confirm if you want me to proceed with these backend changes.",
                "May I proceed with implementing this backend solution?"
            })
    void repeating_one_of_the_bots_four_sentences_is_a_near_miss(String request) {
        assertTrue(nearMiss.matches(request));
    }

    @Test
    void the_bots_own_name_is_no_word_of_the_message() {
        NearMiss calledGo = new NearMiss("go");
        assertFalse(calledGo.matches("@go what is this?"));
        assertFalse(calledGo.matches("what is this, @Go"));
        assertTrue(calledGo.matches("@go go"));
        assertFalse(nearMiss.matches("@saywhenyes"));
    }
}
