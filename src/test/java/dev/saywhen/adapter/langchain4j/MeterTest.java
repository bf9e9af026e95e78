package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Raise;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.fakes.TickingClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeterTest {
    private static final RunId RUN = new RunId(7);
    private static final RunId OTHER = new RunId(8);

    private static final ProjectName SHOP = new ProjectName("shop");

    private final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    private final FakeLedger ledger = new FakeLedger(clock, new Power());
    private final StopSwitch stops = new StopSwitch(0);

    @Test
    void the_longest_answer_is_reserved_before_a_call_and_is_shorter_where_there_is_less_room() {
        Meter meter = meter(priced());
        assertEquals(700, granted(meter, account(RUN, "r1", tokens(1_000)), 300, 100, 800));
        assertEquals(800, granted(meter, account(RUN, "r1", tokens(2_000)), 300, 100, 800));
        assertEquals(100, granted(meter, account(RUN, "r1", tokens(1_000)), 900, 100, 800));
        CannotThink spent =
                assertThrows(CannotThink.class, () -> meter.reserve(account(RUN, "r1", tokens(1_000)), 901, 100, 800));
        assertEquals(
                "The limit of model tokens for r1 is reached: 0 of 1,000 used, and the next call takes 1,001."
                        + " Ask for more.",
                spent.getMessage());
    }

    @Test
    void calls_at_the_same_time_share_the_room_and_an_ended_one_gives_back_what_it_did_not_use() {
        Meter meter = meter(priced());
        Calls.Account account = account(RUN, "r1", tokens(1_000));
        try (Meter.Room first = meter.reserve(account, 100, 10, 500)) {
            assertEquals(300, granted(meter, account, 100, 10, 500));
            assertThrows(CannotThink.class, () -> meter.reserve(account, 100, 301, 500));
            assertEquals(500, granted(meter, account(RUN, "planning", tokens(1_000)), 100, 10, 500));
            first.used(90, 10);
        }
        assertEquals(800, granted(meter, account, 100, 10, 900));
    }

    @Test
    void what_was_used_counts_after_a_restart_too() {
        Meter before = meter(priced());
        ledger.append(AuditChain.of(RUN), new AuditEvent.Observed("tool read_file", "a"));
        use(before, RUN, "planning", 1_000, 50);
        use(before, RUN, "r1", 500, 25);
        use(before, OTHER, "r1", 9_000, 9_000);
        assertEquals("1,575 tokens, $0.01", before.spent(RUN));

        Meter after = meter(priced());
        assertEquals("1,575 tokens, $0.01", after.spent(RUN));
        CannotThink spent = assertThrows(
                CannotThink.class, () -> after.reserve(account(RUN, "planning", tokens(1_100)), 40, 20, 20));
        assertEquals(
                "The limit of model tokens for planning is reached: 1,050 of 1,100 used, and the next call takes 60."
                        + " Ask for more.",
                spent.getMessage());
    }

    @Test
    void what_a_call_came_to_stands_in_the_trail_with_its_price() {
        Meter meter = meter(priced());
        try (Meter.Room room = meter.reserve(account(RUN, "r1", tokens(1_000)), 10, 20, 20)) {
            room.usedAbout(10, 3);
        }
        assertEquals(
                List.of(new AuditEvent.ModelCalled("OPENAI m", "r1", 10, 3, true, new BigDecimal("0.000044"))),
                ledger.events());
    }

    @Test
    void a_limit_of_money_is_kept_and_without_a_price_nothing_is_asked() {
        Budget budget = new Budget(Duration.ofHours(1), 1_000_000, new BigDecimal("0.01"));
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 1_000, 500);
        assertEquals(250, granted(meter, account(RUN, "r1", budget), 1_000, 250, 500));
        CannotThink spent =
                assertThrows(CannotThink.class, () -> meter.reserve(account(RUN, "r1", budget), 1_000, 251, 500));
        assertEquals(
                "The limit of money for r1 is reached: $0.01 of $0.01 used, and the next call takes $0.01."
                        + " Ask for more.",
                spent.getMessage());

        CannotThink unknown =
                assertThrows(CannotThink.class, () -> meter(unpriced()).reserve(account(OTHER, "r1", budget), 1, 1, 1));
        assertEquals(
                "A limit of money is set and the model's price is not known."
                        + " Set saywhen.model.input-price and .output-price.",
                unknown.getMessage());
    }

    @Test
    void a_step_has_a_limit_of_its_own_within_the_plans() {
        Meter meter = meter(priced());
        use(meter, RUN, "r1 step 1", 400, 0);
        use(meter, RUN, "r10 step 2", 5_000, 0);
        assertEquals(500, granted(meter, step(2, 1_000, 800), 100, 10, 2_000), "the plan has 600 left");
        assertEquals(200, granted(meter, step(2, 1_000, 300), 100, 10, 2_000), "the step has 300");
        use(meter, RUN, "r1 step 2", 300, 0);
        CannotThink spent = assertThrows(CannotThink.class, () -> meter.reserve(step(2, 1_000, 300), 1, 10, 2_000));
        assertEquals(
                "The limit of model tokens for r1 step 2 is reached: 300 of 300 used, and the next call takes 11."
                        + " Ask for more.",
                spent.getMessage());
    }

    @Test
    void all_runs_of_a_project_share_a_limit_also_while_they_ask() {
        opened(RUN, "shop");
        opened(OTHER, "shop");
        opened(new RunId(9), "till");
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 300, 0);
        use(meter, new RunId(9), "r1", 5_000, 0);
        try (Meter.Room first = meter.reserve(inDay(RUN, 1_000), 100, 10, 400)) {
            assertEquals(100, granted(meter, inDay(OTHER, 1_000), 100, 10, 400));
            assertThrows(CannotThink.class, () -> meter.reserve(inDay(OTHER, 1_000), 191, 10, 400));
            first.used(100, 100);
        }
        assertEquals(400, granted(meter, inDay(OTHER, 1_000), 100, 10, 400));
    }

    @Test
    void a_projects_limit_has_room_again_as_calls_grow_older() {
        opened(RUN, "shop");
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 900, 0);
        CannotThink spent = assertThrows(CannotThink.class, () -> meter.reserve(inDay(RUN, 1_000), 100, 10, 400));
        assertEquals(
                "The limit of model tokens for all runs of shop within 24 hours is reached: 900 of 1,000 used, and the"
                        + " next call takes 110. There is room again as calls grow older, or when the operator raises"
                        + " max-day-tokens or max-day-cost.",
                spent.getMessage());
        clock.tick(Duration.ofHours(24));
        assertEquals(400, granted(meter, inDay(RUN, 1_000), 100, 10, 400));
    }

    @Test
    void a_breach_says_how_far_a_yes_would_raise_the_limit() {
        ModelAllowance allowance =
                new ModelAllowance(tokens(1), tokens(1_000), new Budget(ModelAllowance.WINDOW, 3_000), 2);
        Meter meter = meter(priced());
        use(meter, RUN, "r1 step 1", 900, 0);

        CannotThink met = assertThrows(
                CannotThink.class, () -> meter.reserve(of(allowance, "r1 step 1", List.of()), 100, 10, 10));

        assertEquals(
                "The limit of model tokens for r1 step 1 is reached: 900 of 1,000 used, and the next call takes 110."
                        + " The next plan asks for 2,000 model tokens, for this run only.",
                met.getMessage());
        assertEquals(List.of(raise(Raise.Limit.STEP, 1_000, 2_000)), met.raises());
        assertEquals(400, granted(meter, of(allowance, "r1 step 1", met.raises()), 100, 10, 400));
        assertThrows(CannotThink.class, () -> meter.reserve(of(allowance, "r1 step 1", List.of()), 100, 10, 10));
    }

    @Test
    void a_raise_of_the_projects_limit_counts_for_the_run_that_it_was_made_for_alone() {
        opened(RUN, "shop");
        opened(OTHER, "shop");
        ModelAllowance allowance = new ModelAllowance(tokens(1_000), null, new Budget(ModelAllowance.WINDOW, 3_000), 2);
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 2_900, 0);
        CannotThink met =
                assertThrows(CannotThink.class, () -> meter.reserve(of(allowance, "r1", List.of()), 100, 10, 10));
        assertEquals(List.of(raise(Raise.Limit.DAY, 3_000, 6_000)), met.raises());
        assertEquals(400, granted(meter, of(allowance, "r1", met.raises()), 100, 10, 400));
        Calls.Account other = new Calls.Account(stops.epochOf(OTHER), SHOP, "planning", allowance.beforeAYes("shop"));
        assertThrows(CannotThink.class, () -> meter.reserve(other, 100, 10, 10));
    }

    @Test
    void no_yes_goes_beyond_what_the_operator_allows() {
        opened(RUN, "shop");
        ModelAllowance allowance = new ModelAllowance(tokens(1_000), null, new Budget(ModelAllowance.WINDOW, 3_000), 2);
        List<Raise> most = List.of(raise(Raise.Limit.DAY, 3_000, 6_000));
        List<Raise> forged = List.of(raise(Raise.Limit.DAY, 3_000, 9_000_000));
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 5_900, 0);

        for (List<Raise> raises : List.of(most, forged)) {
            CannotThink met =
                    assertThrows(CannotThink.class, () -> meter.reserve(of(allowance, "r1", raises), 100, 10, 10));
            assertEquals(
                    "The limit of model tokens for all runs of shop within 24 hours is reached: 5,900 of 6,000 used, and"
                            + " the next call takes 110. There is room again as calls grow older, or when the operator"
                            + " raises max-day-tokens or max-day-cost.",
                    met.getMessage());
            assertEquals(List.of(), met.raises());
        }
        CannotThink never = assertThrows(
                CannotThink.class,
                () -> meter.reserve(
                        of(new ModelAllowance(tokens(1), null, new Budget(ModelAllowance.WINDOW, 3_000)), "r1", most),
                        100,
                        10,
                        10));
        assertEquals(List.of(), never.raises());
        assertTrue(allowance.covers(most.getFirst()));
        assertFalse(allowance.covers(forged.getFirst()));
        assertFalse(allowance.covers(raise(Raise.Limit.DAY, 2_000, 4_000)), "the operator set another limit since");
        assertFalse(allowance.covers(raise(Raise.Limit.STEP, 1_000, 2_000)), "there is no such limit any more");
    }

    @Test
    void a_raised_limit_that_is_met_again_is_raised_again_up_to_what_the_operator_allows() {
        opened(RUN, "shop");
        ModelAllowance allowance =
                new ModelAllowance(tokens(1_000_000), null, new Budget(ModelAllowance.WINDOW, 3_000), 4);
        Meter meter = meter(priced());
        List<Raise> raises = List.of();
        for (long most = 3_000; most < 12_000; most += 3_000) {
            use(meter, RUN, "r1", most == 3_000 ? 2_900 : 3_000, 0);
            Calls.Account acting = of(allowance, "r1", raises);
            CannotThink met = assertThrows(CannotThink.class, () -> meter.reserve(acting, 100, 10, 10));
            CannotThink thinking = assertThrows(
                    CannotThink.class, () -> meter.reserve(planning(allowance), 100, 10, 10), "never raised itself");

            assertEquals(List.of(raise(Raise.Limit.DAY, 3_000, most + 3_000)), met.raises());
            assertEquals(met.raises(), thinking.raises());
            assertTrue(allowance.covers(met.raises().getFirst()));
            raises = met.raises();
            assertEquals(400, granted(meter, of(allowance, "r1", raises), 100, 10, 400));
        }
        use(meter, RUN, "r1", 3_000, 0);
        Calls.Account most = of(allowance, "r1", raises);

        assertEquals(
                List.of(),
                assertThrows(CannotThink.class, () -> meter.reserve(most, 100, 10, 10))
                        .raises());
        assertEquals(
                List.of(),
                assertThrows(CannotThink.class, () -> meter.reserve(planning(allowance), 100, 10, 10))
                        .raises());
    }

    @Test
    void a_raise_goes_as_far_as_the_next_call_needs_and_no_further() {
        opened(RUN, "shop");
        ModelAllowance allowance =
                new ModelAllowance(tokens(1_000_000), null, new Budget(ModelAllowance.WINDOW, 3_000), 4);
        Meter meter = meter(priced());
        use(meter, RUN, "r1", 8_890, 0);
        CannotThink exactly = assertThrows(CannotThink.class, () -> meter.reserve(planning(allowance), 100, 10, 10));
        CannotThink beyond = assertThrows(CannotThink.class, () -> meter.reserve(planning(allowance), 101, 10, 10));

        assertEquals(List.of(raise(Raise.Limit.DAY, 3_000, 9_000)), exactly.raises());
        assertEquals(List.of(raise(Raise.Limit.DAY, 3_000, 12_000)), beyond.raises());
    }

    @Test
    void nothing_is_raised_where_the_operator_allows_nothing_at_all() {
        opened(RUN, "shop");
        ModelAllowance allowance = new ModelAllowance(tokens(1_000_000), null, new Budget(ModelAllowance.WINDOW, 0), 4);
        CannotThink met =
                assertThrows(CannotThink.class, () -> meter(priced()).reserve(planning(allowance), 100, 10, 10));

        assertEquals(List.of(), met.raises());
    }

    private Calls.Account planning(ModelAllowance allowance) {
        return new Calls.Account(stops.epochOf(RUN), SHOP, "planning", allowance.beforeAYes("shop"));
    }

    @Test
    void money_is_raised_as_tokens_are() {
        Budget step = new Budget(Duration.ofHours(1), Long.MAX_VALUE, new BigDecimal("0.01"));
        ModelAllowance allowance = new ModelAllowance(tokens(1), step, null, 3);
        Meter meter = meter(priced());
        use(meter, RUN, "r1 step 1", 1_000, 900);
        CannotThink met = assertThrows(
                CannotThink.class, () -> meter.reserve(of(allowance, "r1 step 1", List.of()), 1_000, 250, 500));
        assertEquals(
                "The limit of money for r1 step 1 is reached: $0.01 of $0.01 used, and the next call takes $0.01."
                        + " The next plan asks for $0.02 for the model, for this run only.",
                met.getMessage());
        CannotThink again = assertThrows(
                CannotThink.class, () -> meter.reserve(of(allowance, "r1 step 1", met.raises()), 5_000, 250, 500));
        assertEquals("$0.03 for the model", again.raises().getFirst().shown());
    }

    private Calls.Account of(ModelAllowance allowance, String part, List<Raise> raises) {
        return new Calls.Account(
                stops.epochOf(RUN), SHOP, part, allowance.of(tokens(1_000_000), raises, "r1", part, "shop"));
    }

    private static Raise raise(Raise.Limit limit, long from, long to) {
        return new Raise(limit, Raise.Unit.TOKENS, BigDecimal.valueOf(from), BigDecimal.valueOf(to));
    }

    @Test
    void what_another_node_used_meanwhile_counts() {
        Meter here = meter(priced());
        Meter there = meter(priced());
        use(here, RUN, "r1", 100, 0);
        use(there, RUN, "r1", 800, 0);
        assertEquals(100, granted(here, account(RUN, "r1", tokens(1_000)), 0, 10, 400));
    }

    @Test
    void what_the_trail_does_not_take_counts_all_the_same() {
        Power power = new Power();
        FakeLedger failing = new FakeLedger(clock, power);
        Meter meter = new Meter(priced(), failing, failing, clock);
        try (Meter.Room room = meter.reserve(account(RUN, "r1", tokens(1_000)), 10, 20, 20)) {
            power.cut();
            assertThrows(RuntimeException.class, () -> room.usedAbout(700, 0));
        }
        power.restore();
        assertEquals(300, granted(meter, account(RUN, "r1", tokens(1_000)), 0, 10, 400));
    }

    private void opened(RunId run, String project) {
        ledger.append(
                AuditChain.of(run),
                new AuditEvent.RunOpened(
                        ActorId.parse("local:local:ana"),
                        MessageId.parse("local:local:general:" + run.number()),
                        project,
                        "mend it"));
    }

    private Calls.Account step(int number, long plan, long step) {
        String name = "r1 step " + number;
        return new Calls.Account(
                stops.epochOf(RUN), SHOP, name, List.of(of("r1", tokens(plan)), of(name, tokens(step))));
    }

    private Calls.Account inDay(RunId run, long most) {
        ModelAllowance allowance = new ModelAllowance(tokens(1), null, new Budget(ModelAllowance.WINDOW, most));
        return new Calls.Account(
                stops.epochOf(run), SHOP, "r1", allowance.of(tokens(1_000_000), List.of(), "r1", "r1", "shop"));
    }

    @Test
    void nothing_is_said_of_a_run_that_used_nothing() {
        assertEquals("", meter(priced()).spent(RUN));
        Meter unpriced = meter(unpriced());
        use(unpriced, RUN, "r1", 7, 5);
        assertEquals("12 tokens", unpriced.spent(RUN));
    }

    private static int granted(Meter meter, Calls.Account account, long read, int least, int most) {
        try (Meter.Room room = meter.reserve(account, read, least, most)) {
            return room.written();
        }
    }

    private static void use(Meter meter, RunId run, String account, long read, long written) {
        Budget plenty = tokens(1_000_000);
        StopSwitch.Epoch began = new StopSwitch(0).epochOf(run);
        try (Meter.Room room =
                meter.reserve(new Calls.Account(began, SHOP, account, List.of(of(account, plenty))), read, 1, 1)) {
            room.used(read, written);
        }
    }

    private Calls.Account account(RunId run, String name, Budget limit) {
        return new Calls.Account(stops.epochOf(run), SHOP, name, List.of(of(name, limit)));
    }

    private static Limit of(String name, Budget most) {
        return new Limit(Limit.Over.RUN, name, most, "Ask for more.");
    }

    private static Budget tokens(long most) {
        return new Budget(Duration.ofHours(1), most);
    }

    private Meter meter(ModelSetting setting) {
        return new Meter(setting, ledger, ledger, clock);
    }

    private static ModelSetting priced() {
        return setting(new BigDecimal("2.00"), new BigDecimal("8.00"));
    }

    private static ModelSetting unpriced() {
        return setting(null, null);
    }

    private static ModelSetting setting(BigDecimal input, BigDecimal output) {
        return new ModelSetting(
                ModelSetting.Provider.OPENAI,
                "m",
                null,
                null,
                input,
                output,
                true,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }
}
