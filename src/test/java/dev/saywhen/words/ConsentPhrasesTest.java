package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsentPhrasesTest {

    private static final List<String> CLOSED_LIST = ConsentPhrases.CLOSED_LIST;

    private final ConsentPhrases phrases = new ConsentPhrases(CLOSED_LIST, "saywhen");

    @Test
    void the_closed_list_is_that_of_the_contract() {
        assertEquals("""
                yes · yes please · yes, please · yes, proceed · yes, execute · yes, begin · yes, please proceed · \
                yes, i confirm · proceed · please proceed · execute · you may proceed · begin implementation · \
                i authorize · i authorise · authorized · authorised · i confirm · confirmed · \
                i authorize you to execute this plan · i authorise you to execute this plan · \
                begin implementation of the proposed backend architecture · \
                i authorize you to execute this database/api plan · i authorise you to execute this database/api plan · \
                i confirm i want you to proceed with these backend changes · \
                you may proceed with implementing this backend solution""", String.join(" · ", CLOSED_LIST));
    }

    @ParameterizedTest
    @FieldSource("CLOSED_LIST")
    void every_phrase_is_read_in_every_form_that_normalises_to_it(String phrase) {
        Optional<Consent> bare = Optional.of(new Consent(phrase, OptionalInt.empty()));
        assertEquals(bare, phrases.read(phrase));
        assertEquals(bare, phrases.read(phrase.toUpperCase(Locale.ROOT)));
        assertEquals(bare, phrases.read(" \t\u00a0" + phrase.replace(" ", " \r\n ") + "\r\n"));
        assertEquals(bare, phrases.read(phrase + "."));
        assertEquals(bare, phrases.read(phrase + "!"));
        assertEquals(bare, phrases.read("@saywhen " + phrase));
        assertEquals(bare, phrases.read("@SayWhen , " + phrase));
        assertEquals(bare, phrases.read("@saywhen:" + phrase));
        assertEquals(bare, phrases.read(phrase + ". @saywhen"));
    }

    @ParameterizedTest
    @FieldSource("CLOSED_LIST")
    void every_phrase_may_name_the_revision_it_is_for(String phrase) {
        assertEquals(Optional.of(new Consent(phrase, OptionalInt.of(3))), phrases.read(phrase + " r3"));
        assertEquals(
                Optional.of(new Consent(phrase, OptionalInt.of(120))), phrases.read("@saywhen " + phrase + "\nR120!"));
    }

    @Test
    void a_revision_has_nine_digits_at_most() {
        assertEquals(
                OptionalInt.of(999_999_999),
                phrases.read("proceed r999999999").orElseThrow().revision());
        assertEquals(Optional.empty(), phrases.read("proceed r1000000000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proceed r",
                "proceed 3",
                "proceed r-3",
                "proceed r+3",
                "proceed r 3",
                "proceed r3 r3",
                "proceedr3",
                "r3",
                "proceed r3x",
                "proceed r3,",
                "proceed, r3",
                "proceed r٣",
                "proceed r３",
                "proceed r³",
                "r3 proceed",
                "proceed r2147483648",
                "proceed r99999999999999999999",
                "proceed r0",
                "proceed r03",
                "proceed  r3 please"
            })
    void what_is_no_revision_makes_no_phrase(String text) {
        assertEquals(Optional.empty(), phrases.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes?",
                "yes but rename the table",
                "ok",
                "sure",
                "lgtm",
                "👍",
                "> yes",
                "*yes*",
                "yes yes",
                "Okay, wait, don't run that.",
                "",
                " ",
                ".",
                "!",
                "no",
                "yes,",
                "yes;please",
                "yes.please",
                "\"yes\"",
                "(yes)",
                "yes)",
                "`yes`",
                "yes!!",
                "yes..",
                "yes!.",
                "yes .",
                "yes …",
                "yes…",
                "¡yes!",
                "yes。",
                "yes！",
                "-yes",
                "ye s"
            })
    void anything_else_is_no_consent(String text) {
        assertEquals(Optional.empty(), phrases.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Should I begin implementation of the proposed backend architecture?",
                "Do you authorize me to execute this database/API plan?",
                "Please confirm if you want me to proceed with these backend changes.",
                "May I proceed with implementing this backend solution?"
            })
    void the_four_sentences_are_the_bots_own(String request) {
        assertEquals(Optional.empty(), phrases.read(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "уes",
                "yеs",
                "ｙｅｓ",
                "ye\u200bs",
                "\u200byes",
                "yes\u200d",
                "\u202eyes",
                "yes\u200f",
                "yes\u0301",
                "yes\ufe0f",
                "\ufeffyes",
                "ye\u00ads",
                "yes\u0000",
                "\u0000yes",
                "yes\u000b",
                "\fyes",
                "yes\u0085",
                "yes\u2028",
                "yes\u3000",
                "yes\u3000please",
                "yes\u2003please",
                "yes\u202fplease",
                "yes\u001f",
                "yes\ud83d",
                "\udc4dyes",
                "yeſ",
                "𝐲𝐞𝐬"
            })
    void a_letter_that_only_looks_like_another_is_another_letter(String text) {
        assertEquals(Optional.empty(), phrases.read(text));
    }

    @Test
    void only_latin_capitals_become_small() {
        assertEquals(Optional.empty(), phrases.read("you may proceed with implementing this bac\u212aend solution"));
        assertEquals(Optional.empty(), phrases.read("\u0130 confirm"));
        assertEquals(Optional.empty(), phrases.read("\u0131 confirm"));
        assertEquals(Optional.empty(), new ConsentPhrases(CLOSED_LIST, "kim").read("@\u212aim yes"));
        assertEquals(Optional.empty(), new ConsentPhrases(CLOSED_LIST, "kim").read("yes @k\u0131m"));
    }

    @Test
    void the_language_of_the_machine_changes_nothing() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR"));
        try {
            assertEquals(Optional.of(new Consent("i confirm", OptionalInt.empty())), phrases.read("I CONFIRM"));
            assertEquals(Optional.empty(), phrases.read("\u0131 confirm"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@saywhenyes",
                "@saywhen",
                "@saywhen @saywhen yes",
                "@saywhen yes @saywhen",
                "yes@saywhen",
                "@saywhen,,yes",
                "@saywhen, : yes",
                "@saywhen. yes",
                "@saywhen; yes",
                "@saywhen-yes",
                "@saywhen_ yes",
                "@saywhen's yes",
                "yes, @saywhen",
                "yes @saywhen.",
                "yes @saywhen,",
                "saywhen yes",
                "yes saywhen",
                "@ana yes",
                "yes @ana",
                "@ saywhen yes",
                "＠saywhen yes",
                "@saywhen\u3000yes",
                "@saywhen\u200b yes",
                "please @saywhen proceed"
            })
    void only_one_mention_of_the_bot_at_an_end_is_overlooked(String text) {
        assertEquals(Optional.empty(), phrases.read(text));
    }

    @Test
    void a_phrase_that_begins_like_an_answer_and_names_no_revision_could_answer_anybody() {
        assertTrue(couldAnswerAnybody("yes"));
        assertTrue(couldAnswerAnybody("Yes, proceed"));
        assertTrue(couldAnswerAnybody("I confirm I want you to proceed with these backend changes."));
        assertTrue(couldAnswerAnybody("confirmed"));
        assertTrue(couldAnswerAnybody("authorized"));
        assertTrue(couldAnswerAnybody("authorised"));
        assertTrue(couldAnswerAnybody("@saywhen yes"));
        assertFalse(couldAnswerAnybody("yes r3"));
        assertFalse(couldAnswerAnybody("confirmed r3"));
        assertFalse(couldAnswerAnybody("proceed"));
        assertFalse(couldAnswerAnybody("i authorize"));
        assertFalse(couldAnswerAnybody("you may proceed"));
    }

    @Test
    void configuration_may_shorten_the_list() {
        ConsentPhrases proceedOnly = new ConsentPhrases(List.of("proceed"), "saywhen");
        assertTrue(proceedOnly.read("Proceed.").isPresent());
        assertEquals(Optional.empty(), proceedOnly.read("yes"));
    }

    @Test
    void configuration_may_add_whole_phrases_in_any_language() {
        ConsentPhrases added = new ConsentPhrases(List.of("yes", "ja, ausführen", "はい", "let's go"), "saywhen");
        assertEquals(
                "ja, ausführen", added.read("Ja, ausführen r2.").orElseThrow().phrase());
        assertTrue(added.read("はい").isPresent());
        assertTrue(added.read("Let's go!").isPresent());
        assertEquals(Optional.empty(), added.read("JA, AUSFÜHREN"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes.*",
                "yes|no",
                "^yes$",
                "y?s",
                "yes*",
                "(yes)",
                "[yes]",
                "yes+",
                "\\w",
                "y.s",
                "{yes}",
                "👍",
                "yes\u200b",
                "yes\u0000",
                "yes: go",
                "#yes",
                "/",
                ",",
                "'"
            })
    void a_configured_phrase_can_hold_no_pattern(String phrase) {
        assertEquals(
                "The authorization phrase '" + phrase + "' has characters that no phrase has: letters, digits, single"
                        + " spaces and , ' - / are allowed; it is compared whole and can hold no pattern.",
                refusal(phrase));
    }

    @Test
    void a_configured_phrase_stands_in_the_form_that_is_compared() {
        String reason = " is never matched, because messages are normalised first; write 'go ahead'.";
        assertEquals("The authorization phrase 'Go ahead'" + reason, refusal("Go ahead"));
        assertEquals("The authorization phrase ' go ahead'" + reason, refusal(" go ahead"));
        assertEquals("The authorization phrase 'go  ahead'" + reason, refusal("go  ahead"));
    }

    @Test
    void a_configured_phrase_is_not_blank() {
        assertEquals("An authorization phrase is blank. Remove it from the list.", refusal(""));
        assertEquals("An authorization phrase is blank. Remove it from the list.", refusal(" \t"));
    }

    @Test
    void a_configured_phrase_names_no_revision() {
        assertEquals(
                "The authorization phrase 'go r3' names a revision, which every phrase may do when it is said;"
                        + " leave it out here.",
                refusal("go r3"));
    }

    @Test
    void a_configured_phrase_has_no_other_meaning_yet() {
        assertEquals("The authorization phrase 'resume' is a command.", refusal("resume"));
        assertEquals("The authorization phrase 'not yet' is a command.", refusal("not yet"));
        assertEquals("The authorization phrase 'change it' is a command.", refusal("change it"));
        assertEquals("The authorization phrase 'ok stop' is heard as a STOP while a run acts.", refusal("ok stop"));
        assertEquals("The authorization phrase 'hold on' is heard as a STOP while a run acts.", refusal("hold on"));
    }

    @Test
    void an_empty_list_is_refused() {
        assertEquals(
                "The list of authorization phrases is empty, so nobody could ever say yes. Name at least one phrase.",
                assertThrows(IllegalArgumentException.class, () -> new ConsentPhrases(List.of(), "saywhen"))
                        .getMessage());
    }

    private boolean couldAnswerAnybody(String text) {
        return phrases.read(text).orElseThrow().couldAnswerAnybody();
    }

    private static String refusal(String phrase) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new ConsentPhrases(List.of("yes", phrase), "saywhen"));
        return String.valueOf(refused.getMessage());
    }
}
