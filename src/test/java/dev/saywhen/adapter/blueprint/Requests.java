package dev.saywhen.adapter.blueprint;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Engineer.Drafted;
import dev.saywhen.engineer.Engineer.Failure;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Base;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.List;

/** What people ask the engineer for, and the plans that come of it, for tests. */
public final class Requests {
    public static final Engineer ENGINEER = new BlueprintEngineer();
    public static final ProjectName PROJECT = new ProjectName("demo");
    public static final StopSwitch.Epoch BEGAN = new StopSwitch.Epoch(new RunId(1), 0);
    public static final CommandResult DONE =
            new CommandResult(CommandResult.Ending.EXITED, 0, Duration.ofSeconds(1), "", "output/1.log");

    private Requests() {}

    /** What was said; {@code plan} at the end takes what was offered. */
    public static Brief brief(List<String> messages) {
        boolean assumes = messages.getLast().equals("plan");
        List<String> said = assumes ? messages.subList(0, messages.size() - 1) : messages;
        Brief brief = new Brief(said.getFirst(), said.subList(1, said.size()), false);
        return assumes ? brief.assuming() : brief;
    }

    public static Outline outline(Brief brief, FolderTree tree) {
        return switch (ENGINEER.plan(BEGAN, PROJECT, brief, tree, List.of())) {
            case Drafted.Proposed proposed -> proposed.outline();
            case Drafted.Unclear unclear ->
                throw new AssertionError("asked: " + unclear.questions().questions());
            case Drafted.Migrating _ -> throw new AssertionError("change sets are another engineer's");
            case Drafted.Declined(String why) -> throw new AssertionError("declined: " + why);
        };
    }

    public static PlanRevision plan(Brief brief, Outline outline) {
        RunId run = new RunId(7);
        return new PlanRevision(
                run,
                new RevisionNumber(1),
                new ProjectName("demo"),
                brief,
                new Base("main", new CommitId("4be1d20".repeat(5) + "4be1d")),
                0,
                null,
                "none",
                outline,
                List.of());
    }

    /** Writes every step of a plan. */
    public static void write(PlanRevision plan, Actuator tree) {
        for (Step step : plan.outline().steps()) {
            ENGINEER.writeTests(plan, step, tree);
            ENGINEER.writeCode(plan, step, tree);
        }
    }

    static Failure failed(TestReport tests) {
        return new Failure(null, CommandScope.offline("mvn", "verify"), DONE, tests);
    }
}
