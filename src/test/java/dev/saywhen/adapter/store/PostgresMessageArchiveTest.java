package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.NOON;
import static dev.saywhen.adapter.store.SomeRecords.ODD_TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.Card;
import dev.saywhen.chat.MessageArchive;
import dev.saywhen.chat.MessageArchive.Position;
import dev.saywhen.chat.MessageArchive.Stored;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PostgresMessageArchiveTest {
    @Inject
    MessageArchive archive;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate local_message");
        }
    }

    @Test
    void an_empty_archive_ends_at_the_beginning() {
        assertEquals(new Position(0, Instant.EPOCH), archive.position());
        assertEquals(List.of(), archive.channels());
        assertEquals(List.of(), archive.list(null, 0, 0, 10));
    }

    @Test
    void a_message_comes_back_as_it_was() {
        Stored message = new Stored(
                1,
                "general",
                1,
                "ana",
                ODD_TEXT,
                NOON,
                null,
                true,
                Set.of("quote"),
                new Card("plan", "title", List.of(new Card.Section("Risks", List.of("none")))),
                Map.of());

        assertEquals(message, archive.add(message, "key"));

        assertEquals(Optional.of(message), archive.find(1));
        assertEquals(Optional.empty(), archive.find(2));
        assertEquals(new Position(1, NOON), archive.position());
    }

    @Test
    void a_known_key_gives_the_message_that_is_there() {
        Stored first = said(1, "general", 1, NOON);
        archive.add(first, "key");

        assertEquals(first, archive.add(said(2, "random", 2, NOON.plusNanos(1)), "key"));

        assertEquals(Optional.empty(), archive.find(2));
        assertEquals(new Position(1, NOON), archive.position());
    }

    @Test
    void one_key_added_by_many_at_once_is_there_once() throws Exception {
        List<Stored> added = Race.of(20, at -> () -> archive.add(said(at + 1, "general", at + 1, NOON), "key"));

        assertEquals(1, Set.copyOf(added).size());
        assertEquals(Set.copyOf(added), Set.copyOf(archive.list(null, 0, 0, 100)));
    }

    @Test
    void an_id_is_never_given_twice() {
        archive.add(said(1, "general", 1, NOON), null);

        assertThrows(RuntimeException.class, () -> archive.add(said(1, "random", 1, NOON), null));
        assertThrows(RuntimeException.class, () -> archive.add(said(1, "random", 1, NOON), "key"));
    }

    @Test
    void messages_are_listed_by_channel_and_thread_from_where_one_asks() {
        Stored root = archive.add(said(1, "general", 1, NOON), null);
        Stored elsewhere = archive.add(said(2, "random", 2, NOON), null);
        Stored reply = archive.add(said(3, "general", 1, NOON), null);
        Stored later = archive.add(said(4, "general", 4, NOON), null);

        assertEquals(List.of(root, elsewhere, reply, later), archive.list(null, 0, 0, 10));
        assertEquals(List.of(root, reply, later), archive.list("general", 0, 0, 10));
        assertEquals(List.of(root, reply), archive.list("general", 1, 0, 10));
        assertEquals(List.of(reply), archive.list(null, 1, 1, 10));
        assertEquals(List.of(root, elsewhere), archive.list(null, 0, 0, 2));
        assertEquals(List.of(), archive.list("nowhere", 0, 0, 10));
        assertEquals(List.of("general", "random"), archive.channels());
    }

    @Test
    void an_edit_changes_the_text_and_the_newest_time() {
        archive.add(said(1, "general", 1, NOON), null);
        Stored second = archive.add(said(2, "general", 2, NOON.plusNanos(1)), null);
        Instant at = NOON.plusNanos(2);

        Optional<Stored> edited = archive.edit(1, "new", at);

        assertEquals("new", edited.orElseThrow().text());
        assertEquals(at, edited.orElseThrow().edited());
        assertEquals(edited, archive.find(1));
        assertEquals(new Position(2, at), archive.position());
        assertEquals(List.of(edited.orElseThrow(), second), archive.list(null, 0, 0, 10));
        assertEquals(Optional.empty(), archive.edit(3, "new", at));
    }

    @Test
    void a_deleted_message_is_gone_but_its_id_its_time_and_its_key_are_not_given_again() throws SQLException {
        archive.add(said(1, "general", 1, NOON), null);
        archive.add(said(2, "secret", 2, NOON.plusNanos(5)), "key");

        assertTrue(archive.delete(2));

        assertFalse(archive.delete(2));
        assertEquals(Optional.empty(), archive.find(2));
        assertEquals(Optional.empty(), archive.edit(2, "back", NOON));
        assertFalse(archive.react(2, "ana", "👀"));
        assertEquals(List.of(1L), archive.list(null, 0, 0, 10).stream().map(Stored::id).toList());
        assertEquals(List.of("general"), archive.channels());
        assertEquals(new Position(2, NOON.plusNanos(5)), archive.position());
        Stored there = archive.add(said(3, "general", 3, NOON), "key");
        assertEquals(2, there.id());
        assertEquals("", there.text());
    }

    @Test
    void reactions_are_kept_by_emoji_each_author_once() {
        archive.add(said(1, "general", 1, NOON), null);

        assertTrue(archive.react(1, "ana", "👍"));
        assertTrue(archive.react(1, "bo", "👍"));
        assertTrue(archive.react(1, "ana", "👍"));
        assertTrue(archive.react(1, "bo", "🛑"));

        assertEquals(
                Map.of("👍", List.of("ana", "bo"), "🛑", List.of("bo")),
                archive.find(1).orElseThrow().reactions());
        assertFalse(archive.react(2, "ana", "👍"));
    }

    @Test
    void reactions_of_many_at_once_are_all_kept() throws Exception {
        archive.add(said(1, "general", 1, NOON), null);

        Race.of(20, at -> () -> archive.react(1, "author-" + at, "👍"));

        assertEquals(20, archive.find(1).orElseThrow().reactions().getOrDefault("👍", List.of()).size());
    }

    private static Stored said(long id, String channel, long thread, Instant at) {
        @Nullable Instant never = null;
        return new Stored(id, channel, thread, "ana", "text " + id, at, never, false, Set.of(), null, Map.of());
    }
}
