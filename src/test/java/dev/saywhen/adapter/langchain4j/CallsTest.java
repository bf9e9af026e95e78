package dev.saywhen.adapter.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.flow.fakes.FakeLedger;
import dev.saywhen.flow.fakes.Power;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Budget;
import dev.saywhen.safety.StopOrder;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CallsTest {
    private static final RunId RUN = new RunId(7);
    private static final ModelSetting SETTING = new ModelSetting(
            ModelSetting.Provider.OPENAI,
            "m",
            null,
            null,
            null,
            null,
            true,
            Duration.ofSeconds(20),
            Duration.ofMillis(1));
    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("hello")).build();

    private final FakeLedger ledger =
            new FakeLedger(new TickingClock(Instant.parse("2026-11-24T09:00:00Z")), new Power());
    private final StopSwitch stops = new StopSwitch(0);

    CallsTest() {
        stops.track(RUN, false);
    }

    @Test
    void a_call_that_is_cut_off_counts_for_what_was_read_and_heard() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Calls calls = calls((_, _, heard) -> {
            heard.accept(20);
            heard.accept(10);
            asked.countDown();
            return never();
        });
        FutureTask<ChatResponse> thought = new FutureTask<>(() -> calls.answer(account(1_000_000), REQUEST));
        Thread.ofVirtual().start(thought);
        asked.await();

        stops.pull(new StopOrder(null, null, "@ana", "stop", "#general", null)).settle(Duration.ofSeconds(10));

        ExecutionException ended = assertThrows(ExecutionException.class, () -> thought.get(10, TimeUnit.SECONDS));
        assertInstanceOf(ThoughtCut.class, ended.getCause());
        assertEquals(List.of(new AuditEvent.ModelCalled("OPENAI m", "r1", tokens(), 10, true, null)), ledger.events());
    }

    @Test
    void after_a_stop_nothing_is_asked_and_nothing_is_counted() {
        Calls.Account account = account(1_000_000);
        stops.pull(new StopOrder(null, null, "@ana", "stop", "#general", null));
        Calls calls = calls((_, _, _) -> {
            throw new AssertionError("it was asked");
        });

        assertThrows(ThoughtCut.class, () -> calls.answer(account, REQUEST));
        assertEquals(List.of(), ledger.events());
    }

    @Test
    void each_attempt_that_breaks_in_the_middle_is_paid_for() {
        AtomicInteger attempts = new AtomicInteger();
        Calls calls = calls((_, _, heard) -> {
            if (attempts.incrementAndGet() < 3) {
                heard.accept(9);
                throw new UncheckedIOException(new IOException("reset"));
            }
            return answer(new TokenUsage(100, 5));
        });

        calls.answer(account(1_000_000), REQUEST);

        assertEquals(
                List.of(
                        new AuditEvent.ModelCalled("OPENAI m", "r1", tokens(), 3, true, null),
                        new AuditEvent.Observed("model call failed", "cannot be reached or broke off"),
                        new AuditEvent.ModelCalled("OPENAI m", "r1", tokens(), 3, true, null),
                        new AuditEvent.Observed("model call failed", "cannot be reached or broke off"),
                        new AuditEvent.ModelCalled("OPENAI m", "r1", 100, 5, false, null)),
                ledger.events());
    }

    @Test
    void a_limit_is_passed_by_one_call_at_most_however_much_that_one_takes() {
        Calls calls = calls((_, _, _) -> answer(new TokenUsage(900_000, 5)));
        Calls.Account account = account(Model.SHORTEST_OUTPUT + 1_000);

        calls.answer(account, REQUEST);

        assertThrows(CannotThink.class, () -> calls.answer(account, REQUEST));
        assertEquals(1, ledger.events().size());
    }

    @Test
    void an_answer_that_does_not_say_what_it_came_to_is_estimated() {
        Calls calls = calls((_, _, _) -> answer(null));

        calls.answer(account(1_000_000), REQUEST);

        AuditEvent.ModelCalled called =
                assertInstanceOf(AuditEvent.ModelCalled.class, ledger.events().getFirst());
        assertEquals(true, called.estimated() && called.written() > 0);
    }

    @Test
    void an_answer_may_be_as_long_as_there_is_room() {
        List<Integer> most = new ArrayList<>();
        Calls calls = calls((_, longest, _) -> {
            most.add(longest);
            return answer(new TokenUsage(100, 900));
        });

        calls.answer(account(1_000_000), REQUEST);
        calls.answer(account(10_000), REQUEST);

        assertEquals(List.of(Model.LONGEST_OUTPUT, 9_000 - (int) tokens()), most);
    }

    private static ChatResponse never() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("never");
        } catch (InterruptedException cut) {
            throw new UncheckedIOException(new IOException("interrupted", cut));
        }
    }

    private static ChatResponse answer(TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("yes"))
                .finishReason(FinishReason.STOP)
                .tokenUsage(usage)
                .build();
    }

    private static long tokens() {
        return (REQUEST.messages().getFirst().toString().length() + 2) / 3;
    }

    private Calls.Account account(long limit) {
        return new Calls.Account(
                stops.epochOf(RUN),
                new ProjectName("shop"),
                "r1",
                List.of(new Limit(Limit.Over.RUN, "r1", new Budget(Duration.ofHours(1), limit), "Ask for more.")));
    }

    private Calls calls(Model model) {
        return new Calls(model, SETTING, new Meter(SETTING, ledger, ledger, InstantSource.system()), ledger, stops);
    }
}
