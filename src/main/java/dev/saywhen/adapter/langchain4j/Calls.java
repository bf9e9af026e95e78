package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.plan.Budget;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of the model: counted, repeated where that can help, ended by the clock, and cut off by a STOP. */
final class Calls {
    private static final int ATTEMPTS = 4;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("model time-outs").factory());

    private final Model model;
    private final ModelSetting setting;
    private final Meter meter;
    private final AuditTrail trail;
    private final StopSwitch stops;

    Calls(Model model, ModelSetting setting, Meter meter, AuditTrail trail, StopSwitch stops) {
        this.model = model;
        this.setting = setting;
        this.meter = meter;
        this.trail = trail;
        this.stops = stops;
    }

    /** Whose thought it is, and what it may cost. */
    record Account(StopSwitch.Epoch began, String name, Budget limit) {}

    /** Throws {@link ThoughtCut} after a STOP, and {@link CannotThink} where no answer can be had. */
    ChatResponse answer(Account account, ChatRequest request) {
        long estimate = estimate(request);
        for (int attempt = 1; ; attempt++) {
            meter.reserve(account.began().run(), account.name(), estimate, account.limit());
            Attempt now = new Attempt();
            try {
                ChatResponse response = within(account, now, () -> model.answer(request));
                if (response.finishReason() == null) {
                    throw new Model.HalfAnAnswer();
                }
                count(account, response, estimate);
                return response;
            } catch (RuntimeException broken) {
                if (now.cut || !stops.isLive(account.began())) {
                    throw new ThoughtCut();
                }
                // What was read before it broke is paid for as well; nobody says how much it was.
                meter.used(account.began().run(), account.name(), isPaidFor(broken, now) ? estimate : 0, 0);
                Trouble trouble = trouble(broken, now);
                note(account, "model call failed", trouble.what());
                if (!trouble.helpsToRepeat() || attempt == ATTEMPTS) {
                    throw new CannotThink("The model (" + setting + ") " + trouble.what() + "." + trouble.todo());
                }
                pause(account, attempt);
            }
        }
    }

    private void pause(Account account, int attempt) {
        Attempt waiting = new Attempt();
        try {
            within(account, waiting, () -> {
                try {
                    return new CountDownLatch(1)
                            .await(setting.backOff().toMillis() << (2 * (attempt - 1)), TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    throw new ThoughtCut();
                }
            });
        } catch (ThoughtCut cut) {
            throw cut;
        }
        if (waiting.cut || !stops.isLive(account.began())) {
            throw new ThoughtCut();
        }
    }

    private <T> T within(Account account, Attempt attempt, java.util.function.Supplier<T> work) {
        try (var _ = stops.onPull(account.began(), attempt)) {
            var alarm = CLOCK.schedule(attempt::late, setting.timeout().toMillis(), TimeUnit.MILLISECONDS);
            try {
                if (!stops.isLive(account.began())) {
                    throw new ThoughtCut();
                }
                return work.get();
            } finally {
                alarm.cancel(false);
                attempt.done();
            }
        }
    }

    /** Interrupts the thread that asks, and never what it does afterwards. */
    private static final class Attempt implements CutOff {
        private static final Duration PATIENCE = Duration.ofSeconds(3);

        private final Thread thread = Thread.currentThread();
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean done; // guarded by this
        private volatile boolean cut;
        private volatile boolean late;

        @Override
        public Report cut() {
            synchronized (this) {
                if (!done) {
                    cut = true;
                    thread.interrupt();
                }
            }
            try {
                return thread == Thread.currentThread() || over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        ? Report.NOTHING
                        : new Report(0, List.of("a call of the model"));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Report(0, List.of("a call of the model"));
            }
        }

        synchronized void late() {
            if (!done) {
                late = true;
                thread.interrupt();
            }
        }

        synchronized void done() {
            done = true;
            Thread.interrupted(); // one that came late was meant for the call
            over.countDown();
        }
    }

    private void count(Account account, ChatResponse response, long estimate) {
        var usage = response.tokenUsage();
        @Nullable Integer in = usage == null ? null : usage.inputTokenCount();
        @Nullable Integer out = usage == null ? null : usage.outputTokenCount();
        long input = in == null ? estimate : in;
        long output = out == null ? 0 : out;
        meter.used(account.began().run(), account.name(), input, output);
        note(
                account,
                "model call",
                "%s, %s: %d tokens read, %d written%s"
                        .formatted(
                                setting,
                                account.name(),
                                input,
                                output,
                                setting.cost(input, output)
                                        .map(cost -> ", $" + cost.toPlainString())
                                        .orElse("")));
    }

    private void note(Account account, String what, String result) {
        trail.append(AuditChain.of(account.began().run()), new AuditEvent.Observed(what, result));
    }

    private record Trouble(String what, boolean helpsToRepeat, String todo) {}

    private static boolean isPaidFor(RuntimeException broken, Attempt attempt) {
        return attempt.late || broken instanceof Model.HalfAnAnswer || broken instanceof CuttableHttp.TooLong;
    }

    private Trouble trouble(RuntimeException broken, Attempt attempt) {
        String key = " Look at saywhen.model.base-url and the provider's status; `resume` tries again.";
        if (attempt.late) {
            return new Trouble(
                    "gave no whole answer within " + setting.timeout().toSeconds() + " s", true, key);
        }
        Optional<HttpException> http = find(broken, HttpException.class);
        if (http.isPresent()) {
            int status = http.get().statusCode();
            boolean again = status == 408 || status == 409 || status == 429 || status >= 500;
            return new Trouble(
                    "answers " + status,
                    again,
                    status == 401 || status == 403
                            ? " Look at saywhen.model.api-key."
                            : again ? key : " Look at saywhen.model.name and .base-url.");
        }
        if (find(broken, CuttableHttp.TooLong.class).isPresent()) {
            return new Trouble("sent " + new CuttableHttp.TooLong().getMessage(), false, key);
        }
        if (find(broken, Model.HalfAnAnswer.class).isPresent()) {
            return new Trouble("broke off in the middle of an answer", true, key);
        }
        boolean isUnread = find(broken, JsonProcessingException.class).isPresent(); // an IOException by descent only
        if (!isUnread && find(broken, IOException.class).isPresent()) {
            return new Trouble("cannot be reached or broke off", true, key);
        }
        return new Trouble("gave an answer that cannot be read", true, key);
    }

    private static <T extends Throwable> Optional<T> find(Throwable broken, Class<T> type) {
        for (@Nullable Throwable at = broken; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    /** About three characters make a token; the answer is not known before. */
    private static long estimate(ChatRequest request) {
        return request.messages().stream()
                        .mapToLong(one -> one.toString().length())
                        .sum()
                / 3;
    }
}
