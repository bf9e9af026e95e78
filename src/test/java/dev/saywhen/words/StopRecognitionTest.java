package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.words.StopPlace.Trait;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StopRecognitionTest {

    private static final StopPlace CHANNEL = StopPlace.ANYWHERE_ELSE;
    private static final StopPlace DIRECT_MESSAGE = StopPlace.of(Trait.DIRECT_MESSAGE);
    private static final StopPlace PROJECT_CHANNEL = StopPlace.of(Trait.PROJECT_CHANNEL);
    private static final StopPlace ACTING_CHANNEL = StopPlace.of(Trait.CHANNEL_OF_ACTING_PROJECT);
    private static final StopPlace RUN_THREAD = StopPlace.of(Trait.RUN_THREAD);
    private static final StopPlace ACTING_THREAD = StopPlace.of(Trait.THREAD_OF_ACTING_RUN);

    private static final List<StopPlace> PLACES =
            List.of(CHANNEL, DIRECT_MESSAGE, PROJECT_CHANNEL, ACTING_CHANNEL, RUN_THREAD, ACTING_THREAD);

    private static final List<String> SMALL_WORDS = List.of(
            "please",
            "pls",
            "plz",
            "now",
            "all",
            "everything",
            "everyone",
            "everybody",
            "guys",
            "folks",
            "hey",
            "hi",
            "oh",
            "ok",
            "okay",
            "no",
            "wait",
            "just",
            "it",
            "that",
            "this",
            "thread",
            "run",
            "runs",
            "job",
            "jobs",
            "agent",
            "bot",
            "execution",
            "work",
            "doing",
            "for",
            "immediately",
            "asap",
            "right",
            "here",
            "there",
            "the",
            "you",
            "can",
            "could",
            "would",
            "saywhen");

    private final StopRecognition recognition = new StopRecognition(Set.of(), "saywhen");

    private void assertHeard(String word, String text, StopPlace place) {
        assertEquals(Optional.of(word), recognition.hear(text, place), () -> text + " in " + place);
    }

    private void assertNotHeard(String text, StopPlace place) {
        assertEquals(Optional.empty(), recognition.hear(text, place), () -> text + " in " + place);
    }

    @Nested
    class Normalisation {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ＳＴＯＰ",
                    "ⓢⓣⓞⓟ",
                    "𝗦𝗧𝗢𝗣",
                    "𝓼𝓽𝓸𝓹",
                    "S\u200bT\u200bO\u200bP",
                    "\u200fSTOP\u200f",
                    "\u202eSTOP\u202c",
                    "st\u00adop",
                    "\ufeffstop",
                    "ſtop",
                    "stop\ufe0f",
                    "*S*T_O_P~",
                    "||stop||",
                    "**_~~stop~~_**",
                    "st**op**"
                })
        void letters_that_look_the_same_and_markers_hide_no_stop(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "@ana stop",
                    "@ana @bo stop!",
                    "@here stop",
                    "stop @ana",
                    "🙏stop🙏",
                    "🏃‍♂️stop",
                    "stop 👍🏽",
                    "1️⃣ stop",
                    "#⃣stop2️⃣",
                    "stop ™",
                    "stop ℹ️",
                    "™stop",
                    "🇩🇪 stop",
                    "@ana.bo-c_d stop",
                    "@हिंदी stop",
                    "@saywhen.stop",
                    "@saywhen...stop",
                    "@saywhen-STOP",
                    "@saywhen_stop_",
                    "@saywhen--stop",
                    "@saywhen-staging stop",
                    "_@saywhen_ stop",
                    "@ana*stop*",
                    "@\u2068saywhen\u2069 stop"
                })
        void mentions_and_emoji_are_a_space(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @Test
        void a_name_that_folding_takes_apart_hides_no_stop() {
            StopRecognition dotted = new StopRecognition(Set.of(), "paraŀlel");
            assertEquals(Optional.of("stop"), dotted.hear("@paraŀlel stop", CHANNEL));
        }

        @Test
        void a_person_with_a_stop_word_for_a_name_stops_nothing() {
            assertNotHeard("@stop", CHANNEL);
            assertNotHeard("@full-stop has joined", CHANNEL);
            assertNotHeard("thanks @STOP.sign", ACTING_THREAD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'stop'", "‘stop’", "“stop”", "«stop»", "´stop´", "`stop´", "¨stop¨", "-stop", "stop-", "stop'",
                    "—stop—", "/stop"
                })
        void quotation_marks_and_accents_around_a_word_are_no_part_of_it(String text) {
            assertHeard("stop", text, PROJECT_CHANNEL);
        }

        @Test
        void quoted_lines_are_dropped() {
            assertNotHeard("> please STOP\nno need", CHANNEL);
            assertNotHeard("fine\n  > STOP", ACTING_THREAD);
            assertNotHeard("fine\r\n>>> stop\r\n> HALT", ACTING_THREAD);
            assertHeard("stop", "> shall I go on?\nstop", CHANNEL);
            assertHeard("stop", "> shall I go on?\r\nstop", CHANNEL);
            assertHeard("stop", "> shall I go on?\rstop", CHANNEL);
            assertHeard("stop", "a > STOP", CHANNEL);
        }

        @Test
        void the_content_of_closed_code_fences_is_dropped() {
            assertNotHeard("log:\n```\nSTOP\n```", ACTING_THREAD);
            assertNotHeard("```sql\nABORT;\n``` is in the log", ACTING_THREAD);
            assertNotHeard("see ```STOP``` there", ACTING_THREAD);
            assertNotHeard("a ````\nSTOP\n```` b", ACTING_THREAD);
            assertHeard("stop", "```\nsome log\n```\nstop", CHANNEL);
            assertHeard("stop", "```\nsome log\n```stop", CHANNEL);
        }

        @Test
        void a_fence_that_is_not_closed_drops_nothing() {
            assertHeard("stop", "log:\n```\nERROR\nstop", CHANNEL);
            assertHeard("stop", "```a``` b ```\nstop", CHANNEL);
            assertHeard("stop", "> ```\nstop\n> ```\nreally", CHANNEL);
        }

        @Test
        void inline_code_is_dropped() {
            assertNotHeard("use the `STOP` constant in the enum", ACTING_THREAD);
            assertNotHeard("use ``STOP`` or `HALT`, not `x`", ACTING_THREAD);
            assertNotHeard("reply with (`stop`).", ACTING_THREAD);
            assertHeard("stop", "the `STOP` constant: STOP", CHANNEL);
            assertHeard("stop", "`log` stop", CHANNEL);
            assertHeard("stop", "a`b`stop", ACTING_THREAD);
        }

        @Test
        void back_ticks_between_letters_are_read_as_code_and_as_apostrophes() {
            assertHeard("stop", "don`t do that, STOP, it`s wrong", CHANNEL);
            assertHeard("stop", "use `x` or don`t: stop: it`s wrong", CHANNEL);
            assertHeard("stop", "`users`stop", CHANNEL);
            assertHeard("stop", "drop`users`STOP", CHANNEL);
            assertNotHeard("don`t stop", ACTING_THREAD);
            assertEquals(Optional.of("stop"), recognition.hearMachine("don`t\nstop\nit`s wrong"));
        }

        @Test
        void a_back_tick_that_opens_or_closes_no_code_drops_nothing() {
            assertHeard("stop", "it is `open STOP", CHANNEL);
            assertHeard("stop", "a `b\nSTOP\nc` d", CHANNEL);
            assertHeard("stop", "a `` b STOP ` c", CHANNEL);
            assertHeard("stop", "a `b`c STOP", CHANNEL);
        }

        @Test
        void inline_code_is_restored_if_no_word_is_left() {
            assertHeard("stop", "`stop`", CHANNEL);
            assertHeard("stop", "@saywhen `stop`!", CHANNEL);
            assertHeard("stop", "> go on?\n`stop`", CHANNEL);
            assertHeard("stop", "```\nlog\n```\n`stop`", CHANNEL);
            assertNotHeard("`go`\n> stop", CHANNEL);
        }

        @Test
        void everything_is_restored_if_still_no_word_is_left() {
            assertHeard("stop", "> STOP", CHANNEL);
            assertHeard("stop", "```\nSTOP\n```", CHANNEL);
            assertHeard("stop", "```text\nstop\n```", CHANNEL);
            assertHeard("stop", "> > *stop*", CHANNEL);
        }

        @Test
        void what_is_restored_is_judged_by_rule_1_alone() {
            assertNotHeard("```\nERROR: ABORT requested by worker\n```", StopPlace.EVERYWHERE);
            assertNotHeard("> stop the migration", StopPlace.EVERYWHERE);
            assertNotHeard("`we must stop the migration`", StopPlace.EVERYWHERE);
            assertNotHeard("> @saywhen stop what you are doing", StopPlace.EVERYWHERE);
            assertNotHeard("`hold on`", StopPlace.EVERYWHERE);
            assertNotHeard("`🛑`x`", StopPlace.ANYWHERE_ELSE);
        }
    }

    @Nested
    class Words {

        @ParameterizedTest
        @ValueSource(strings = {"stop", "STOP", "sToP", "ssssttttoooopppp", "STOOOOP", "sstop"})
        void each_letter_of_a_stop_word_may_be_repeated(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @Test
        void there_are_three_stop_words() {
            assertHeard("stop", "stop", CHANNEL);
            assertHeard("halt", "haaalt", CHANNEL);
            assertHeard("abort", "abbort", CHANNEL);
            assertNotHeard("cease", StopPlace.EVERYWHERE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STO",
                    "TOP",
                    "STPO",
                    "S TOP",
                    "S.T.O.P",
                    "STOPS",
                    "STOPPED",
                    "NONSTOP",
                    "NON-STOP",
                    "NON‐STOP",
                    "NON‑STOP",
                    "DON'T-STOP",
                    "STOP'N",
                    "STOP’S",
                    "STOP2",
                    "2STOP",
                    "STO\u0301P",
                    "STOP\u0336",
                    "STOP_NOW",
                    "ASPHALT",
                    "HALTING",
                    "ABORTED",
                    "UNSTOPPABLE"
                })
        void other_words_are_other_words(String text) {
            assertNotHeard(text, StopPlace.EVERYWHERE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STOP/HALT",
                    "X STOP",
                    "3-STOP",
                    "STOP-3",
                    "STOP+X",
                    "X=STOP",
                    "X/STOP",
                    "'STOP",
                    "STOP'",
                    "-STOP",
                    "STOP-",
                    "X—STOP",
                    "STOP\u0000X",
                    "STOP\ud83dX",
                    "\udc00STOP",
                    "X\u200b STOP",
                    "STOP\u2028X",
                    "STOP\tX",
                    "STOP\u00a0X",
                    "STOP\u3000X",
                    "X…STOP…X",
                    "X,STOP"
                })
        void everything_but_joints_between_letters_separates(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @Test
        void configuration_adds_stop_words_and_removes_none() {
            StopRecognition added = new StopRecognition(Set.of("Arrêt", "freeze", "停止", "pull"), "saywhen");
            assertEquals(Optional.of("arrêt"), added.hear("arre\u0302t!", CHANNEL));
            assertEquals(Optional.of("freeze"), added.hear("please FREEEEZE now", CHANNEL));
            assertEquals(Optional.of("停止"), added.hear("x 停止 y", CHANNEL));
            assertEquals(Optional.of("pull"), added.hear("pullll", CHANNEL));
            assertEquals(Optional.empty(), added.hear("pul", CHANNEL));
            assertEquals(Optional.of("stop"), added.hear("stop", CHANNEL));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "hold everything", "🛑", "!!", "a.b"})
        void an_added_stop_word_is_one_word(String added) {
            assertEquals(
                    "The added stop word '" + added
                            + "' is not one word: use letters and digits, one word for each entry.",
                    assertThrows(IllegalArgumentException.class, () -> new StopRecognition(Set.of(added), "saywhen"))
                            .getMessage());
        }

        @Test
        void the_language_of_the_machine_changes_nothing() {
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.of("tr", "TR"));
            try {
                assertHeard("stop", "STOP IT", CHANNEL);
                assertHeard("halt", "HALT IMMEDIATELY", CHANNEL);
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    class Rule1 {

        private static final List<String> SMALL = SMALL_WORDS;

        @ParameterizedTest
        @FieldSource("SMALL")
        void each_small_word_may_stand_around_a_stop_word(String small) {
            assertHeard("stop", small + " stop", CHANNEL);
            assertHeard("stop", "stop " + small.toUpperCase(Locale.ROOT), CHANNEL);
            assertHeard("stop", "well " + small + ",\n" + small + " stop " + small, CHANNEL);
            assertNotHeard(small, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "well. stop. fine",
                    "well! stop! fine",
                    "well? stop? fine",
                    "well, stop, fine",
                    "well; stop; fine",
                    "well: stop: fine",
                    "well (stop) fine",
                    "well [stop] fine",
                    "well {stop} fine",
                    "well <stop> fine",
                    "well「stop」fine",
                    "well（stop）fine",
                    "well - stop - fine",
                    "well – stop – fine",
                    "well — stop — fine",
                    "well -- stop --- fine",
                    "well\u00a0‒\u00a0stop",
                    "well…stop…fine",
                    "well‼stop‼fine",
                    "well\nstop\nfine",
                    "well\u2028stop\u2028fine",
                    "well\r\nstop\r\nfine",
                    "well\rstop",
                    "stop - wrong database",
                    "stop!! wrong database"
                })
        void a_part_of_a_line_or_a_line_is_enough(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "well stop fine",
                    "well-stop-fine",
                    "well -stop",
                    "well- stop",
                    "\"well\"- stop",
                    "well / stop / fine",
                    "well \"stop\" fine",
                    "well — and stop fine",
                    "the bus stop is near",
                    "don't stop",
                    "no, don't stop",
                    "stop by",
                    "stop using tabs",
                    "stopstop"
                })
        void other_words_beside_it_are_too_many(String text) {
            assertNotHeard(text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(strings = {"!stop", ".stop", " !stop please", "?stop", "$stop", "-stop", "!halt all"})
        void another_bots_command_counts_in_a_runs_thread_and_a_projects_channel(String text) {
            assertNotHeard(text, CHANNEL);
            assertTrue(recognition.hear(text, PROJECT_CHANNEL).isPresent());
            assertTrue(recognition.hear(text, ACTING_CHANNEL).isPresent());
            assertTrue(recognition.hear(text, RUN_THREAD).isPresent());
            assertTrue(recognition.hear(text, ACTING_THREAD).isPresent());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "! stop",
                    "/stop",
                    "!!stop",
                    "...stop",
                    "…stop",
                    "(stop",
                    "\"stop",
                    "@ana !stop",
                    "🛑 !stop",
                    "*!stop*",
                    "!stop\nstop",
                    "ok !stop"
                })
        void what_only_resembles_such_a_command_is_heard(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @Test
        void such_a_command_is_still_heard_by_the_other_rules() {
            assertHeard("stop", "!STOP", CHANNEL);
            assertHeard("stop", "!stop", DIRECT_MESSAGE);
            assertHeard("stop", "!stop @saywhen", CHANNEL);
        }
    }

    @Nested
    class Rule2 {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop the migration",
                    "stop this migration, you are dropping prod",
                    "please halt that deploy",
                    "can you stop the build",
                    "no no no abort this migration",
                    "saywhen stop dropping tables",
                    "stop byebye tables",
                    "🙏 stop the migration"
                })
        void the_first_word_after_small_words_stops(String text) {
            assertTrue(recognition.hear(text, DIRECT_MESSAGE).isPresent());
            assertTrue(recognition.hear(text, ACTING_CHANNEL).isPresent());
            assertTrue(recognition.hear("@saywhen " + text, CHANNEL).isPresent());
            assertTrue(recognition.hear(text + " @SayWhen", CHANNEL).isPresent());
            assertNotHeard(text, PROJECT_CHANNEL);
            assertNotHeard("@ana " + text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop by my desk",
                    "please stop by later",
                    "we will stop soon",
                    "when will you stop the build",
                    "the build can not stop",
                    "don't stop the build",
                    "please",
                    ""
                })
        void other_first_words_and_stopping_by_do_not(String text) {
            assertNotHeard(text, DIRECT_MESSAGE);
            assertNotHeard(text, ACTING_CHANNEL);
            assertNotHeard("@saywhen " + text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "_@saywhen_ stop the build",
                    "@saywhen... stop the build",
                    "@saywhen.stop the build",
                    "＠saywhen stop the build",
                    "@say\u200bwhen stop the build",
                    "> @saywhen said so\nstop the build",
                    "stop the build (@saywhen)",
                    "@saywhen-staging stop the build"
                })
        void a_mention_is_found_wherever_and_however_it_stands(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(strings = {"@saywhenyes stop the build", "me@saywhen stop the build", "@say when stop the build"})
        void what_is_no_mention_of_the_bot_does_not_address_it(String text) {
            assertNotHeard(text, CHANNEL);
        }
    }

    @Nested
    class Rule3 {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "guys STOP that thing",
                    "DON'T STOP the music, but STOP the run",
                    "DON'T STOP",
                    "use STOP as a word",
                    "we STOOOP here",
                    "http://x.example/STOP",
                    "see \"STOP\" there",
                    "reply STOP to unsubscribe",
                    "STOP BY MY DESK"
                })
        void in_capitals_it_stands_anywhere(String text) {
            assertHeard("stop", text, CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "guys Stop that thing",
                    "we STOp at noon",
                    "we sTOP at noon",
                    "DON'T-STOP",
                    "non-STOP",
                    "STOPPED",
                    "a STOP_NOW b"
                })
        void capitals_only_and_a_word_of_its_own(String text) {
            assertNotHeard(text, CHANNEL);
        }
    }

    @Nested
    class Rule4 {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "wait, please stop the migration", "can we stop here for a second",
                            "hmm abort this please, wrong branch", "I said don't, stop", "why not - stop the build",
                    "do not (stop)", "you cannot stop", "must it not be that you stop", "don't stop, no, do stop",
                            "never mind, stop the build"
                })
        void it_stands_anywhere_in_any_case(String text) {
            assertTrue(recognition.hear(text, ACTING_THREAD).isPresent());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"don't", "don’t", "dont", "not", "never", "won't", "can't", "doesn't", "DON'T", "Never"})
        void a_negation_right_before_it_spares_it(String negation) {
            assertNotHeard("you " + negation + " \t stop there", ACTING_THREAD);
            assertNotHeard(negation + " halt", ACTING_THREAD);
            assertHeard("stop", "you " + negation + ", stop there friend", ACTING_THREAD);
            assertHeard("stop", "you " + negation + " ever stop there", ACTING_THREAD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"wait", "hold on", "Hold it!", "pause", "cancel", "kill", "kill it", "quit", "no", "NO!!!"})
        void a_message_of_nothing_but_a_brake_and_small_words_stops(String brake) {
            String word = Folding.lowerCase(brake).replace("!", "").replace("kill it", "kill");
            assertHeard(word, brake, ACTING_THREAD);
            assertHeard(word, "oh please " + brake + ", guys", ACTING_THREAD);
            assertNotHeard(brake + " for the tests to pass", ACTING_THREAD);
            assertNotHeard(brake, CHANNEL);
            assertNotHeard(brake, DIRECT_MESSAGE);
            assertNotHeard(brake, ACTING_CHANNEL);
            assertNotHeard(brake, RUN_THREAD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ok",
                    "please",
                    "hold",
                    "on",
                    "hold that",
                    "on hold",
                    "it",
                    "looks right",
                    "waiting",
                    "no idea",
                    ""
                })
        void small_words_alone_and_other_words_do_not(String text) {
            assertNotHeard(text, ACTING_THREAD);
        }

        @Test
        void elsewhere_a_stop_word_in_a_sentence_is_talk() {
            String text = "I think we should stop the migration";
            assertHeard("stop", text, ACTING_THREAD);
            for (StopPlace place : List.of(CHANNEL, DIRECT_MESSAGE, PROJECT_CHANNEL, ACTING_CHANNEL, RUN_THREAD)) {
                assertNotHeard(text, place);
            }
        }
    }

    @Nested
    class Rule5 {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "🛑",
                    "🛑🛑🛑",
                    " 🛑\n🛑 ",
                    "🛑\ufe0f",
                    "*🛑*",
                    "🛑!",
                    "@saywhen 🛑",
                    "🛑⛔",
                    "> dropping users\n🛑",
                    "🛑 `drop table users`"
                })
        void only_stop_signs_stop(String text) {
            assertHeard("🛑", text, CHANNEL);
        }

        @Test
        void no_entry_is_one_too() {
            assertHeard("⛔", "⛔", CHANNEL);
            assertHeard("⛔", "⛔️⛔️", CHANNEL);
        }

        @ParameterizedTest
        @ValueSource(strings = {"🛑 the build is red", "🛑🚀", "✋", "🚫", "🚦", "👍", "", "!", "> 🛑", "`🛑`"})
        void anything_else_does_not(String text) {
            assertNotHeard(text, StopPlace.EVERYWHERE);
        }

        @Test
        void the_same_signs_stop_as_a_reaction() {
            for (String emoji : List.of("🛑", "⛔", "⛔️", "🛑\ufe0e", "🛑🏽", "🛑\u200d")) {
                assertTrue(recognition.isStopEmoji(emoji), emoji);
            }
            for (String emoji : List.of("", "✋", "🚫", "👍", "🛑🛑", "🛑x", "stop", "🏽", "\ufe0f", "\ud83d")) {
                assertFalse(recognition.isStopEmoji(emoji), emoji);
            }
        }
    }

    @Nested
    class Machines {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop",
                    "STOP",
                    "stop all runs",
                    "Stop, please!",
                    "alert\nstop everything\nbye",
                    "*stop*",
                    "@saywhen stop",
                    "`stop`",
                    "```\nstop\n```",
                    "!stop"
                })
        void a_whole_message_or_line_of_a_machine_stops(String text) {
            assertEquals(Optional.of("stop"), recognition.hearMachine(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Reply STOP to unsubscribe",
                    "[ALERT] job ABORT requested",
                    "failed. stop. bye",
                    "failed (stop) bye",
                    "@saywhen stop what you are doing",
                    "🛑",
                    "wait",
                    "stop the migration",
                    "we must STOP",
                    "",
                    "> stop\nfine",
                    "failed:\n```\nSTOP\n```"
                })
        void no_other_rule_counts_for_machines(String text) {
            assertEquals(Optional.empty(), recognition.hearMachine(text));
            for (StopPlace place : PLACES) {
                assertEquals(Optional.empty(), recognition.hearMachine(text, place));
            }
        }

        @Test
        void a_machine_that_commands_another_bot_is_heard_where_that_counts() {
            assertEquals(Optional.empty(), recognition.hearMachine("!stop", CHANNEL));
            assertEquals(Optional.of("stop"), recognition.hearMachine("!stop", PROJECT_CHANNEL));
            assertEquals(Optional.of("stop"), recognition.hearMachine("!stop", ACTING_CHANNEL));
            assertEquals(Optional.of("stop"), recognition.hearMachine("!stop", ACTING_THREAD));
            assertEquals(Optional.of("stop"), recognition.hearMachine("!stop", RUN_THREAD));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Working until 11:45 at most. Say `stop` to hold me.",
                    "Stopping 2 runs. Nothing new starts.",
                    "Alive 11:31:08. Say `stop` to hold me.",
                    "STOPPED, CONFIRMED. 2 runs held, nothing of mine is alive. 0.2 s.\nHeard \"stop everything\" from @mei in #inc-412 at 03:12:07.",
                    "Ready: Slack heard 0.3 s ago, sandbox full, model none (blueprint), stop drill 41 ms, trail verified.",
                    "I plan in a thread, wait for an exact yes, and stop when anyone says stop."
                })
        void the_bots_own_words_stop_nothing_when_a_machine_mirrors_them(String text) {
            assertEquals(Optional.empty(), recognition.hearMachine(text));
            assertEquals(Optional.empty(), recognition.hearMachine(text.replace("`", "")));
            assertNotHeard(text, CHANNEL);
            assertNotHeard(text, ACTING_CHANNEL);
        }
    }

    @Nested
    class Coverage {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop all",
                    "STOP EVERYTHING",
                    "everyone stop",
                    "stop, everybody!",
                    "`stop all`",
                    "> all\nstop",
                    "@everyone stop",
                    "stop *all*",
                    "stop ＡＬＬ"
                })
        void everything_is_covered_if_one_of_four_words_says_so(String text) {
            assertTrue(recognition.coversEverything(text));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop",
                    "stop this run",
                    "stop calling",
                    "stop alll",
                    "wall",
                    "all-hands",
                    "everyone's",
                    "allow",
                    ""
                })
        void other_words_do_not_widen_it(String text) {
            assertFalse(recognition.coversEverything(text));
        }
    }
}
