package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.BO;
import static dev.saywhen.safety.World.LOCAL;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.TEAM;
import static dev.saywhen.safety.World.TIM;
import static dev.saywhen.safety.World.denied;
import static dev.saywhen.safety.World.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.safety.fakes.PlanWaits;
import dev.saywhen.words.StopRecognition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason for a no is reached, says so in one line, is recorded, and changes nothing. */
class DenialTest {
    private final World world = new World();

    /** One way to get a no for this reason. Exhaustive: a new reason does not compile until it is reached here. */
    private Denial reach(Reason reason) {
        return switch (reason) {
            case NOT_A_PHRASE -> reply(world.says(ANA, "yes but rename the table"));
            case EDITED -> reply(world.says(ANA, "yes").marked(Reply.Mark.EDITED));
            case OTHER_THREAD ->
                reply(world.says(ANA, "yes").in(new ThreadId(new MessageId(World.THREAD.channel(), "another"))));
            case QUOTED -> reply(world.says(ANA, "yes").marked(Reply.Mark.QUOTE));
            case REPLY_TO_OTHER ->
                reply(world.says(ANA, "yes").replyingTo(new MessageId(World.THREAD.channel(), "small-talk")));
            case MACHINE -> reply(world.says(ANA, "yes").marked(Reply.Mark.MACHINE));
            case OTHER_TEAM ->
                reply(world.says(new ActorId(TeamId.parse("slack:T2"), "ana"), "yes")
                        .in(World.THREAD));
            case GUEST -> {
                world.goLocal();
                yield reply(world.says(new ActorId(LOCAL, "gus"), "yes").marked(Reply.Mark.GUEST));
            }
            case NOT_APPROVER -> reply(world.says(TIM, "yes"));
            case APPROVERS_UNREADABLE -> {
                world.use(BrokenPort.of(Approvers.class, world.approvers, "policy"));
                yield reply(world.says(ANA, "yes"));
            }
            case SECOND_PERSON -> {
                world.approvers.policy(new Approvers.Policy(false, Set.of(ANA, TIM), true, 1));
                yield reply(world.says(TIM, "yes"));
            }
            case ALREADY_APPROVED -> {
                world.approvers.policy(new Approvers.Policy(false, Set.of(ANA, BO), false, 2));
                world.authorize(world.says(ANA, "yes"));
                yield reply(world.says(ANA, "proceed"));
            }
            case BEFORE_PLAN ->
                reply(world.says(ANA, "yes").at(world.clock.instant().minus(Duration.ofMinutes(1))));
            case STOPPED -> {
                world.stop(RUN);
                world.stops.rearm(world.stops.epochOf(RUN));
                yield reply(world.says(ANA, "yes"));
            }
            case READING_TIME -> {
                world.revisions.await(world.plan(2).replacingSeen());
                world.clock.tick(Duration.ofSeconds(6));
                yield reply(world.says(ANA, "proceed"));
            }
            case OTHER_REVISION -> reply(world.says(ANA, "proceed r2"));
            case NOT_AWAITING -> {
                world.revisions.awaitNothing(RUN);
                yield reply(world.says(ANA, "yes"));
            }
            case EXPIRED -> {
                world.clock.tick(Duration.ofHours(24));
                yield reply(world.says(ANA, "yes"));
            }
            case QUESTION_OPEN -> {
                world.revisions.await(world.plan(1).withQuestionOpen());
                world.clock.tick(Duration.ofMinutes(1));
                yield reply(world.says(ANA, "proceed"));
            }
            case COULD_ANSWER_ANYBODY -> {
                world.revisions.await(world.plan(1).spokenInBy(BO, ANA));
                world.clock.tick(Duration.ofMinutes(1));
                yield reply(world.says(ANA, "yes"));
            }
            case OBJECTED -> {
                world.revisions.await(world.plan(1).objectedToBy(BO));
                world.clock.tick(Duration.ofMinutes(1));
                yield reply(world.says(ANA, "proceed"));
            }
            case STALE -> {
                world.base.finds(new BaseCheck.Finding.Stale("pom.xml changed on main. `plan` makes a fresh one."));
                yield reply(world.says(ANA, "yes"));
            }
            case BASE_UNREADABLE -> {
                world.use(BrokenPort.of(BaseCheck.class, world.base, "look"));
                yield reply(world.says(ANA, "yes"));
            }
            case USED_MESSAGE -> {
                World.Says yes = world.says(ANA, "yes");
                world.revisions.used(yes.build().message());
                yield reply(yes);
            }
            case MOVED -> {
                BaseCheck planMovesMeanwhile = _ -> {
                    world.revisions.await(world.plan(2));
                    return new BaseCheck.Finding.Holds("");
                };
                world.use(planMovesMeanwhile);
                yield reply(world.says(ANA, "yes"));
            }
            case SHARED_NETWORK -> {
                world.goLocal();
                world.networkShared = true;
                yield reply(world.says(new ActorId(LOCAL, "ana"), "yes"));
            }
            case NOT_CHECKED -> {
                world.use(BrokenPort.of(CurrentRevisions.class, world.revisions, "pending"));
                yield reply(world.says(ANA, "yes"));
            }
            case UNHEARD -> {
                Permit permit = world.permit();
                world.clock.tick(Duration.ofSeconds(16));
                yield refused(world.gate.perform(permit, World.write("src/Book.java")));
            }
            case PAST_DEADLINE -> {
                Permit permit = world.permit();
                world.clock.tick(Duration.ofHours(2));
                world.hearing.heard(TEAM);
                yield refused(world.gate.perform(permit, World.write("src/Book.java")));
            }
            case OUT_OF_SCOPE -> refused(world.gate.perform(world.permit(), World.write("README.md")));
            case ALL_CALLS_MADE -> {
                world.revisions.await(new PlanWaits(
                                PlanSample.calling(RUN, 1, PlanSample.CHANGES_OUTSIDE),
                                World.THREAD,
                                world.clock.instant())
                        .requestedBy(TIM));
                world.clock.tick(Duration.ofMinutes(1));
                world.hearing.heard(TEAM);
                world.callsMade = 1;
                yield refused(world.gate.perform(
                        world.permit(),
                        new Effect.CallTool(RUN, PlanSample.PROJECT, PlanSample.CHANGES_OUTSIDE, "code", "{}")));
            }
            case NOT_RECORDED -> {
                Permit permit = world.permit();
                world.use(new TrailThatTakesRefusalsOnly(world.trail));
                yield refused(world.gate.perform(permit, World.write("src/Book.java")));
            }
        };
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case NOT_A_PHRASE -> "Not taken as a yes.";
            case EDITED -> "An edited message is no yes. Say it in a new one.";
            case OTHER_THREAD -> "A yes counts only in the thread of the run.";
            case QUOTED -> "A quote, a forward or a file is no yes. Type it.";
            case REPLY_TO_OTHER -> "That answers another message than the plan. Answer the plan.";
            case MACHINE -> "An app, a bot or a webhook can't say yes.";
            case OTHER_TEAM -> "Only somebody of this team can say yes here.";
            case GUEST -> "A guest can't say yes here.";
            case NOT_APPROVER -> "Thanks. Only @ana or @bo can say yes here.";
            case APPROVERS_UNREADABLE -> "I could not read who may say yes, so nobody may.";
            case SECOND_PERSON -> "A second person has to say yes: not @tim, who asked for this.";
            case ALREADY_APPROVED -> "Your yes is counted already. Somebody else has to say yes too.";
            case BEFORE_PLAN -> "That was said before the plan stood here. Say it again.";
            case STOPPED -> "A stop was said after that. Say it again if it still holds.";
            case READING_TIME -> "r2 is 6 s old. Say `proceed r2` if you have read it.";
            case OTHER_REVISION -> "r2 is not the newest plan. r1 is.";
            case NOT_AWAITING -> "Nothing waits for a yes here now.";
            case EXPIRED -> "r1 expired, nothing was done. `plan` makes a fresh one.";
            case QUESTION_OPEN -> "A question of mine is open here. Answer it first.";
            case COULD_ANSWER_ANYBODY -> "That could be meant for somebody else. For r1 reply: proceed r1";
            case OBJECTED -> "@bo said not yet. r1 can't start until @bo replies withdraw, or a new revision comes.";
            case STALE -> "pom.xml changed on main. `plan` makes a fresh one.";
            case BASE_UNREADABLE ->
                "I could not look at the repository, so that yes does not count yet. Say it again when it can be read.";
            case USED_MESSAGE -> "That message was used before. Say it in a new one.";
            case MOVED -> "The run moved while I checked that yes. Look at the newest plan first.";
            case SHARED_NETWORK ->
                "A command uses the host's network now, so no yes counts on the local chat. "
                        + "Say it again when the command has ended.";
            case NOT_CHECKED ->
                "I could not check that yes, so it does not count: something I have to ask did not answer. "
                        + "Say it again in a moment.";
            case UNHEARD -> "I could not hear a stop now, so I do nothing.";
            case PAST_DEADLINE -> "The time of this plan is over.";
            case OUT_OF_SCOPE -> "The plan does not name this: README.md, 13 characters";
            case ALL_CALLS_MADE ->
                "The yes to r1 covers 1 call of close_issue of tracker, and no more are left. "
                        + "Another one needs a plan that names it.";
            case NOT_RECORDED -> "The audit trail could not be written, so I did nothing.";
        };
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_is_reached_and_told_in_one_line(Reason reason) {
        assertEquals(new Denial(reason, sentence(reason)), reach(reason));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void what_is_denied_changes_nothing(Reason reason) {
        reach(reason);

        boolean hadPermit = Set.of(
                        Reason.UNHEARD,
                        Reason.PAST_DEADLINE,
                        Reason.OUT_OF_SCOPE,
                        Reason.ALL_CALLS_MADE,
                        Reason.NOT_RECORDED)
                .contains(reason);
        assertEquals(hadPermit ? 1 : 0, world.revisions.settled().size());
        assertEquals(List.of(), world.callTool.done());
        assertEquals(List.of(), world.writeFile.done());
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_RECORDED")
    void what_is_denied_is_recorded(Reason reason) {
        reach(reason);

        AuditEvent.Refused refused = assertInstanceOf(AuditEvent.Refused.class, world.trail.newest());
        assertEquals(reason.name(), refused.reason());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void no_denial_is_a_stop_when_a_bridge_mirrors_it(Reason reason) {
        StopRecognition ears = new StopRecognition(Set.of(), "saywhen");

        assertTrue(ears.hearMachine(sentence(reason)).isEmpty());
    }

    @Test
    void a_refusal_that_cannot_be_recorded_is_a_refusal_all_the_same() {
        world.use(BrokenPort.of(AuditTrail.class, world.trail, "append"));

        assertEquals(Reason.NOT_A_PHRASE, reply(world.says(ANA, "ok")).reason());
    }

    @Test
    void a_look_at_the_repository_that_a_stop_ended_asks_nobody_to_say_yes_again() {
        world.revisions.await(world.plan(1));
        world.clock.tick(Duration.ofMinutes(1));
        world.base.whileLooking(() -> {
            world.stop(null);
            throw new IllegalStateException("git ls-remote was stopped");
        });
        assertEquals(
                "A stop came at the same moment and wins. Nothing was begun.",
                reply(world.says(ANA, "yes")).sentence());
    }

    private Denial reply(World.Says reply) {
        return denied(world.authorize(reply));
    }

    private record TrailThatTakesRefusalsOnly(AuditTrail real) implements AuditTrail {
        @Override
        public AuditMark append(AuditChain chain, AuditEvent event) {
            if (event instanceof AuditEvent.Refused) {
                return real.append(chain, event);
            }
            throw new IllegalStateException("the database is gone");
        }

        @Override
        public AuditMark head(AuditChain chain) {
            return real.head(chain);
        }
    }
}
