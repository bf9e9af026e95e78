package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.ODD_TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.MessageArchive;
import dev.saywhen.chat.MessageArchive.Position;
import dev.saywhen.chat.MessageArchive.Stored;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class PostgresMessageArchiveTest {
    /** Above every id that anybody else's test reaches. */
    static final long FIRST_ID = 1_000_000_000_000_000L;

    private static final long ONE = FIRST_ID + 1;
    private static final long TWO = FIRST_ID + 2;
    private static final long THREE = FIRST_ID + 3;
    private static final long FOUR = FIRST_ID + 4;

    /** Later than everything that anybody else's test says. */
    private static final Instant LATE = Instant.parse("2200-11-03T12:00:00.123456789Z");

    @Inject
    MessageArchive archive;

    @Inject
    LocalMessageRows rows;

    @Inject
    TestRows database;

    @AfterEach
    void clean() throws SQLException {
        database.clean();
    }

    @Test
    void an_empty_archive_ends_at_the_beginning() {
        QuarkusTransaction.begin();
        try {
            rows.deleteAll();

            assertEquals(new Position(0, Instant.EPOCH), archive.position());
            assertEquals(List.of(), archive.channels());
            assertEquals(List.of(), archive.list(null, 0, 0, 10));
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void a_message_comes_back_as_it_was() {
        Stored message = new Stored(
                ONE,
                "store-general",
                ONE,
                "ana",
                ODD_TEXT,
                LATE,
                null,
                true,
                Set.of("quote"),
                new Card("plan", "title", List.of(new Card.Section("Risks", List.of("none")))),
                Map.of());

        assertEquals(message, archive.add(message, "store-test/key"));

        assertEquals(Optional.of(message), archive.find(ONE));
        assertEquals(Optional.empty(), archive.find(TWO));
        assertEquals(new Position(ONE, LATE), archive.position());
    }

    @Test
    void a_known_key_gives_the_message_that_is_there() {
        Stored first = said(ONE, "store-general", ONE, LATE);
        archive.add(first, "store-test/key");

        assertEquals(first, archive.add(said(TWO, "store-random", TWO, LATE.plusNanos(1)), "store-test/key"));

        assertEquals(Optional.empty(), archive.find(TWO));
        assertEquals(new Position(ONE, LATE), archive.position());
    }

    @Test
    void one_key_added_by_many_at_once_is_there_once() throws Exception {
        List<Stored> added =
                Race.of(20, at -> () -> archive.add(said(ONE + at, "store-general", ONE + at, LATE), "store-test/key"));

        assertEquals(1, Set.copyOf(added).size());
        assertEquals(Set.copyOf(added), Set.copyOf(archive.list(null, 0, FIRST_ID, 100)));
    }

    @Test
    void an_id_is_never_given_twice() {
        archive.add(said(ONE, "store-general", ONE, LATE), null);

        assertThrows(RuntimeException.class, () -> archive.add(said(ONE, "store-random", ONE, LATE), null));
        assertThrows(RuntimeException.class, () -> archive.add(said(ONE, "store-random", ONE, LATE), "store-test/key"));
    }

    @Test
    void messages_are_listed_by_channel_and_thread_from_where_one_asks() {
        Stored root = archive.add(said(ONE, "store-general", ONE, LATE), null);
        Stored elsewhere = archive.add(said(TWO, "store-random", TWO, LATE), null);
        Stored reply = archive.add(said(THREE, "store-general", ONE, LATE), null);
        Stored later = archive.add(said(FOUR, "store-general", FOUR, LATE), null);

        assertEquals(List.of(root, elsewhere, reply, later), archive.list(null, 0, FIRST_ID, 10));
        assertEquals(List.of(root, reply, later), archive.list("store-general", 0, 0, 10));
        assertEquals(List.of(root, reply), archive.list("store-general", ONE, 0, 10));
        assertEquals(List.of(reply), archive.list(null, ONE, ONE, 10));
        assertEquals(List.of(root, elsewhere), archive.list(null, 0, FIRST_ID, 2));
        assertEquals(List.of(), archive.list("store-nowhere", 0, 0, 10));
        assertEquals(List.of("store-general", "store-random"), channels());
    }

    @Test
    void an_edit_changes_the_text_and_the_newest_time() {
        archive.add(said(ONE, "store-general", ONE, LATE), null);
        Stored second = archive.add(said(TWO, "store-general", TWO, LATE.plusNanos(1)), null);
        Instant at = LATE.plusNanos(2);

        Optional<Stored> edited = archive.edit(ONE, "new", at);

        assertEquals("new", edited.orElseThrow().text());
        assertEquals(at, edited.orElseThrow().edited());
        assertEquals(edited, archive.find(ONE));
        assertEquals(new Position(TWO, at), archive.position());
        assertEquals(List.of(edited.orElseThrow(), second), archive.list(null, 0, FIRST_ID, 10));
        assertEquals(Optional.empty(), archive.edit(THREE, "new", at));
    }

    @Test
    void a_deleted_message_is_gone_but_its_id_its_time_and_its_key_are_not_given_again() throws SQLException {
        archive.add(said(ONE, "store-general", ONE, LATE), null);
        archive.add(said(TWO, "store-secret", TWO, LATE.plusNanos(5)), "store-test/key");

        assertTrue(archive.delete(TWO));

        assertFalse(archive.delete(TWO));
        assertEquals(Optional.empty(), archive.find(TWO));
        assertEquals(Optional.empty(), archive.edit(TWO, "back", LATE));
        assertFalse(archive.react(TWO, "ana", "👀"));
        assertEquals(
                List.of(ONE),
                archive.list(null, 0, FIRST_ID, 10).stream().map(Stored::id).toList());
        assertEquals(List.of("store-general"), channels());
        assertEquals(new Position(TWO, LATE.plusNanos(5)), archive.position());
        Stored there = archive.add(said(THREE, "store-general", THREE, LATE), "store-test/key");
        assertEquals(TWO, there.id());
        assertEquals("", there.text());
    }

    @Test
    void reactions_are_kept_by_emoji_each_author_once() {
        archive.add(said(ONE, "store-general", ONE, LATE), null);

        assertTrue(archive.react(ONE, "ana", "👍"));
        assertTrue(archive.react(ONE, "bo", "👍"));
        assertTrue(archive.react(ONE, "ana", "👍"));
        assertTrue(archive.react(ONE, "bo", "🛑"));

        assertEquals(
                Map.of("👍", List.of("ana", "bo"), "🛑", List.of("bo")),
                archive.find(ONE).orElseThrow().reactions());
        assertFalse(archive.react(TWO, "ana", "👍"));
    }

    @Test
    void reactions_of_many_at_once_are_all_kept() throws Exception {
        archive.add(said(ONE, "store-general", ONE, LATE), null);

        Race.of(20, at -> () -> archive.react(ONE, "author-" + at, "👍"));

        assertEquals(
                20,
                archive.find(ONE)
                        .orElseThrow()
                        .reactions()
                        .getOrDefault("👍", List.of())
                        .size());
    }

    private List<String> channels() {
        return archive.channels().stream()
                .filter(name -> name.startsWith("store-"))
                .toList();
    }

    private static Stored said(long id, String channel, long thread, Instant at) {
        @Nullable Instant never = null;
        return new Stored(id, channel, thread, "ana", "text " + id, at, never, false, Set.of(), null, Map.of());
    }
}
