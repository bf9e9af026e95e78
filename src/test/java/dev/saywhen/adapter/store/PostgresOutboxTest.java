package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.NOON;
import static dev.saywhen.adapter.store.SomeRecords.message;
import static dev.saywhen.adapter.store.SomeRecords.say;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.chat.Outgoing.Purpose;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ThreadId;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class PostgresOutboxTest {
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Inject
    PostgresOutbox outbox;

    @Inject
    TestRows database;

    /** Each test speaks on a platform of its own, so that nothing of the others is due there. */
    private final Platform platform = new Platform("store-test-" + NEXT.getAndIncrement());

    private final ThreadId one = thread("one");
    private final ThreadId other = thread("other");

    @AfterEach
    void clean() throws SQLException {
        database.clean();
    }

    @Test
    void what_was_put_is_due_until_it_was_delivered() {
        Outgoing.Message message = say(key("a"), one, Purpose.NOTE);
        Sent sent = new Sent(message(), NOON);

        outbox.put(List.of(message));
        assertEquals(List.of(message), outbox.due(platform, NOON, 10));
        assertEquals(Optional.empty(), outbox.sent(key("a")));
        outbox.delivered(key("a"), sent);

        assertEquals(List.of(), outbox.due(platform, NOON, 10));
        assertEquals(Optional.of(sent), outbox.sent(key("a")));
    }

    @Test
    void a_key_that_is_known_is_ignored_even_after_its_delivery() {
        Outgoing.Message first = say(key("a"), one, Purpose.NOTE);
        Outgoing.Message again = new Outgoing.Message(key("a"), other, Purpose.RECEIPT, "another text", null);

        outbox.put(List.of(first, again));
        outbox.put(List.of(again));
        assertEquals(List.of(first), outbox.due(platform, NOON, 10));
        outbox.delivered(key("a"), new Sent(message(), NOON));
        outbox.put(List.of(again));

        assertEquals(List.of(), outbox.due(platform, NOON, 10));
    }

    @Test
    void one_key_put_by_many_at_once_is_said_once() throws Exception {
        Outgoing.Message message = say(key("a"), one, Purpose.NOTE);

        Race.of(20, _ -> () -> {
            outbox.put(List.of(message));
            return true;
        });

        assertEquals(List.of(message), outbox.due(platform, NOON, 10));
    }

    @Test
    void a_thread_keeps_its_order_and_threads_do_not_wait_for_each_other() {
        outbox.put(List.of(
                say(key("a1"), one, Purpose.PLAN),
                say(key("a2"), one, Purpose.PLAN),
                say(key("b1"), other, Purpose.NOTE),
                say(key("b2"), other, Purpose.NOTE)));

        assertEquals(List.of(key("a1"), key("b1")), dueKeys());
        outbox.delivered(key("a1"), new Sent(message(), NOON));
        assertEquals(List.of(key("a2"), key("b1")), dueKeys());
    }

    @Test
    void a_message_that_failed_holds_up_its_thread_until_its_time_has_come() {
        outbox.put(List.of(
                say(key("a1"), one, Purpose.NOTE),
                say(key("a2"), one, Purpose.NOTE),
                say(key("b1"), other, Purpose.NOTE)));

        outbox.failed(key("a1"), "rate limited \u0000", NOON.plusSeconds(2));

        assertEquals(List.of(key("b1")), dueKeys());
        assertEquals(List.of(key("a1"), key("b1")), keys(outbox.due(platform, NOON.plusSeconds(2), 10)));
    }

    @Test
    void receipts_overtake_everything_in_their_thread_and_outside() {
        outbox.put(List.of(
                say(key("b1"), other, Purpose.NOTE),
                say(key("a1"), one, Purpose.PLAN),
                say(key("a2"), one, Purpose.RECEIPT),
                say(key("a3"), one, Purpose.RECEIPT)));
        outbox.failed(key("a1"), "later", NOON.plusSeconds(60));

        assertEquals(List.of(key("a2"), key("b1")), dueKeys());
        outbox.delivered(key("a2"), new Sent(message(), NOON));
        assertEquals(List.of(key("a3"), key("b1")), dueKeys());
        outbox.delivered(key("a3"), new Sent(message(), NOON));
        assertEquals(List.of(key("b1")), dueKeys());
    }

    @Test
    void an_edit_waits_for_its_message_and_holds_up_nothing() {
        Outgoing edit = new Outgoing.Edit(key("e1"), key("a1"), one, "text");
        outbox.put(List.of(edit, say(key("a1"), one, Purpose.PROGRESS), say(key("a2"), one, Purpose.NOTE)));

        assertEquals(List.of(key("a1")), dueKeys());
        outbox.delivered(key("a1"), new Sent(message(), NOON));

        assertEquals(List.of(key("e1"), key("a2")), dueKeys());
    }

    @Test
    void an_edit_of_a_message_that_nobody_put_waits() {
        outbox.put(List.of(new Outgoing.Edit(key("e1"), key("a1"), one, "text")));

        assertEquals(List.of(), dueKeys());
    }

    @Test
    void of_several_edits_only_the_newest_is_due_and_the_older_ones_wait_no_more() {
        outbox.put(List.of(say(key("a1"), one, Purpose.PROGRESS)));
        outbox.delivered(key("a1"), new Sent(message(), NOON));
        long before = outbox.waiting();

        outbox.put(List.of(
                new Outgoing.Edit(key("e1"), key("a1"), one, "1"), new Outgoing.Edit(key("e2"), key("a1"), one, "2")));
        outbox.put(List.of(new Outgoing.Edit(key("e3"), key("a1"), one, "3")));
        outbox.put(List.of(new Outgoing.Edit(key("e1"), key("a1"), one, "1")));

        assertEquals(List.of(key("e3")), dueKeys());
        assertEquals(before + 1, outbox.waiting());
        outbox.delivered(key("e3"), new Sent(message(), NOON));
        assertEquals(List.of(), dueKeys());
        assertEquals(before, outbox.waiting());
    }

    @Test
    void edits_put_by_many_at_once_end_with_one_and_none_that_waits() throws Exception {
        outbox.put(List.of(say(key("a1"), one, Purpose.PROGRESS)));
        outbox.delivered(key("a1"), new Sent(message(), NOON));
        long before = outbox.waiting();

        Race.of(20, at -> () -> {
            outbox.put(List.of(new Outgoing.Edit(key("e" + at), key("a1"), one, "text")));
            return true;
        });

        assertEquals(1, dueKeys().size());
        outbox.delivered(dueKeys().getFirst(), new Sent(message(), NOON));
        assertEquals(List.of(), dueKeys());
        assertEquals(before, outbox.waiting());
    }

    @Test
    void a_reaction_waits_for_nothing() {
        MessageId to = one.root();
        outbox.put(List.of(say(key("a1"), one, Purpose.NOTE), say(key("a2"), one, Purpose.NOTE)));
        outbox.put(List.of(new Outgoing.Reaction(key("r1"), to, "👀"), new Outgoing.Reaction(key("r2"), to, "✅")));

        assertEquals(List.of(key("a1"), key("r1"), key("r2")), dueKeys());
    }

    @Test
    void a_platform_hears_only_what_is_for_it_and_no_more_than_it_asked_for() {
        IntStream.range(0, 5).forEach(at -> outbox.put(List.of(say(key("a" + at), thread("t" + at), Purpose.NOTE))));

        assertEquals(List.of(key("a0"), key("a1"), key("a2")), keys(outbox.due(platform, NOON, 3)));
        assertEquals(List.of(), outbox.due(new Platform("elsewhere"), NOON, 3));
    }

    @Test
    void a_second_delivery_and_a_late_failure_change_nothing() {
        Sent first = new Sent(message(), NOON);
        outbox.put(List.of(say(key("a1"), one, Purpose.NOTE)));

        outbox.delivered(key("a1"), first);
        outbox.delivered(key("a1"), new Sent(message(), NOON.plusSeconds(1)));
        outbox.failed(key("a1"), "late", NOON.plusSeconds(5));

        assertEquals(Optional.of(first), outbox.sent(key("a1")));
        assertEquals(List.of(), dueKeys());
    }

    @Test
    void a_key_that_was_never_put_is_an_error() {
        assertThrows(IllegalArgumentException.class, () -> outbox.delivered(key("x"), new Sent(message(), NOON)));
        assertThrows(IllegalArgumentException.class, () -> outbox.failed(key("x"), "why", NOON));
        assertEquals(Optional.empty(), outbox.sent(key("x")));
    }

    @Test
    void what_is_due_is_found_fast_among_many_that_were_delivered() throws SQLException {
        database.sql("""
                insert into outgoing (key, kind, platform, thread, receipt, body, state, sent)
                select 'old-%1$s-' || n, 'message', '%1$s', '%1$s:t:c:' || n %% 500, false, '{}', 'delivered', '{}'
                from generate_series(1, 200000) n
                """.formatted(platform));
        outbox.put(IntStream.range(0, 1000)
                .<Outgoing>mapToObj(at -> say(key("w" + at), thread("t" + at % 100), Purpose.NOTE))
                .toList());
        database.sql("analyze outgoing");
        outbox.due(platform, NOON, 50);

        long begun = System.nanoTime();
        int due = outbox.due(platform, NOON, 50).size();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertEquals(50, due);
        assertTrue(took.compareTo(Duration.ofMillis(500)) < 0, "took " + took);
        String plan = String.join(
                "\n",
                database.query("explain select count(*) from outgoing where state = 'waiting' and platform = '"
                        + platform + "'"));
        assertTrue(plan.contains("outgoing_due"), plan);
    }

    private List<String> dueKeys() {
        return keys(outbox.due(platform, NOON, 100));
    }

    private static List<String> keys(List<Outgoing> outgoing) {
        return outgoing.stream().map(Outgoing::key).toList();
    }

    private String key(String name) {
        return platform + "/" + name;
    }

    private ThreadId thread(String name) {
        return ThreadId.parse(platform + ":team:channel:" + name);
    }
}
