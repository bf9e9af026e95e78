package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.ANA;
import static dev.saywhen.adapter.store.SomeRecords.BO;
import static dev.saywhen.adapter.store.SomeRecords.NOON;
import static dev.saywhen.adapter.store.SomeRecords.ODD_TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.ChatGateway.Sent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.chat.MessageArchive.Stored;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Proof;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.run.Pending;
import dev.saywhen.run.Phase;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.Moment;
import dev.saywhen.safety.StopOrder;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {
    private static final MessageId MESSAGE = MessageId.parse("store-test:home:general:m1");
    private static final RevisionNumber SECOND = new RevisionNumber(2);

    static Stream<RunState> states() {
        SortedSet<dev.saywhen.id.ActorId> both = new TreeSet<>(java.util.Comparator.comparing(Object::toString));
        both.add(BO);
        both.add(ANA);
        Pending spoken = new Pending(
                List.of(MESSAGE, MessageId.parse("store-test:home:general:m2")),
                NOON,
                NOON.plusNanos(1),
                both,
                both,
                List.of(BO, ANA));
        RunState.Yes yes = new RunState.Yes(ANA, MESSAGE, "yes, proceed", NOON, List.of(BO, ANA));
        return Stream.of(
                new RunState.Asking(3, true),
                new RunState.Planning(),
                new RunState.Posting(SECOND),
                new RunState.AwaitingAuthorization(SECOND, spoken),
                new RunState.AwaitingAuthorization(SECOND, Pending.posted(List.of(MESSAGE), NOON, NOON)),
                new RunState.Acting(Phase.DEBUG, SECOND, yes),
                new RunState.Held(Phase.EXECUTE, new RunState.Hold("mei", NOON, ODD_TEXT)),
                new RunState.Completed(),
                new RunState.Failed(Phase.PLAN, ODD_TEXT),
                new RunState.Cancelled(Phase.ASK, NOON));
    }

    static Stream<Outgoing> outgoing() {
        Card card = new Card("plan", ODD_TEXT, List.of(new Card.Section("Risks", List.of("none", ODD_TEXT))));
        return Stream.of(
                new Outgoing.Message("k", SomeRecords.thread(), Outgoing.Purpose.PLAN, ODD_TEXT, card),
                new Outgoing.Message("k", SomeRecords.thread(), Outgoing.Purpose.RECEIPT, "", null),
                new Outgoing.Edit("k", "of", SomeRecords.thread(), ODD_TEXT),
                new Outgoing.Reaction("k", MESSAGE, "👀"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_state_comes_back_as_it_was(RunState state) {
        String json = StoredJson.write(RunState.class, state);

        assertEquals(state, StoredJson.read(RunState.class, json, "state"));
    }

    @Test
    void the_states_above_are_all_there_are() {
        assertEquals(
                Set.of(RunState.class.getPermittedSubclasses()),
                states().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(
                Set.of(Outgoing.class.getPermittedSubclasses()),
                outgoing().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void people_who_were_read_can_be_added_to() {
        RunState.AwaitingAuthorization waiting = states().filter(RunState.AwaitingAuthorization.class::isInstance)
                .map(RunState.AwaitingAuthorization.class::cast)
                .findFirst()
                .orElseThrow();
        String json = StoredJson.write(RunState.class, waiting);
        RunState.AwaitingAuthorization read =
                (RunState.AwaitingAuthorization) StoredJson.read(RunState.class, json, "state");

        assertEquals(List.of(ANA, BO), List.copyOf(read.pending().speakers()));
    }

    @ParameterizedTest
    @MethodSource("outgoing")
    void everything_to_be_said_comes_back_as_it_was(Outgoing outgoing) {
        String json = StoredJson.write(Outgoing.class, outgoing);

        assertEquals(outgoing, StoredJson.read(Outgoing.class, json, "outgoing"));
    }

    @Test
    void a_plan_comes_back_with_everything_in_it() {
        PlanRevision plan = SomeRecords.plan(new RunId(7), SECOND);

        PlanRevision read = StoredJson.read(PlanRevision.class, StoredJson.write(PlanRevision.class, plan), "plan");

        assertEquals(plan, read);
        assertEquals(plan.digest(), read.digest());
    }

    /** The row was written by a build of before losses, tools and raises, for which people said yes to this digest. */
    @Test
    void a_plan_that_an_earlier_build_stored_reads_as_the_plan_with_the_digest_that_was_authorized() throws Exception {
        String json;
        try (InputStream row = getClass().getResourceAsStream("/stored/plan-of-before.json")) {
            json = new String(Objects.requireNonNull(row).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String later : List.of("losses", "tools", "raises")) {
            assertFalse(json.contains('"' + later + '"'), later);
        }

        PlanRevision read = StoredJson.read(PlanRevision.class, json, "plan");

        assertEquals(List.of(), read.raises());
        assertEquals(List.of(), read.outline().scopes().tools());
        assertEquals(
                List.of(List.of()),
                read.outline().steps().stream()
                        .flatMap(step -> step.proof().stream())
                        .map(Proof::losses)
                        .toList());
        assertEquals(
                "b20d6942e1b21b88994ad731ba563c86d5c21c7424485ff3a6c02f3a13d6f6f5",
                read.digest().hex());
    }

    @Test
    void a_list_that_came_later_may_be_missing_and_nothing_else_and_none_may_be_unknown() throws Exception {
        PlanRevision plan = SomeRecords.plan(new RunId(7), SECOND);

        onlyMayBeMissing("losses", Proof.class, PlanSample.PROOF, Proof::losses);
        onlyMayBeMissing("tools", Scopes.class, plan.outline().scopes(), Scopes::tools);
        onlyMayBeMissing("raises", PlanRevision.class, plan, PlanRevision::raises);
    }

    private static <T> void onlyMayBeMissing(String later, Class<T> type, T value, Function<T, List<?>> list)
            throws Exception {
        ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(StoredJson.write(type, value));
        List<String> members = new ArrayList<>();
        whole.fieldNames().forEachRemaining(members::add);
        assertTrue(members.remove(later), later);

        assertEquals(
                List.of(),
                list.apply(StoredJson.read(type, whole.deepCopy().without(later).toString(), "row")));
        for (String member : members) {
            String without = whole.deepCopy().without(member).toString();
            assertThrows(IllegalStateException.class, () -> StoredJson.read(type, without, "row"), member);
        }
        String unknown = whole.deepCopy().putNull(later).toString();
        assertThrows(IllegalStateException.class, () -> StoredJson.read(type, unknown, "row"), later);
    }

    @Test
    void a_plan_of_before_calls_were_counted_is_the_plan_that_people_saw() throws Exception {
        ToolScope changes = PlanSample.CHANGES_OUTSIDE;
        assertEquals(
                new ToolScope(changes.server(), changes.url(), changes.tool(), false, 4),
                again(ToolScope.class, changes.calledAtMost(4)));
        ObjectNode stored = (ObjectNode) new ObjectMapper().readTree(StoredJson.write(ToolScope.class, changes));
        String before = stored.deepCopy().without("most").toString();

        ToolScope read = StoredJson.read(ToolScope.class, before, "tool");

        assertEquals(
                "close_issue of tracker at https://tracker.example.org/mcp   (changes things there, and `undo` does not"
                        + " take that back)",
                read.toString());
        for (String broken : List.of(
                stored.deepCopy().without("onlyReads").toString(),
                stored.deepCopy().putNull("most").toString(),
                stored.deepCopy().put("more", 1).toString(),
                stored.deepCopy().put("most", -1).toString())) {
            assertThrows(IllegalStateException.class, () -> StoredJson.read(ToolScope.class, broken, "tool"), broken);
        }
    }

    @Test
    void messages_deliveries_and_stops_come_back_as_they_were() {
        InboundMessage inbound = SomeRecords.inbound(MESSAGE, ODD_TEXT);
        Sent sent = new Sent(MESSAGE, NOON);
        StopRow.Carried everything = new StopRow.Carried(
                new StopOrder(null, null, "operator", "stop", "the host", null), List.of(new RunId(1), new RunId(2)));
        StopRow.Carried one = new StopRow.Carried(
                new StopOrder(
                        new RunId(7), new Moment(new Platform("local"), NOON), "mei", "stop", "#general", MESSAGE),
                List.of());
        Stored stored = new Stored(
                3,
                "general",
                1,
                "ana",
                ODD_TEXT,
                NOON,
                NOON,
                true,
                Set.of("quote"),
                new Card("a", "b", List.of()),
                Map.of("👍", List.of("ana", "bo")));

        assertEquals(inbound, again(InboundMessage.class, inbound));
        assertEquals(sent, again(Sent.class, sent));
        assertEquals(everything, again(StopRow.Carried.class, everything));
        assertEquals(one, again(StopRow.Carried.class, one));
        assertEquals(stored, again(Stored.class, stored));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"dreaming\"}",
                "{\"rounds\":1}",
                "{\"type\":\"asking\"}",
                "{\"type\":\"asking\",\"rounds\":null,\"waiting\":true}",
                "{\"type\":\"asking\",\"rounds\":1,\"waiting\":true,\"more\":2}",
                "{\"type\":\"posting\",\"revision\":\"3\"}",
                "{\"type\":\"posting\",\"revision\":null}",
                "{\"type\":\"failed\",\"phase\":2,\"why\":\"x\"}",
                "{\"type\":\"failed\",\"phase\":\"PLAN\",\"why\":7}",
                "null",
                "{}",
                "\"asking\""
            })
    void a_state_that_is_not_understood_is_an_error(String json) {
        IllegalStateException unreadable = assertThrows(
                IllegalStateException.class, () -> StoredJson.read(RunState.class, json, "state of run 7"));

        assertTrue(
                String.valueOf(unreadable.getMessage()).startsWith("cannot read the stored state of run 7: "),
                unreadable::getMessage);
    }

    private static <T> T again(Class<T> type, T value) {
        return StoredJson.read(type, StoredJson.write(type, value), "value");
    }
}
