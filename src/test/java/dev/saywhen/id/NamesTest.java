package dev.saywhen.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are whole, unmistakable, and read back as they were written. */
class NamesTest {
    private static final TeamId TEAM = TeamId.parse("slack:T1");

    static Stream<Function<String, Object>> names() {
        return Stream.of(
                Platform::new,
                name -> new TeamId(new Platform("slack"), name),
                name -> new ActorId(TEAM, name),
                name -> new ChannelId(TEAM, name),
                name -> new MessageId(new ChannelId(TEAM, "general"), name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_has_nothing_in_it_that_cannot_be_seen_or_would_part_it(Function<String, Object> name) {
        for (String bad : List.of(
                "",
                " ",
                "a b",
                "a:b",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\u00a0b",
                "a\u2003b",
                "a\u200bb",
                "a\u202eb",
                "a\ufeffb",
                "a\ud800b",
                "x".repeat(201))) {
            assertThrows(IllegalArgumentException.class, () -> name.apply(bad), bad);
        }
        assertTrue(name.apply("Ünï.code_1-漢字").toString().endsWith("Ünï.code_1-漢字"));
        assertTrue(name.apply("x".repeat(200)).toString().endsWith("x"));
    }

    @Test
    void a_refusal_does_not_repeat_what_cannot_be_seen() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Platform("a\u202e\nb"));

        assertEquals(
                "platform must not hold a colon, white space, control or invisible characters: \"a??b\"",
                refused.getMessage());
    }

    @Test
    void ids_read_back_what_they_write() {
        ActorId actor = new ActorId(TEAM, "ana");
        MessageId message = new MessageId(new ChannelId(TEAM, "general"), "17.2");

        assertEquals("slack:T1:ana", actor.toString());
        assertEquals(actor, ActorId.parse("slack:T1:ana"));
        assertEquals("slack:T1", TEAM.toString());
        assertEquals("slack:T1:general:17.2", message.toString());
        assertEquals(message, MessageId.parse(message.toString()));
        assertEquals(new ThreadId(message), ThreadId.parse(message.toString()));
        assertEquals(TEAM, new ThreadId(message).team());
        assertEquals(new Platform("slack"), new ThreadId(message).platform());
        assertEquals(new ChannelId(TEAM, "general"), new ThreadId(message).channel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ana", "slack:ana", "slack:T1:ana:x", "slack::ana", ":T1:ana", "slack:T1:", "anyone"})
    void what_is_no_person_is_not_read_as_one(String text) {
        assertThrows(IllegalArgumentException.class, () -> ActorId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slack", "slack:T1:x", "slack:", ":T1"})
    void what_is_no_team_is_not_read_as_one(String text) {
        assertThrows(IllegalArgumentException.class, () -> TeamId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b:c", "a:b:c:d:e", "a:b:c:"})
    void what_is_no_message_is_not_read_as_one(String text) {
        assertThrows(IllegalArgumentException.class, () -> MessageId.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+7", "07", "7 ", "٧", "9999999999999999999", "1e3"})
    void what_is_no_run_is_not_read_as_one(String text) {
        assertThrows(IllegalArgumentException.class, () -> RunId.parse(text));
    }

    @Test
    void a_run_is_named_by_its_number() {
        assertEquals(new RunId(18), RunId.parse("18"));
        assertEquals("18", new RunId(18).toString());
        assertEquals("saywhen/run-18", new RunId(18).branch());
        assertTrue(new RunId(9).compareTo(new RunId(10)) < 0);
        assertThrows(IllegalArgumentException.class, () -> new RunId(0));
    }

    @Test
    void a_revision_is_counted_from_one() {
        assertEquals("r1", RevisionNumber.FIRST.toString());
        assertEquals(new RevisionNumber(2), RevisionNumber.FIRST.next());
        assertTrue(new RevisionNumber(9).compareTo(new RevisionNumber(10)) < 0);
        assertThrows(IllegalArgumentException.class, () -> new RevisionNumber(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", ".", "..", "a/b", "a b", "ä", "../x"})
    void what_is_no_project_is_refused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new ProjectName(name));
        assertEquals("a.b_c-1", new ProjectName("a.b_c-1").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HEAD", "4be1d20", "4BE1D204be1d204be1d204be1d204be1d204be1d", "-x"})
    void what_is_no_whole_commit_is_refused(String hash) {
        assertThrows(IllegalArgumentException.class, () -> new CommitId(hash));
    }

    @Test
    void a_commit_is_shown_by_seven_characters() {
        assertEquals("4be1d20", new CommitId("4be1d20" + "0".repeat(33)).brief());
        assertEquals(64, new CommitId("a".repeat(64)).toString().length());
    }

    @Test
    void a_digest_is_sha_256() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                Digest.of("abc").toString());
        assertEquals("ba7816bf", Digest.of("abc").code());
        assertThrows(IllegalArgumentException.class, () -> new Digest("BA"));
    }
}
