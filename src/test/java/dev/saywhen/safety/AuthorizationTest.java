package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.BO;
import static dev.saywhen.safety.World.LOCAL;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.TEAM;
import static dev.saywhen.safety.World.THREAD;
import static dev.saywhen.safety.World.TIM;
import static dev.saywhen.safety.World.denied;
import static dev.saywhen.safety.World.granted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.safety.fakes.FakeRevisions.Settled;
import dev.saywhen.safety.fakes.PlanWaits;
import dev.saywhen.words.ConsentPhrases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 4 and 5 of the safety contract, through the gate. */
class AuthorizationTest {
    private static final ActorId CY = new ActorId(TEAM, "cy");

    private final World world = new World();

    @Nested
    class A_phrase {
        @ParameterizedTest
        @MethodSource("dev.saywhen.safety.AuthorizationTest#phrases")
        void of_the_closed_list_is_a_yes(String phrase) {
            assertEquals(phrase, granted(say(ANA, phrase)).authorization().phrase());
        }

        @ParameterizedTest
        @ValueSource(strings = {"Yes.", "@saywhen proceed", "  PROCEED!", "yes @saywhen", "yes\n", "Proceed r1"})
        void counts_after_the_narrow_normalisation(String text) {
            granted(say(ANA, text));
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
                    "proceed r01",
                    "yes\u3000please",
                    "yеs",
                    "proceed r1 r1",
                    "May I proceed with implementing this backend solution?"
                })
        void is_nothing_that_only_resembles_one(String text) {
            assertEquals(Reason.NOT_A_PHRASE, denied(say(ANA, text)).reason());
        }

        @Test
        void is_recorded_as_it_is_compared_with_who_and_when_and_for_what() {
            World.Says yes = world.says(ANA, "  @saywhen Yes, proceed R1! ");
            PlanRevision plan = PlanSample.plan(RUN, 1);

            assertEquals(
                    new Authorization(
                            RUN,
                            new RevisionNumber(1),
                            plan.digest(),
                            ANA,
                            yes.build().message(),
                            "yes, proceed",
                            world.clock.instant(),
                            List.of(ANA)),
                    granted(world.authorize(yes)).authorization());
        }
    }

    @Nested
    class Rule_1_the_message {
        @ParameterizedTest
        @EnumSource(
                value = Reply.Mark.class,
                names = {"QUOTE", "FORWARD", "FILE"})
        void is_no_quote_forward_or_file(Reply.Mark mark) {
            assertEquals(
                    Reason.QUOTED,
                    denied(world.authorize(world.says(ANA, "yes").marked(mark))).reason());
        }

        @Test
        void may_reply_to_any_part_of_the_plan_message() {
            granted(world.authorize(world.says(ANA, "yes").replyingTo(planPart(1))));
        }

        @Test
        void may_not_reply_to_the_plan_message_of_another_revision() {
            world.revisions.await(world.plan(2));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    Reason.REPLY_TO_OTHER,
                    denied(world.authorize(world.says(ANA, "yes").replyingTo(planPart(1))))
                            .reason());
        }

        private MessageId planPart(int revision) {
            return new MessageId(THREAD.channel(), "plan-r" + revision + "-1");
        }
    }

    @Nested
    class Rule_2_the_author {
        @Test
        void is_known_by_id_and_never_by_name() {
            ActorId namesake = new ActorId(TEAM, "Ana");

            assertEquals(Reason.NOT_APPROVER, denied(say(namesake, "yes")).reason());
        }

        @Test
        void is_nobody_if_the_list_is_empty() {
            policy(Set.of(), false, 1);

            assertEquals(
                    new Denial(Reason.NOT_APPROVER, "Nobody may say yes here: the project lists no approvers."),
                    denied(say(ANA, "yes")));
        }

        @Test
        void is_not_just_anyone_outside_the_local_chat() {
            world.approvers.policy(new Approvers.Policy(true, Set.of(), false, 1));

            assertEquals(Reason.NOT_APPROVER, denied(say(ANA, "yes")).reason());
        }

        @Test
        void may_be_anyone_on_the_local_chat() {
            world.goLocal();

            granted(say(new ActorId(LOCAL, "whoever"), "yes"));
        }

        @Test
        void is_no_machine_even_if_it_is_listed() {
            assertEquals(
                    Reason.MACHINE,
                    denied(world.authorize(world.says(ANA, "yes").marked(Reply.Mark.MACHINE)))
                            .reason());
        }

        @Test
        void is_nobody_who_left_the_team_even_if_still_listed() {
            world.approvers.standing(ANA, Approvers.Standing.OUTSIDER);

            assertEquals(Reason.OTHER_TEAM, denied(say(ANA, "yes")).reason());
        }

        @Test
        void is_a_guest_only_if_listed_by_id() {
            world.approvers.standing(ANA, Approvers.Standing.GUEST);

            granted(say(ANA, "yes"));
        }

        @Test
        void is_no_guest_by_being_anyone() {
            world.goLocal();
            ActorId gus = new ActorId(LOCAL, "gus");
            world.approvers.standing(gus, Approvers.Standing.GUEST);

            assertEquals(Reason.GUEST, denied(say(gus, "yes")).reason());
        }

        @Test
        void is_not_the_requester_where_a_second_person_is_asked_for() {
            policy(Set.of(ANA, TIM), true, 1);

            assertEquals(Reason.SECOND_PERSON, denied(say(TIM, "yes")).reason());
            granted(say(ANA, "yes"));
        }

        @Test
        void is_not_whoever_asked_for_a_change_where_a_second_person_is_asked_for() {
            policy(Set.of(ANA, BO), true, 1);
            world.revisions.await(world.plan(1).requestedBy(TIM, ANA));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(Reason.SECOND_PERSON, denied(say(ANA, "yes")).reason());
            granted(say(BO, "yes"));
        }

        @Test
        void is_not_the_requester_under_a_linked_id_either() {
            ActorId timOnAnotherAccount = new ActorId(TEAM, "tim2");
            policy(Set.of(timOnAnotherAccount), true, 1);
            world.approvers.linked(TIM, "tim");
            world.approvers.linked(timOnAnotherAccount, "tim");

            assertEquals(
                    Reason.SECOND_PERSON,
                    denied(say(timOnAnotherAccount, "yes")).reason());
        }

        @Test
        void may_be_the_requester_where_no_second_person_is_asked_for() {
            policy(Set.of(TIM), false, 1);

            granted(say(TIM, "yes"));
        }
    }

    @Nested
    class Several_people {
        @Test
        void have_to_say_yes_where_the_project_asks_for_them() {
            policy(Set.of(ANA, BO, CY), false, 3);

            assertEquals(2, missing(say(ANA, "yes")));
            assertEquals(1, missing(say(BO, "proceed")));
            assertEquals(
                    List.of(ANA, BO, CY),
                    granted(say(CY, "proceed")).authorization().approvers());
        }

        @Test
        void are_different_people_and_linked_ids_are_one() {
            policy(Set.of(ANA, BO), false, 2);
            world.approvers.linked(ANA, "ana");
            world.approvers.linked(BO, "ana");

            assertEquals(1, missing(say(ANA, "yes")));
            assertEquals(Reason.ALREADY_APPROVED, denied(say(BO, "yes")).reason());
        }

        @Test
        void must_all_still_be_fit_when_the_last_one_speaks() {
            policy(Set.of(ANA, BO, CY), false, 2);
            say(ANA, "yes");
            policy(Set.of(BO, CY), false, 2);

            assertEquals(1, missing(say(BO, "proceed")));
            assertEquals(
                    List.of(BO, CY), granted(say(CY, "proceed")).authorization().approvers());
        }

        @Test
        void do_not_count_whoever_asked_for_a_change_after_saying_yes() {
            policy(Set.of(ANA, BO, CY), true, 2);
            world.revisions.await(world.plan(1).requestedBy(TIM, ANA).approvedBy(List.of(ANA)));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(1, missing(say(BO, "proceed")));
        }

        @Test
        void are_not_authorized_by_a_yes_that_is_only_counted() {
            policy(Set.of(ANA, BO), false, 2);

            say(ANA, "yes");

            assertEquals(List.of(), world.revisions.settled());
            assertEquals(1, world.revisions.counted().size());
        }

        private int missing(Decision decision) {
            return assertInstanceOf(Decision.Counted.class, decision, decision.toString())
                    .missing();
        }
    }

    @Nested
    class The_local_chat {
        private final ActorId ana = new ActorId(LOCAL, "ana");
        private final ActorId bo = new ActorId(LOCAL, "bo");

        @Test
        void verifies_nobody_so_its_authors_are_never_several_people() {
            world.goLocal();
            world.approvers.policy(new Approvers.Policy(true, Set.of(), false, 2));
            say(ana, "yes");

            assertEquals(Reason.ALREADY_APPROVED, denied(say(bo, "proceed")).reason());
        }

        @Test
        void verifies_nobody_so_nobody_there_is_a_second_person() {
            world.goLocal();
            world.approvers.policy(new Approvers.Policy(true, Set.of(), true, 1));
            world.revisions.await(world.plan(1, World.thread(LOCAL)).requestedBy(ana));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(Reason.SECOND_PERSON, denied(say(bo, "proceed")).reason());
        }

        @Test
        void verifies_nobody_so_two_names_there_may_still_be_two_who_talk_to_each_other() {
            world.goLocal();
            world.revisions.await(world.plan(1, World.thread(LOCAL)).spokenInBy(bo));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(Reason.COULD_ANSWER_ANYBODY, denied(say(ana, "yes")).reason());
            granted(say(ana, "yes r1"));
        }
    }

    @Nested
    class Rule_3_the_time {
        @Test
        void is_later_than_the_plan_and_not_the_same_instant() {
            world.revisions.await(world.plan(1));

            assertEquals(Reason.BEFORE_PLAN, denied(say(ANA, "yes")).reason());
        }

        @Test
        void is_later_than_the_last_stop_and_not_the_same_instant() {
            world.stop(RUN);
            world.stops.rearm(world.stops.epochOf(RUN));

            assertEquals(Reason.STOPPED, denied(say(ANA, "yes")).reason());
            world.clock.tick(Duration.ofMillis(1));
            granted(say(ANA, "yes"));
        }

        @Test
        void is_compared_within_one_platform_only() {
            world.stopSaid(RUN, LOCAL.platform(), world.clock.instant().plus(Duration.ofHours(1)));
            world.stops.rearm(world.stops.epochOf(RUN));

            granted(say(ANA, "yes"));
        }

        @Test
        void of_a_late_copy_of_an_old_stop_does_not_hide_the_newest() {
            Instant newest = world.clock.instant();
            world.stopSaid(RUN, TEAM.platform(), newest);
            world.stopSaid(RUN, TEAM.platform(), newest.minus(Duration.ofMinutes(30)));
            world.stops.rearm(world.stops.epochOf(RUN));

            assertEquals(Reason.STOPPED, denied(say(ANA, "yes")).reason());
        }

        @Test
        void leaves_room_to_read_a_plan_that_replaced_one_the_thread_had_seen() {
            world.revisions.await(world.plan(2).replacingSeen());
            world.clock.tick(Duration.ofMillis(9_999));
            assertEquals(Reason.READING_TIME, denied(say(ANA, "proceed")).reason());

            world.clock.tick(Duration.ofMillis(1));
            granted(say(ANA, "proceed"));
        }

        @Test
        void to_read_is_not_asked_for_if_the_phrase_names_the_revision() {
            world.revisions.await(world.plan(2).replacingSeen());
            world.clock.tick(Duration.ofMillis(1));

            granted(say(ANA, "proceed r2"));
        }

        @Test
        void to_read_is_not_asked_for_of_a_first_plan() {
            world.revisions.await(world.plan(1));
            world.clock.tick(Duration.ofMillis(1));

            granted(say(ANA, "proceed"));
        }

        @Test
        void to_read_is_not_asked_for_on_the_local_chat() {
            world.goLocal();
            world.revisions.await(world.plan(2, World.thread(LOCAL)).replacingSeen());
            world.clock.tick(Duration.ofMillis(1));

            granted(say(new ActorId(LOCAL, "ana"), "proceed"));
        }
    }

    @Nested
    class Rule_4_the_revision {
        @Test
        void may_be_named() {
            granted(say(ANA, "proceed r1"));
        }

        @Test
        void is_the_newest() {
            world.revisions.await(world.plan(2));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    new Denial(Reason.OTHER_REVISION, "r1 is not the newest plan. r2 is."),
                    denied(say(ANA, "proceed r1")));
        }

        @Test
        void lives_to_the_last_instant_before_it_expires() {
            world.clock.tick(Duration.ofHours(24).minusMinutes(1).minusMillis(1));
            granted(say(ANA, "yes"));
        }

        @Test
        void is_not_authorized_while_a_run_only_asks_and_a_yes_is_then_an_answer() {
            world.revisions.awaitNothing(RUN);

            assertEquals(Reason.NOT_AWAITING, denied(say(ANA, "yes")).reason());
        }

        @Test
        void is_not_authorized_while_the_run_is_held_whatever_the_store_says() {
            world.stopFromHost(RUN);

            assertEquals(Reason.NOT_AWAITING, denied(say(ANA, "yes")).reason());
        }

        @Test
        void is_not_authorized_if_the_store_gives_that_of_another_run() {
            RunId other = new RunId(8);
            world.stops.track(other, false);
            PendingRevision mixedUp = world.plan(1).build();
            world.use(new CurrentRevisionsThat(world.revisions, () -> {}) {
                @Override
                public Optional<PendingRevision> pending(RunId run) {
                    return Optional.of(mixedUp);
                }
            });
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    Reason.NOT_AWAITING,
                    denied(world.gate.authorize(other, world.says(ANA, "yes").build()))
                            .reason());
        }

        @Test
        void is_not_authorized_for_a_run_that_no_stop_could_reach() {
            RunId untracked = new RunId(8);
            world.revisions.await(new PlanWaits(PlanSample.plan(untracked, 1), THREAD, world.clock.instant()));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    Reason.NOT_AWAITING,
                    denied(world.gate.authorize(
                                    untracked, world.says(ANA, "yes").build()))
                            .reason());
        }

        @ParameterizedTest
        @ValueSource(strings = {"yes", "yes, proceed", "i confirm", "confirmed", "authorized", "authorised"})
        void must_be_named_by_what_could_answer_anybody_once_another_person_spoke(String phrase) {
            world.revisions.await(world.plan(1).spokenInBy(BO));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    new Denial(
                            Reason.COULD_ANSWER_ANYBODY,
                            "That could be meant for somebody else. For r1 reply: proceed r1"),
                    denied(say(ANA, phrase)));
            granted(say(ANA, phrase + " r1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"proceed", "execute", "you may proceed", "i authorize"})
        void need_not_be_named_by_what_can_only_answer_the_bot(String phrase) {
            world.revisions.await(world.plan(1).spokenInBy(BO));
            world.clock.tick(Duration.ofMinutes(1));

            granted(say(ANA, phrase));
        }

        @Test
        void need_not_be_named_if_only_the_same_person_spoke() {
            ActorId anaElsewhere = new ActorId(TEAM, "ana2");
            world.approvers.linked(ANA, "ana");
            world.approvers.linked(anaElsewhere, "ana");
            world.revisions.await(world.plan(1).spokenInBy(ANA, anaElsewhere));
            world.clock.tick(Duration.ofMinutes(1));

            granted(say(ANA, "yes"));
        }
    }

    @Nested
    class Rule_5_objections {
        @Test
        void of_one_block_the_yes_of_another_and_the_own() {
            world.revisions.await(world.plan(1).objectedToBy(BO));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(Reason.OBJECTED, denied(say(ANA, "proceed")).reason());
            assertEquals(Reason.OBJECTED, denied(say(BO, "proceed")).reason());
        }

        @Test
        void are_told_by_name() {
            world.revisions.await(world.plan(1).objectedToBy(BO, ANA));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    "@ana and @bo said not yet. r1 can't start until @ana and @bo replies withdraw, "
                            + "or a new revision comes.",
                    denied(say(ANA, "proceed")).sentence());
        }
    }

    @Nested
    class Rule_6_the_base {
        @Test
        void that_moved_elsewhere_is_told_and_the_yes_counts() {
            world.base.finds(new BaseCheck.Finding.Holds("main moved by 3 commits, none in this plan's files."));

            assertEquals(
                    "main moved by 3 commits, none in this plan's files.",
                    granted(say(ANA, "yes")).movement());
        }

        @Test
        void that_moved_under_the_plan_makes_it_stale_for_everybody_whose_yes_is_needed() {
            policy(Set.of(ANA, BO), false, 2);
            say(ANA, "yes");
            world.base.finds(new BaseCheck.Finding.Stale("src/Book.java changed on main."));

            assertEquals(new Denial(Reason.STALE, "src/Book.java changed on main."), denied(say(BO, "proceed")));
        }
    }

    @Nested
    class Rule_7_the_transition {
        @Test
        void is_made_once_by_a_message() {
            World.Says yes = world.says(ANA, "yes");
            granted(world.authorize(yes));
            world.revisions.await(world.plan(2));
            world.clock.tick(Duration.ofMinutes(1));

            assertEquals(
                    Reason.USED_MESSAGE,
                    denied(world.authorize(yes.at(world.clock.instant()))).reason());
        }

        @Test
        void is_made_once_by_two_phrases() {
            granted(say(ANA, "yes"));

            assertEquals(Reason.NOT_AWAITING, denied(say(BO, "proceed")).reason());
            assertEquals(1, world.revisions.settled().size());
        }

        @Test
        void is_made_once_by_two_phrases_that_were_both_found_good() {
            World.Says second = world.says(BO, "proceed");
            BaseCheck whileTheFirstIsChecked = _ -> {
                world.use(world.base);
                granted(world.authorize(second));
                return new BaseCheck.Finding.Holds("");
            };
            world.use(whileTheFirstIsChecked);

            assertEquals(Reason.MOVED, denied(say(ANA, "yes")).reason());
            assertEquals(1, world.revisions.settled().size());
        }

        @Test
        void loses_to_a_stop_while_the_checks_run() {
            BaseCheck stopped = _ -> {
                world.stopFromHost(RUN);
                return new BaseCheck.Finding.Holds("");
            };
            world.use(stopped);

            assertEquals(Reason.MOVED, denied(say(ANA, "yes")).reason());
            assertEquals(List.of(), world.revisions.settled());
        }

        @Test
        void loses_to_a_stop_while_the_checks_run_even_if_the_run_was_told_to_think_again() {
            BaseCheck stoppedAndResumed = _ -> {
                world.stopFromHost(RUN);
                world.stops.rearm(world.stops.epochOf(RUN));
                return new BaseCheck.Finding.Holds("");
            };
            world.use(stoppedAndResumed);

            assertEquals(Reason.MOVED, denied(say(ANA, "yes")).reason());
        }

        @Test
        void loses_to_a_stop_while_it_is_stored() {
            world.use(new CurrentRevisionsThat(world.revisions, () -> world.stopFromHost(null)));

            assertEquals(
                    new Denial(Reason.STOPPED, "A stop came at the same moment and wins. Nothing was begun."),
                    denied(say(ANA, "yes")));
        }

        @Test
        void records_the_epoch_and_the_deadline_of_the_permit() {
            Permit permit = granted(say(ANA, "yes")).permit();
            Settled settled = world.revisions.settled().getFirst();

            assertEquals(permit.epoch().number(), settled.epoch());
            assertEquals(world.clock.instant().plus(Duration.ofHours(2)), settled.deadline());
            assertEquals(permit.deadline(), settled.deadline());
        }
    }

    @Nested
    class Afterwards {
        @Test
        void the_yes_stands_while_its_author_may_still_say_it() {
            assertEquals(Optional.empty(), world.gate.stillStands(world.permit()));
        }

        @Test
        void the_yes_falls_with_the_approver_list() {
            Permit permit = world.permit();
            policy(Set.of(BO), false, 1);

            assertEquals(
                    new Denial(Reason.NOT_APPROVER, "@ana may no longer say yes here."),
                    world.gate.stillStands(permit).orElseThrow());
        }

        @Test
        void the_yes_falls_with_the_membership_even_if_its_author_is_still_listed() {
            Permit permit = world.permit();
            world.approvers.standing(ANA, Approvers.Standing.OUTSIDER);

            assertEquals(
                    new Denial(Reason.NOT_APPROVER, "@ana may no longer say yes here."),
                    world.gate.stillStands(permit).orElseThrow());
        }

        @Test
        void the_yes_of_several_falls_with_any_of_them() {
            policy(Set.of(ANA, BO), false, 2);
            say(ANA, "yes");
            Permit permit = granted(say(BO, "proceed")).permit();
            policy(Set.of(BO), false, 2);

            assertEquals(
                    new Denial(Reason.NOT_APPROVER, "@ana may no longer say yes here."),
                    world.gate.stillStands(permit).orElseThrow());
        }
    }

    /** Lets something happen while an authorization is stored. */
    private static class CurrentRevisionsThat implements CurrentRevisions {
        private final CurrentRevisions real;
        private final Runnable meanwhile;

        CurrentRevisionsThat(CurrentRevisions real, Runnable meanwhile) {
            this.real = real;
            this.meanwhile = meanwhile;
        }

        @Override
        public Optional<PendingRevision> pending(RunId run) {
            return real.pending(run);
        }

        @Override
        public boolean isUsed(MessageId message) {
            return real.isUsed(message);
        }

        @Override
        public boolean count(PendingRevision seen, Authorization yes, int missing) {
            return real.count(seen, yes, missing);
        }

        @Override
        public boolean settle(PendingRevision seen, Authorization yes, long epoch, Instant deadline) {
            boolean settled = real.settle(seen, yes, epoch, deadline);
            meanwhile.run();
            return settled;
        }
    }

    static Stream<String> phrases() {
        return ConsentPhrases.CLOSED_LIST.stream();
    }

    private Decision say(ActorId who, String text) {
        return world.authorize(world.says(who, text));
    }

    private void policy(Set<ActorId> approvers, boolean secondPerson, int approvals) {
        world.approvers.policy(new Approvers.Policy(false, approvers, secondPerson, approvals));
    }
}
