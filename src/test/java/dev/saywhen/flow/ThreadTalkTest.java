package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.chat.InboundEvent;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.Approvers.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said in the thread of a run, and beside it: STOP, phrase, command, answer, talk (gate.md, sections 4, 5, 8 and 10). */
class ThreadTalkTest {
    private static final String LIBRARY = "Run 1, demo, a library of books: ";

    private final Stage stage = new Stage();

    @Test
    void a_near_miss_is_answered_once_per_person_and_revision() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of("Not taken as a yes: \"ok\". For r1 reply only: proceed. For a change, start with change."),
                stage.answers(thread, "ana", "ok"));
        assertEquals(List.of(), stage.answers(thread, "ana", "lgtm"));
        assertEquals(
                List.of("Not taken as a yes: \"sure\". For r1 reply only: proceed. For a change, start with change."),
                stage.answers(thread, "bo", "sure"));
        stage.say(thread, "ana", "change a book has pages");
        assertEquals(
                List.of("Not taken as a yes: \"ok\". For r2 reply only: proceed. For a change, start with change."),
                stage.answers(thread, "ana", "ok"));
        assertEquals(
                4,
                stage.ledger.types(stage.run(thread).id()).stream()
                        .filter("near-miss"::equals)
                        .count());
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void somebody_who_may_not_say_yes_is_told_who_may() {
        ThreadId thread = stage.planned();
        assertEquals(List.of("Thanks. Only @ana or @bo can say yes to r1."), stage.answers(thread, "tim", "ok"));
        assertEquals(List.of(), stage.answers(thread, "tim", "ok then"));
    }

    @Test
    void talk_while_a_plan_waits_gets_eyes_and_no_answer() {
        ThreadId thread = stage.planned();
        assertEquals(List.of(), stage.answers(thread, "bo", "nice weather"));
        assertTrue(stage.chat.reactions().contains("👀 p2"));
        assertEquals(
                List.of("That could be meant for somebody else. For r1 reply: proceed r1"),
                stage.answers(thread, "ana", "yes"));
        stage.say(thread, "ana", "proceed r1");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void talk_that_is_deleted_before_its_eyes_come_is_not_waited_for() {
        ThreadId thread = stage.planned();
        stage.chat.delete(new MessageId(thread.channel(), "p2"));
        stage.say(thread, "bo", "nice weather");
        assertEquals(List.of("👀 p1"), stage.chat.reactions());
        assertEquals(0, stage.outbox.waiting());
    }

    @Test
    void an_aside_is_nobodys_business() {
        ThreadId thread = stage.planned();
        assertEquals(List.of(), stage.answers(thread, "bo", "!aside yes, what do you think"));
        assertEquals(List.of("👀 p1"), stage.chat.reactions());
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void whoever_orders_or_asks_something_has_written_in_the_thread_too() {
        for (String words : List.of("status", "whoami", "plan", "@saywhen how long does it take?")) {
            Stage other = new Stage();
            ThreadId thread = other.planned();
            other.say(thread, "bo", words);
            assertEquals(
                    List.of("That could be meant for somebody else. For r1 reply: proceed r1"),
                    other.answers(thread, "ana", "yes"),
                    words);
        }
    }

    @Test
    void a_change_makes_the_next_revision_and_voids_the_pending_one_at_once() {
        ThreadId thread = stage.planned();
        stage.post(stage.in(thread, "bo", "change a book has pages"));
        stage.executor.runOne();
        assertEquals("planning PLAN", stage.state(thread));
        stage.settle();
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(
                List.of(
                        "Plan r2, demo: library service",
                        "a library of books / a book has pages",
                        "At most 2 h. Commands: kept apart.",
                        "Not touched: main.",
                        "Risk: none that I know",
                        "Way back: revert two commits",
                        "To say yes: `proceed` here, from @ana or @bo, until Wed 09:00 UTC. Code #. Audit #.",
                        "Should I begin implementation of the proposed backend architecture?"),
                stage.last(thread)
                        .lines()
                        .filter(line -> !line.startsWith("New since"))
                        .toList());
        assertEquals(List.of("r1 is not the newest plan. r2 is."), stage.answers(thread, "ana", "proceed r1"));
    }

    @Test
    void a_mention_that_is_no_question_is_a_change() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "@saywhen a book has pages");
        assertEquals(2, stage.run(thread).newest().value());
        assertEquals(List.of("a book has pages"), stage.run(thread).brief().answers());
    }

    @Test
    void a_question_is_answered_and_changes_nothing() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of(LIBRARY
                        + "waits for a yes to r1\n`plan` shows all of it, `diff` what changed, `help` what I do."),
                stage.answers(thread, "ana", "@saywhen what do you need?"));
        assertEquals(1, stage.run(thread).newest().value());
    }

    @Test
    void a_change_while_acting_is_noted_only() {
        ThreadId thread = stage.planned();
        InboundMessage change = stage.in(thread, "ana", "change a book has pages");
        stage.effects.inCommand(() -> stage.post(change));
        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(1, stage.run(thread).newest().value());
    }

    @Test
    void an_objection_holds_the_plan_back_until_it_is_withdrawn() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of("Noted: @bo says not yet. r1 can't start until @bo replies withdraw, or a new revision comes."),
                stage.answers(thread, "bo", "not yet"));
        assertEquals(
                List.of("@bo said not yet. r1 can't start until @bo replies withdraw, or a new revision comes."),
                stage.answers(thread, "ana", "proceed r1"));
        assertEquals(List.of("Noted: @ana withdrew. r1 waits for a yes."), stage.answers(thread, "ana", "withdraw"));
        assertEquals(
                List.of("@bo said not yet. r1 can't start until @bo replies withdraw, or a new revision comes."),
                stage.answers(thread, "ana", "proceed r1"));
        assertEquals(List.of("Noted: @bo withdrew. r1 waits for a yes."), stage.answers(thread, "bo", "withdraw"));
        stage.say(thread, "ana", "proceed r1");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void a_new_revision_ends_an_objection() {
        ThreadId thread = stage.planned();
        stage.say(thread, "bo", "no");
        stage.say(thread, "bo", "change a book has pages");
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void only_who_may_say_yes_can_say_no() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of("Only somebody who may say yes can hold a plan back."), stage.answers(thread, "tim", "no"));
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void orders_are_answered_in_any_state() {
        ThreadId thread = stage.planned();
        assertEquals(List.of(LIBRARY + "waits for a yes to r1"), stage.answers(thread, "tim", "status"));
        assertEquals(List.of("What I do."), stage.answers(thread, "tim", "help"));
        assertEquals(
                List.of("You are local:local:tim. You may not say yes here."), stage.answers(thread, "tim", "whoami"));
        assertEquals(
                List.of("You are local:local:bo. You may say yes here."),
                stage.answers(thread, "bo", "@saywhen whoami"));
        assertEquals(
                List.of("r1 is the first plan; nothing is on the branch yet."), stage.answers(thread, "tim", "diff"));
        String plan = stage.answers(thread, "tim", "plan").getFirst();
        assertTrue(plan.startsWith("# Plan r1 of run 1, demo: library service\n"), plan);
        assertFalse(plan.contains("Should I begin"), plan);
        assertEquals(
                List.of("There is nothing to resume. " + LIBRARY + "waits for a yes to r1"),
                stage.answers(thread, "ana", "resume"));
    }

    @Test
    void diff_shows_what_differs_between_two_revisions() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "change a book has pages");
        assertEquals(List.of("""
                        r1 to r2:
                        ```
                        - # Plan r1 of run 1, demo: library service
                        + # Plan r2 of run 1, demo: library service
                        + > - a library of books / a book has pages
                        + > - a book has pages
                        ```"""), stage.answers(thread, "tim", "diff"));
    }

    @Test
    void a_yes_while_asking_is_an_answer() {
        stage.engineer.asks(new Asked.Questions(List.of("books"), List.of("With loans?", "How many?")));
        ThreadId thread = stage.planned();
        assertEquals("""
                I build Quarkus services.
                I understood:
                - books
                2 questions; one reply is enough:
                1. With loans?
                2. How many?
                Say `plan` and I go with what I would take.""", stage.last(thread));
        stage.say(thread, "ana", "yes");
        assertEquals(List.of("yes"), stage.run(thread).brief().answers());
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(List.of(), stage.effects.deeds());
    }

    @Test
    void plan_ends_the_questions() {
        stage.engineer.asks(new Asked.Questions(List.of(), List.of("With loans?")));
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "plan");
        assertTrue(stage.run(thread).brief().assumed());
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void an_answer_that_comes_while_the_last_one_is_thought_about_is_not_lost() {
        stage.engineer.asks(new Asked.Questions(List.of(), List.of("With loans?")));
        ThreadId thread = stage.planned();
        InboundMessage second = stage.in(thread, "ana", "and a due date");
        stage.engineer.meanwhile(() -> {
            stage.post(second);
            stage.executor.runOne();
        });
        stage.say(thread, "ana", "with loans");
        assertEquals(
                List.of("with loans", "and a due date"),
                stage.run(thread).brief().answers());
    }

    @Test
    void cancel_ends_a_run_and_is_taken_back_for_thirty_days() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of("Cancelled. What is committed stays on saywhen/run-1. `resume` takes this back for 30 days."),
                stage.answers(thread, "ana", "cancel"));
        assertEquals(List.of("Nothing waits for a yes here now."), stage.answers(thread, "ana", "proceed"));
        stage.tick(Duration.ofDays(29));
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(2, stage.run(thread).newest().value());
        stage.say(thread, "ana", "cancel");
        stage.tick(Duration.ofDays(31));
        assertEquals(
                List.of("There is nothing to resume. " + LIBRARY + "cancelled"),
                stage.answers(thread, "ana", "resume"));
    }

    @Test
    void a_cancel_is_taken_back_after_a_restart() {
        ThreadId thread = stage.planned();
        stage.say(thread, "ana", "cancel");
        stage.restart();
        stage.settle();
        stage.say(thread, "ana", "resume");
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        stage.say(thread, "ana", "proceed");
        assertEquals("completed DOCUMENT", stage.state(thread));
    }

    @Test
    void only_the_requester_or_an_approver_cancels() {
        ThreadId thread = stage.planned();
        assertEquals(
                List.of("Only @ana or somebody who may say yes can cancel this."),
                stage.answers(thread, "tim", "cancel"));
        stage.say(thread, "bo", "cancel");
        assertEquals("cancelled PLAN", stage.state(thread));
    }

    @Test
    void a_yes_outside_of_the_thread_is_told_where_the_thread_is() {
        ThreadId thread = stage.planned();
        InboundMessage stray = stage.root("ana", "proceed");
        stage.post(stray);
        stage.settle();
        assertEquals(
                List.of("A yes counts only in the thread of its plan: run 1, in orders-dev, message p1."),
                stage.said(stray.thread()));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void a_direct_message_is_answered_and_a_yes_in_it_counts_nowhere() {
        ThreadId thread = stage.planned();
        ChannelId direct = new ChannelId(Stage.TEAM, "@ana");
        ThreadId talk = new ThreadId(new MessageId(direct, "d1"));
        stage.post(stage.by(talk, Stage.person("ana"), "proceed", InboundMessage.Trait.DIRECT));
        stage.settle();
        assertEquals(
                List.of("A yes counts only in the thread of its plan: run 1, in orders-dev, message p1."),
                stage.said(talk));
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void a_channel_without_a_project_is_told_where_to_ask() {
        ThreadId lost = new ThreadId(new MessageId(new ChannelId(Stage.TEAM, "random"), "x1"));
        stage.post(stage.by(lost, Stage.person("ana"), "@saywhen a library"));
        stage.settle();
        assertEquals(List.of("No project is talked about here. Ask in one of: #orders-dev."), stage.said(lost));
        assertEquals(List.of(), stage.store.all());
    }

    @Test
    void the_name_of_the_project_before_a_request_is_no_part_of_it() {
        stage.post(stage.root("ana", "@saywhen demo: Book: title string"));
        stage.settle();
        assertEquals("Book: title string", stage.store.all().getFirst().brief().task());
    }

    @Test
    void a_project_that_is_addressed_elsewhere_is_told_where_to_ask() {
        ThreadId lost = new ThreadId(new MessageId(new ChannelId(Stage.TEAM, "random"), "x1"));
        stage.post(stage.by(lost, Stage.person("ana"), "@saywhen demo: a library"));
        stage.settle();
        assertEquals(
                List.of("The project demo is not talked about here. Ask in one of: #orders-dev."), stage.said(lost));
        assertEquals(List.of(), stage.store.all());
    }

    @Test
    void a_guest_opens_nothing_changes_nothing_and_resumes_nothing() {
        ThreadId thread = stage.planned();
        InboundMessage root = stage.root("eve", "@saywhen a shop");
        stage.post(new InboundMessage(
                root.id(), root.thread(), Stage.guest("eve"), root.text(), root.said(), null, Set.of()));
        stage.settle();
        assertEquals(List.of("A guest can't open a run here."), stage.said(root.thread()));

        for (String words : List.of("change a book has pages", "@saywhen a book has pages", "cancel", "undo")) {
            stage.post(stage.by(thread, Stage.guest("eve"), words));
            stage.settle();
        }
        assertEquals(1, stage.run(thread).newest().value());
        stage.say(thread, "ana", "stop");
        stage.post(stage.by(thread, Stage.guest("eve"), "resume"));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
        assertEquals("A guest can't do that here.", stage.last(thread));
    }

    @Test
    void a_guest_answers_no_question() {
        stage.engineer.asks(new Asked.Questions(List.of(), List.of("With loans?")));
        ThreadId thread = stage.planned();
        stage.post(stage.by(thread, Stage.guest("eve"), "without"));
        stage.settle();
        assertEquals(List.of(), stage.run(thread).brief().answers());
        assertEquals("asking ASK", stage.state(thread));
    }

    @Test
    void a_machine_is_heard_for_nothing_but_a_stop() {
        ThreadId thread = stage.planned();
        for (String words : List.of("proceed", "change a book has pages", "cancel", "resume", "no", "nice")) {
            stage.post(stage.by(thread, Stage.machine("ci"), words));
            stage.settle();
        }
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(List.of("👀 p1"), stage.chat.reactions());
        stage.post(stage.by(thread, Stage.machine("ci"), "stop"));
        stage.settle();
        assertEquals("held PLAN", stage.state(thread));
    }

    @Test
    void an_edit_is_no_yes_and_no_order() {
        ThreadId thread = stage.planned();
        InboundMessage talk = stage.say(thread, "ana", "nice");
        for (String words : List.of("proceed", "cancel", "change x")) {
            stage.bring(new InboundEvent.Edited(new InboundMessage(
                    talk.id(), thread, talk.author(), words, stage.clock.instant(), null, Set.of())));
            stage.settle();
        }
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
        assertEquals(List.of(), stage.effects.deeds());
    }

    @Test
    void a_redelivery_makes_one_effect() {
        ThreadId thread = stage.planned();
        InboundMessage change = stage.in(thread, "ana", "change a book has pages");
        stage.post(change);
        stage.post(change);
        stage.settle();
        stage.post(change);
        stage.settle();
        assertEquals(2, stage.run(thread).newest().value());
        InboundMessage yes = stage.in(thread, "ana", "proceed");
        stage.post(yes);
        stage.post(yes);
        stage.settle();
        stage.post(yes);
        stage.settle();
        assertEquals(3, stage.run(thread).commits().size());
        assertEquals(
                1,
                stage.ledger.types(stage.run(thread).id()).stream()
                        .filter("permit-minted"::equals)
                        .count());
    }

    @Test
    void a_message_that_met_a_failure_is_taken_up_again() {
        ThreadId thread = stage.planned();
        stage.post(stage.in(thread, "ana", "change a book has pages"));
        stage.power.cut();
        stage.executor.runOne();
        stage.power.restore();
        stage.tick(Duration.ofSeconds(1));
        assertEquals(List.of("a book has pages"), stage.run(thread).brief().answers());
        assertEquals("awaiting-authorization PLAN", stage.state(thread));
    }

    @Test
    void nobody_may_while_the_list_is_empty() {
        ThreadId thread = stage.planned();
        stage.approvers.policy(new Policy(false, Set.of(), false, 1));
        assertEquals(
                List.of("Nobody may say yes here: the project lists no approvers."),
                stage.answers(thread, "ana", "proceed"));
        assertEquals(List.of("Thanks. Nobody can say yes to r1."), stage.answers(thread, "ana", "ok"));
    }

    @Test
    void ordinary_talk_elsewhere_is_not_kept() {
        stage.planned();
        InboundMessage talk = stage.root("tim", "lunch?");
        stage.post(talk);
        assertEquals(List.of(), stage.store.unhandled());
        assertEquals(0, stage.executor.waiting());
    }
}
