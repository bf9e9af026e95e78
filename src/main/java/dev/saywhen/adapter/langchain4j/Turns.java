package dev.saywhen.adapter.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.ThoughtCut;
import dev.saywhen.engineer.Tool;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One task: the model is asked, what it calls is done, and so on, until it fills in an ending or says it is done. */
final class Turns {
    private static final int MOST_TURNS = 80;
    private static final int MOST_AT_ONCE = 8;
    private static final int IDLE = 3;
    private static final int REPAIRS = 2;
    private static final int UNFINISHED = 3;

    private final Calls calls;
    private final AuditTrail trail;
    private final StopSwitch stops;
    private final Words words;

    Turns(Calls calls, AuditTrail trail, StopSwitch stops, Words words) {
        this.calls = calls;
        this.trail = trail;
        this.stops = stops;
        this.words = words;
    }

    /**
     * What a task is made of.
     *
     * @param lacking what is still missing when the model says that it is done; empty if nothing is
     */
    record Task(
            Calls.Account account,
            WorkDesk desk,
            List<Tool<?>> tools,
            List<Ending<?>> endings,
            Transcript transcript,
            Supplier<Optional<String>> lacking) {}

    /** The form that ended it; empty if it said that it is done. */
    Optional<Record> work(Task task) {
        return new Work(task).done();
    }

    private final class Work {
        private final Task task;
        private final Loops loops = new Loops();
        private final List<ToolSpecification> specifications = new ArrayList<>();
        private int idle;
        private int misfilled;
        private int unfinished;

        Work(Task task) {
            this.task = task;
            task.tools()
                    .forEach(tool ->
                            specifications.add(Forms.specification(tool.name(), tool.purpose(), tool.arguments())));
            task.endings()
                    .forEach(end -> specifications.add(Forms.specification(end.name(), end.purpose(), end.type())));
        }

        Optional<Record> done() {
            for (int turn = 0; turn < MOST_TURNS; turn++) {
                AiMessage answer = calls.answer(
                                task.account(),
                                ChatRequest.builder()
                                        .messages(task.transcript().messages())
                                        .toolSpecifications(specifications)
                                        .build())
                        .aiMessage();
                task.transcript().answered(answer);
                if (!answer.hasToolExecutionRequests()) {
                    nudge();
                    continue;
                }
                idle = 0;
                Optional<Record> form = all(answer.toolExecutionRequests());
                if (form.isPresent()) {
                    return form;
                }
                if (task.desk().summary().isPresent() && isDone()) {
                    return Optional.empty();
                }
            }
            throw new CannotThink("The engineer took " + MOST_TURNS + " turns and did not come to an end.");
        }

        private void nudge() {
            if (++idle == IDLE) {
                throw new CannotThink("The engineer only talks and does nothing.");
            }
            task.transcript().told("Nobody reads this. Call one of the tools.");
        }

        private boolean isDone() {
            Optional<String> missing = task.lacking().get();
            if (missing.isEmpty()) {
                return true;
            }
            if (++unfinished == UNFINISHED) {
                throw new CannotThink("The engineer says it is done, and it is not: " + missing.get());
            }
            task.desk().goOn();
            task.transcript().told("It is not done: " + missing.get());
            return false;
        }

        private Optional<Record> all(List<ToolExecutionRequest> requests) {
            Optional<Record> end = Optional.empty();
            for (int at = 0; at < requests.size(); at++) {
                ToolExecutionRequest request = requests.get(at);
                String observation = at >= MOST_AT_ONCE || end.isPresent()
                        ? "Not done: too many calls at once, or after the end."
                        : "";
                if (observation.isEmpty()) {
                    Optional<Ending<?>> ending = task.endings().stream()
                            .filter(one -> one.name().equals(request.name()))
                            .findFirst();
                    if (ending.isPresent()) {
                        end = filled(ending.get(), request);
                        continue;
                    }
                    observation = used(request);
                }
                observed(request, observation);
            }
            return end;
        }

        private void observed(ToolExecutionRequest request, String observation) {
            task.transcript().observed(request, observation);
            if (loops.goesRound(request.name() + request.arguments(), observation)) {
                throw new CannotThink("The engineer goes round in circles with " + words.line(request.name()) + ".");
            }
        }

        private <F extends Record> Optional<Record> filled(Ending<F> ending, ToolExecutionRequest request) {
            List<String> objections;
            try {
                F form = Forms.read(arguments(request), ending.type());
                objections = ending.objections().apply(form);
                if (objections.isEmpty()) {
                    return Optional.of(form);
                }
            } catch (Forms.Misfilled wrong) {
                objections = List.of(String.valueOf(wrong.getMessage()));
            }
            if (++misfilled > REPAIRS) {
                throw new CannotThink("The engineer's " + ending.name().replace('_', ' ') + " does not hold after "
                        + REPAIRS + " repairs: " + words.line(String.join(" ", objections)));
            }
            observed(request, "Not taken. Mend this and call it again: " + String.join(" ", objections));
            return Optional.empty();
        }

        private String used(ToolExecutionRequest request) {
            if (!stops.isLive(task.account().began())) {
                throw new ThoughtCut();
            }
            Optional<Tool<?>> tool = task.tools().stream()
                    .filter(one -> one.name().equals(request.name()))
                    .findFirst();
            if (tool.isEmpty()) {
                return task.desk()
                        .refused(
                                "use " + words.line(String.valueOf(request.name())),
                                "There is no such tool in " + task.desk().phase() + ".");
            }
            note(request);
            try {
                return use(tool.get(), request);
            } catch (Forms.Misfilled wrong) {
                return task.desk().refused("use " + tool.get().name(), String.valueOf(wrong.getMessage()));
            } catch (EffectBroke broke) {
                if (!stops.isLive(task.account().began())) {
                    throw new ThoughtCut();
                }
                throw broke;
            }
        }

        private <A extends Record> String use(Tool<A> tool, ToolExecutionRequest request) throws Forms.Misfilled {
            return tool.use(Forms.read(arguments(request), tool.arguments()), task.desk());
        }

        /** Before it is used: what cannot be recorded is not done. */
        private void note(ToolExecutionRequest request) {
            String arguments = arguments(request);
            trail.append(
                    AuditChain.of(task.account().began().run()),
                    new AuditEvent.Observed(
                            "tool " + request.name(),
                            arguments.length() <= 300 ? words.line(arguments) : arguments.length() + " characters"));
        }
    }

    private static String arguments(ToolExecutionRequest request) {
        return request.arguments() == null ? "" : request.arguments();
    }
}
