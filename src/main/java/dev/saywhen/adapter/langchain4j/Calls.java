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
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Calls of the model: counted, repeated where that can help, ended by the clock, and cut off by a STOP. */
final class Calls {
    /** Of these alone it is known that nobody read the question. */
    private static final List<Class<? extends IOException>> UNREACHED = List.of(
            ConnectException.class,
            UnknownHostException.class,
            HttpConnectTimeoutException.class,
            SSLHandshakeException.class);

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

    /**
     * Whose thought it is, and what it may cost.
     *
     * @param name what it is thought for: {@code planning}, a revision, or a step of one as {@code r1 step 2}
     * @param limits everything that a call falls under
     */
    record Account(StopSwitch.Epoch began, ProjectName project, String name, List<Limit> limits) {
        Account {
            limits = List.copyOf(limits);
        }

        RunId run() {
            return began.run();
        }
    }

    /** Throws {@link ThoughtCut} after a STOP, and {@link CannotThink} where no answer can be had. */
    ChatResponse answer(Account account, ChatRequest request) {
        long estimate = estimate(request);
        for (int attempt = 1; ; attempt++) {
            Attempt now = new Attempt();
            try (Meter.Room room = meter.reserve(account, estimate, Model.SHORTEST_OUTPUT, Model.LONGEST_OUTPUT)) {
                ChatResponse response;
                try {
                    response = whole(within(account, now, () -> model.answer(request, room.written(), now::hears)));
                } catch (RuntimeException broken) {
                    Trouble trouble = failed(account, room, estimate, broken, now);
                    if (!trouble.helpsToRepeat() || attempt == ATTEMPTS) {
                        throw new CannotThink("The model (" + setting + ") " + trouble.what() + "." + trouble.todo());
                    }
                    pause(account, attempt);
                    continue;
                }
                count(room, response, estimate);
                return response;
            }
        }
    }

    private static ChatResponse whole(ChatResponse response) {
        if (response.finishReason() == null) {
            throw new Model.HalfAnAnswer();
        }
        return response;
    }

    /** What was read before it broke is paid for as well; nobody says how much it was. */
    private Trouble failed(Account account, Meter.Room room, long estimate, RuntimeException broken, Attempt attempt) {
        if (attempt.cut || !stops.isLive(account.began())) {
            throw cut(room, estimate, attempt);
        }
        Trouble trouble = trouble(broken, attempt);
        if (trouble.isPaidFor()) {
            room.usedAbout(estimate, tokens(attempt.heard));
        }
        trail.append(AuditChain.of(account.run()), new AuditEvent.Observed("model call failed", trouble.what()));
        return trouble;
    }

    /** A STOP never fails for want of a record: what cannot be stored of the call it ended is counted in memory. */
    private static ThoughtCut cut(Meter.Room room, long estimate, Attempt attempt) {
        ThoughtCut cut = new ThoughtCut();
        if (attempt.asked) {
            try {
                room.usedAbout(estimate, tokens(attempt.heard));
            } catch (RuntimeException notStored) {
                cut.addSuppressed(notStored);
            }
        }
        return cut;
    }

    /** Never longer than an answer may take. */
    private void pause(Account account, int attempt) {
        Attempt waiting = new Attempt();
        Duration pause = setting.backOff().multipliedBy(1L << (2 * (attempt - 1)));
        within(account, waiting, () -> {
            try {
                return new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException ended) {
                return false;
            }
        });
        if (waiting.cut || !stops.isLive(account.began())) {
            throw new ThoughtCut();
        }
    }

    private <T> T within(Account account, Attempt attempt, Supplier<T> work) {
        try (var _ = stops.onPull(account.began(), attempt)) {
            var alarm = CLOCK.schedule(attempt::late, setting.timeout().toMillis(), TimeUnit.MILLISECONDS);
            try {
                if (!stops.isLive(account.began())) {
                    throw new ThoughtCut();
                }
                attempt.asked = true;
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
        private boolean asked; // by the thread that asks alone, as is the next
        private int heard;

        @Override
        public Report cut() {
            synchronized (this) {
                if (!done) {
                    cut = true;
                    thread.interrupt();
                }
            }
            return thread == Thread.currentThread() || CutOff.isOver(over, PATIENCE)
                    ? Report.NOTHING
                    : new Report(0, List.of("a call of the model"));
        }

        void hears(int characters) {
            heard += characters;
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

    private static void count(Meter.Room room, ChatResponse response, long estimate) {
        var usage = response.tokenUsage();
        @Nullable Integer read = usage == null ? null : usage.inputTokenCount();
        @Nullable Integer written = usage == null ? null : usage.outputTokenCount();
        if (read == null || written == null) {
            room.usedAbout(estimate, tokens(String.valueOf(response.aiMessage()).length()));
        } else {
            room.used(read, written);
        }
    }

    /**
     * What went wrong.
     *
     * @param isPaidFor whether the provider read the question and may have begun to answer
     */
    private record Trouble(String what, boolean helpsToRepeat, boolean isPaidFor, String todo) {}

    private Trouble trouble(RuntimeException broken, Attempt attempt) {
        String key = " Look at saywhen.model.base-url and the provider's status; `resume` tries again.";
        if (attempt.late) {
            return new Trouble(
                    "gave no whole answer within " + setting.timeout().toSeconds() + " s", true, true, key);
        }
        Optional<HttpException> http = find(broken, HttpException.class);
        if (http.isPresent()) {
            return refused(http.get().statusCode(), key);
        }
        if (find(broken, CuttableHttp.TooLong.class).isPresent()) {
            return new Trouble("sent " + new CuttableHttp.TooLong().getMessage(), false, true, key);
        }
        if (find(broken, Model.HalfAnAnswer.class).isPresent()) {
            return new Trouble("broke off in the middle of an answer", true, true, key);
        }
        boolean isUnread = find(broken, JsonProcessingException.class).isPresent(); // an IOException by descent only
        if (!isUnread && find(broken, IOException.class).isPresent()) {
            boolean isUnreached =
                    UNREACHED.stream().anyMatch(type -> find(broken, type).isPresent());
            return new Trouble("cannot be reached or broke off", true, !isUnreached, key);
        }
        return new Trouble("gave an answer that cannot be read", true, true, key);
    }

    private static Trouble refused(int status, String key) {
        boolean again = status == 408 || status == 409 || status == 429 || status >= 500;
        String otherwise = status == 401 || status == 403
                ? " Look at saywhen.model.api-key."
                : " Look at saywhen.model.name and .base-url.";
        return new Trouble("answers " + status, again, false, again ? key : otherwise);
    }

    private static <T extends Throwable> Optional<T> find(Throwable broken, Class<T> type) {
        for (@Nullable Throwable at = broken; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }

    private static long estimate(ChatRequest request) {
        long messages = request.messages().stream()
                .mapToLong(one -> one.toString().length())
                .sum();
        long tools = request.toolSpecifications().stream()
                .mapToLong(one -> one.toString().length())
                .sum();
        return tokens(messages + tools);
    }

    /** About three characters make a token. */
    private static long tokens(long characters) {
        return (characters + 2) / 3;
    }
}
