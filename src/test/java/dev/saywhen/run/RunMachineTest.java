package dev.saywhen.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.run.RunState.Hold;
import dev.saywhen.run.RunState.Yes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state with every event. The table stands here, in the javadoc of the machine, and in the documentation. */
class RunMachineTest {
    private static final String TABLE = """
            event           | Asking    Planning  Posting   Awaiting  Acting    Held      Completed Failed    Cancelled
            ----------------+--------------------------------------------------------------------------------------------
            QuestionsAsked  | Asking    Asking    .         .         .         .         .         .         .
            Answered        | Asking    .         .         .         .         .         .         .         .
            BriefComplete   | Planning  .         .         .         .         .         .         .         .
            PlanDrafted     | .         Posting   .         .         .         .         .         .         .
            PlanPosted      | .         .         Awaiting  .         .         .         .         .         .
            ChangeRequested | .         Planning  Planning  Planning  .         .         .         .         .
            Spoke           | .         .         .         Awaiting  .         .         .         .         .
            Objected        | .         .         .         Awaiting  .         .         .         .         .
            Withdrew        | .         .         .         Awaiting  .         .         .         .         .
            Approved        | .         .         .         Awaiting  .         .         .         .         .
            Authorized      | .         .         .         Acting    .         .         .         .         .
            PhaseDone       | .         .         .         .         next      .         .         .         .
            AmendmentNeeded | .         .         .         .         Planning  .         .         .         .
            HeldUp          | Held      Held      Held      Held      Held      .         .         .         .
            PlanVoided      | .         .         Held      Held      .         .         .         .         .
            Resumed         | .         .         .         .         .         back      .         .         back
            UndoRequested   | .         .         .         Planning  .         Planning  Planning  Planning  Planning
            CancelRequested | Cancelled Cancelled Cancelled Cancelled Cancelled Cancelled .         .         .
            GaveUp          | Failed    Failed    .         .         .         .         .         .         .
            """;

    private static final Instant AT = Instant.parse("2026-11-24T09:00:00Z");
    private static final ActorId ANA = ActorId.parse("slack:T1:ana");
    private static final ActorId BO = ActorId.parse("slack:T1:bo");
    private static final RevisionNumber R1 = new RevisionNumber(1);
    private static final RevisionNumber R2 = new RevisionNumber(2);
    private static final MessageId MESSAGE = MessageId.parse("slack:T1:general:9");
    private static final Hold HOLD = new Hold("mei", AT, "stop");
    private static final Yes YES = new Yes(ANA, MESSAGE, "proceed", AT, List.of(ANA));
    private static final Pending PENDING = Pending.posted(List.of(MESSAGE), AT, AT.plusSeconds(60));

    private static final Map<String, RunState> STATES = byName(
            new RunState.Asking(2, true),
            new RunState.Planning(),
            new RunState.Posting(R1),
            new RunState.AwaitingAuthorization(R1, PENDING),
            new RunState.Acting(Phase.DEBUG, R1, YES),
            new RunState.Held(Phase.DEBUG, HOLD),
            new RunState.Completed(),
            new RunState.Failed(Phase.ASK, "no"),
            new RunState.Cancelled(Phase.DEBUG, AT));

    private static final Map<String, RunEvent> EVENTS = byName(
            new RunEvent.QuestionsAsked(),
            new RunEvent.Answered(),
            new RunEvent.BriefComplete(),
            new RunEvent.PlanDrafted(R1),
            new RunEvent.PlanPosted(R1, PENDING),
            new RunEvent.ChangeRequested(),
            new RunEvent.Spoke(BO),
            new RunEvent.Objected(BO),
            new RunEvent.Withdrew(BO),
            new RunEvent.Approved(R1, List.of(BO)),
            new RunEvent.Authorized(R1, YES),
            new RunEvent.PhaseDone(Phase.DEBUG),
            new RunEvent.AmendmentNeeded(),
            new RunEvent.HeldUp(HOLD),
            new RunEvent.PlanVoided(HOLD),
            new RunEvent.Resumed(),
            new RunEvent.UndoRequested(),
            new RunEvent.CancelRequested(AT),
            new RunEvent.GaveUp("no"));

    static Stream<Arguments> every_state_and_event() {
        List<String> lines = TABLE.lines().toList();
        List<String> states = cells(lines.getFirst());
        return lines.stream().skip(2).flatMap(line -> {
            String event = line.substring(0, line.indexOf('|')).strip();
            List<String> cells = cells(line);
            return states.stream().map(state -> Arguments.of(state, event, cells.get(states.indexOf(state))));
        });
    }

    private static List<String> cells(String line) {
        return List.of(line.substring(line.indexOf('|') + 1).strip().split(" +"));
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource
    void every_state_and_event(String state, String event, String next) {
        RunState from = Objects.requireNonNull(STATES.get(state));
        Optional<RunState> to = RunMachine.next(from, Objects.requireNonNull(EVENTS.get(event)));

        assertEquals(
                switch (next) {
                    case "." -> Optional.empty();
                    case "next" -> Optional.of("Acting");
                    case "back" -> Optional.of("Planning");
                    default -> Optional.of(next);
                },
                to.map(RunMachineTest::name));
        switch (next) {
            case "Held" -> assertEquals(new RunState.Held(from.phase(), HOLD), to.orElseThrow());
            case "Cancelled" -> assertEquals(new RunState.Cancelled(from.phase(), AT), to.orElseThrow());
            case "Failed" -> assertEquals(new RunState.Failed(from.phase(), "no"), to.orElseThrow());
            default -> {}
        }
    }

    @Test
    void the_table_names_every_state_and_every_event() {
        List<String> lines = TABLE.lines().toList();

        assertEquals(names(RunState.class), cells(lines.getFirst()));
        assertEquals(
                names(RunEvent.class),
                lines.stream()
                        .skip(2)
                        .map(line -> line.substring(0, line.indexOf('|')).strip())
                        .toList());
        assertEquals(List.copyOf(STATES.keySet()), names(RunState.class));
        assertEquals(List.copyOf(EVENTS.keySet()), names(RunEvent.class));
    }

    @Test
    void the_table_stands_in_the_javadoc() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/saywhen/run/RunMachine.java"));
        String javadoc = source.substring(source.indexOf("<pre>{@code\n") + 12, source.indexOf(" * }</pre>"));

        assertEquals(
                TABLE, javadoc.lines().map(line -> line.substring(3) + "\n").collect(Collectors.joining()));
    }

    @Test
    void the_table_stands_in_the_documentation() throws IOException {
        String page = Files.readString(Path.of("docs/run-states.md"));

        assertEquals(TABLE, page.substring(page.indexOf("```text\n") + 8, page.lastIndexOf("```\n")));
    }

    @Test
    void questions_are_counted_and_an_answer_is_the_engineers_turn() {
        assertEquals(new RunState.Asking(3, true), next(new RunState.Asking(2, false), new RunEvent.QuestionsAsked()));
        assertEquals(new RunState.Asking(2, false), next(new RunState.Asking(2, true), new RunEvent.Answered()));
        assertEquals(new RunState.Asking(1, true), next(new RunState.Planning(), new RunEvent.QuestionsAsked()));
    }

    @Test
    void a_plan_waits_with_what_was_posted() {
        assertEquals(
                new RunState.AwaitingAuthorization(R1, PENDING),
                next(new RunState.Posting(R1), new RunEvent.PlanPosted(R1, PENDING)));
    }

    @Test
    void what_is_said_about_another_revision_means_nothing() {
        RunState awaiting = new RunState.AwaitingAuthorization(R1, PENDING);

        assertEquals(Optional.empty(), RunMachine.next(new RunState.Posting(R1), new RunEvent.PlanPosted(R2, PENDING)));
        assertEquals(Optional.empty(), RunMachine.next(awaiting, new RunEvent.Approved(R2, List.of(BO))));
        assertEquals(Optional.empty(), RunMachine.next(awaiting, new RunEvent.Authorized(R2, YES)));
    }

    @Test
    void what_is_said_about_a_plan_is_kept_with_it() {
        RunState state = new RunState.AwaitingAuthorization(R1, PENDING);
        state = next(state, new RunEvent.Spoke(BO));
        state = next(state, new RunEvent.Spoke(BO));
        state = next(state, new RunEvent.Objected(BO));
        state = next(state, new RunEvent.Objected(ANA));
        state = next(state, new RunEvent.Withdrew(BO));
        state = next(state, new RunEvent.Approved(R1, List.of(ANA)));

        Pending pending = ((RunState.AwaitingAuthorization) state).pending();
        assertEquals(List.of(BO), List.copyOf(pending.speakers()));
        assertEquals(List.of(ANA), List.copyOf(pending.objectors()));
        assertEquals(List.of(ANA), pending.approvals());
        assertEquals(PENDING.expiresAt(), pending.expiresAt());
        assertEquals(PENDING.planMessages(), pending.planMessages());
    }

    @Test
    void an_authorization_begins_with_execute_under_that_yes() {
        assertEquals(
                new RunState.Acting(Phase.EXECUTE, R1, YES),
                next(new RunState.AwaitingAuthorization(R1, PENDING), new RunEvent.Authorized(R1, YES)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"EXECUTE", "DEBUG", "REVIEW"})
    void a_phase_that_is_done_leads_to_the_next(Phase phase) {
        assertEquals(
                new RunState.Acting(phase.next(), R1, YES),
                next(new RunState.Acting(phase, R1, YES), new RunEvent.PhaseDone(phase)));
    }

    @Test
    void the_last_phase_completes_the_run() {
        assertEquals(
                new RunState.Completed(),
                next(new RunState.Acting(Phase.DOCUMENT, R1, YES), new RunEvent.PhaseDone(Phase.DOCUMENT)));
    }

    @Test
    void a_phase_that_is_not_the_one_that_acts_cannot_be_done() {
        assertEquals(
                Optional.empty(),
                RunMachine.next(new RunState.Acting(Phase.DEBUG, R1, YES), new RunEvent.PhaseDone(Phase.EXECUTE)));
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void a_held_or_cancelled_run_goes_back_to_ask_or_to_plan_and_never_acts(Phase phase) {
        RunState back = phase == Phase.ASK ? new RunState.Asking(0, false) : new RunState.Planning();

        assertEquals(back, next(new RunState.Held(phase, HOLD), new RunEvent.Resumed()));
        assertEquals(back, next(new RunState.Cancelled(phase, AT), new RunEvent.Resumed()));
    }

    @Test
    void a_second_stop_leaves_the_first_hold_as_it_is() {
        assertEquals(
                Optional.empty(),
                RunMachine.next(new RunState.Held(Phase.PLAN, HOLD), new RunEvent.HeldUp(new Hold("bo", AT, "halt"))));
    }

    private static RunState next(RunState state, RunEvent event) {
        return RunMachine.next(state, event).orElseThrow();
    }

    private static String name(Object value) {
        return name(value.getClass());
    }

    private static String name(Class<?> type) {
        return type == RunState.AwaitingAuthorization.class ? "Awaiting" : type.getSimpleName();
    }

    private static List<String> names(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .map(RunMachineTest::name)
                .toList();
    }

    @SafeVarargs
    private static <T> Map<String, T> byName(T... values) {
        Map<String, T> named = new LinkedHashMap<>();
        for (T value : values) {
            named.put(name(value), value);
        }
        return named;
    }
}
