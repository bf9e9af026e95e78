package dev.saywhen.flow.fakes;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** Plans the sample, whatever is asked for, and says in its summary what was said to it. */
public final class FakeEngineer implements Engineer {
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Deque<Drafted> drafted = new ArrayDeque<>();
    private final Deque<Boolean> mends = new ArrayDeque<>();
    private final Deque<TestReport> reports = new ArrayDeque<>();
    private final Deque<List<String>> blocking = new ArrayDeque<>();
    private final List<String> thoughts = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Runnable whileCoding = () -> {};
    private List<ToolScope> outside = List.of();
    private UnaryOperator<Outline> shape = UnaryOperator.identity();

    /** What comes of the next asking; otherwise enough is known. */
    public void asks(Asked next) {
        asked.add(next);
    }

    public void drafts(Drafted next) {
        drafted.add(next);
    }

    /** What the next mending says; otherwise there is no rule. */
    public void mends(Boolean... next) {
        mends.addAll(List.of(next));
    }

    public void reports(TestReport... next) {
        reports.addAll(List.of(next));
    }

    /** What the next reviews find that blocks, one list each; otherwise nothing. */
    public void finds(List<String> next) {
        blocking.add(next);
    }

    /** Something that happens while it thinks the next time. */
    public void meanwhile(Runnable next) {
        meanwhile = next;
    }

    /** Something that happens while it writes code the next time. */
    public void whileCoding(Runnable next) {
        whileCoding = next;
    }

    /** From now on its plans name these tools of servers outside, and it calls them whenever it writes code. */
    public void calls(ToolScope... tools) {
        outside = List.of(tools);
        shape = outline -> PlanSample.calling(outline, tools);
    }

    public void shape(UnaryOperator<Outline> next) {
        shape = next;
    }

    /** What it was asked to do, in order. */
    public List<String> thoughts() {
        return List.copyOf(thoughts);
    }

    @Override
    public String introduction() {
        return "I build Quarkus services.";
    }

    @Override
    public String spent(RunId run) {
        return "";
    }

    @Override
    public Asked ask(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository) {
        think("ask");
        Asked next = asked.poll();
        return next == null ? new Asked.Complete(List.of()) : next;
    }

    @Override
    public Drafted plan(
            StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository, List<Step> kept) {
        think("plan");
        Drafted next = drafted.poll();
        return next == null ? new Drafted.Proposed(shape.apply(outline(brief))) : next;
    }

    private static Outline outline(Brief brief) {
        Outline sample = PlanSample.outline(new RunId(1));
        return new Outline(
                sample.title(),
                List.of(String.join(" / ", brief.messages())),
                sample.parts(),
                sample.steps(),
                sample.verify(),
                sample.documents(),
                sample.scopes(),
                sample.budget(),
                sample.notTouched(),
                sample.risks(),
                sample.wayBack(),
                sample.request());
    }

    private void think(String thought) {
        thoughts.add(thought);
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
    }

    @Override
    public void writeTests(PlanRevision plan, Step step, Actuator actuator) {
        thoughts.add("tests " + step.number());
        step.tests().forEach(path -> actuator.write(path, "a test of step " + step.number()));
    }

    @Override
    public void writeCode(PlanRevision plan, Step step, Actuator actuator) {
        thoughts.add("code " + step.number());
        Runnable now = whileCoding;
        whileCoding = () -> {};
        now.run();
        outside.forEach(tool -> actuator.call(tool, "code", "{}"));
        step.files().forEach(path -> actuator.write(path, "code of step " + step.number()));
    }

    @Override
    public TestReport readTests(WorkTree tree, CommandResult result) {
        TestReport next = reports.poll();
        return next == null ? new TestReport(3, 0, 0, "") : next;
    }

    @Override
    public boolean mend(PlanRevision plan, Failure failure, Actuator actuator) {
        thoughts.add("mend");
        Boolean next = mends.poll();
        return next != null && next;
    }

    @Override
    public Reviewed review(PlanRevision plan, TestReport tests, String diff, Actuator actuator) {
        return new Reviewed(tests.tests() + " tests passed.", blocking.isEmpty() ? List.of() : blocking.poll());
    }

    @Override
    public void document(PlanRevision plan, String report, Actuator actuator) {
        plan.outline().documents().forEach(path -> actuator.write(path, report));
    }
}
