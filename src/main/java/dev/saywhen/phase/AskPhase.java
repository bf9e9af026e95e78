package dev.saywhen.phase;

import dev.saywhen.chat.Outgoing;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Engineer.Asked;
import dev.saywhen.engineer.Workspace;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunEvent;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayList;
import java.util.List;

/** ASK: gathers what has to be known, performance needs included. Reads only. */
public final class AskPhase {
    private final Engineer engineer;
    private final Workspace workspace;

    public AskPhase(Engineer engineer, Workspace workspace) {
        this.engineer = engineer;
        this.workspace = workspace;
    }

    /** Reads what was said so far and either asks or goes on to PLAN. */
    public PhaseResult handle(Run run, RunState.Asking state, StopSwitch.Epoch began) {
        var base = workspace.base(run.project());
        return switch (engineer.ask(began, run.project(), run.brief(), workspace.at(run.project(), base.commit()))) {
            case Asked.Questions questions ->
                PhaseResult.of(
                        new RunEvent.QuestionsAsked(),
                        message(run, "questions/" + run.version(), text(run, state, questions)));
            case Asked.Complete _ -> PhaseResult.of(new RunEvent.BriefComplete());
            case Asked.Declined(String why) ->
                PhaseResult.of(new RunEvent.GaveUp(why), message(run, "declined/" + run.version(), why));
        };
    }

    private String text(Run run, RunState.Asking state, Asked.Questions asked) {
        List<String> lines = new ArrayList<>();
        if (state.rounds() == 0) {
            lines.add(engineer.introduction());
        }
        if (!asked.understood().isEmpty()) {
            lines.add("I understood:");
            asked.understood().forEach(line -> lines.add("- " + line));
        }
        lines.addAll(questions(asked.questions()));
        return String.join("\n", lines);
    }

    static List<String> questions(List<String> questions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                questions.size() == 1
                        ? "One question; one reply is enough:"
                        : questions.size() + " questions; one reply is enough:");
        for (int at = 0; at < questions.size(); at++) {
            lines.add((at + 1) + ". " + questions.get(at));
        }
        lines.add("Say `plan` and I go with what I would take.");
        return lines;
    }

    private static Outgoing message(Run run, String key, String text) {
        return new Outgoing.Message("run-" + run.id() + "/" + key, run.thread(), Outgoing.Purpose.QUESTION, text, null);
    }
}
