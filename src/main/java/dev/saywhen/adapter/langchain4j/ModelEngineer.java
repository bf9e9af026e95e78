package dev.saywhen.adapter.langchain4j;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.chat.Newest;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.AmendmentNeeded;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.engineer.Conventions;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.run.Phase;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engineer that thinks with a model. Each task begins with a fresh context and reads what it has to know. */
public final class ModelEngineer implements Engineer {
    private static final int ROUNDS_OF_QUESTIONS = 2;
    private static final int FILES_SHOWN = 300;

    private final ModelSetting setting;
    private final Function<Phase, List<Tool<?>>> tools;
    private final Builds builds;
    private final Function<ProjectName, List<ToolScope>> outside;
    private final Function<ProjectName, ModelAllowance> allowances;
    private final AuditTrail trail;
    private final Words words;
    private final Meter meter;
    private final Turns turns;
    private final Prompts prompts = new Prompts();
    /** In memory, and of the newest runs: what is forgotten is met again. */
    private final Map<RunId, Wanted> wanted = Collections.synchronizedMap(Newest.map(1_000));

    /**
     * @param tools what there is to use in a phase
     * @param outside what plans of a project may name of servers outside
     * @param allowances what a project lets models use
     * @param use what they used
     * @param secrets what the configuration holds and no text may show
     */
    public ModelEngineer(
            ModelSetting setting,
            Function<Phase, List<Tool<?>>> tools,
            Builds builds,
            Function<ProjectName, List<ToolScope>> outside,
            Function<ProjectName, ModelAllowance> allowances,
            AuditTrail trail,
            ModelUse use,
            StopSwitch stops,
            InstantSource clock,
            List<String> secrets) {
        this.setting = setting;
        this.tools = tools;
        this.builds = builds;
        this.outside = outside;
        this.allowances = allowances;
        this.trail = trail;
        this.words = new Words(secrets);
        this.meter = new Meter(setting, trail, use, clock);
        this.turns = new Turns(new Calls(Model.of(setting), setting, meter, trail, stops), trail, stops, words);
    }

    @Override
    public String introduction() {
        return "The engineer thinks with " + setting.name()
                + "; what it says stands in quotation, and it can permit nothing.";
    }

    @Override
    public String spent(RunId run) {
        return meter.spent(run);
    }

    @Override
    public Asked ask(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository) {
        Ending<AskForm> ending = Ending.of(
                "report_understanding", "Ends your reading: what is clear and what has to be asked.", AskForm.class);
        AskForm form =
                (AskForm) reading(began, project, Phase.ASK, repository, List.of(ending), values(brief, repository))
                        .orElseThrow();
        List<String> understood =
                form.understood().stream().map(words::quoted).limit(20).toList();
        String cannot = form.cannot();
        if (cannot != null && !cannot.isBlank()) {
            return new Asked.Declined("I can't do this. The engineer says:\n" + words.quoted(cannot));
        }
        List<String> questions = form.asked().stream().map(words::quoted).toList();
        boolean enough = brief.assumed() || brief.answers().size() >= ROUNDS_OF_QUESTIONS;
        return enough || questions.isEmpty()
                ? new Asked.Complete(understood)
                : new Asked.Questions(understood, questions);
    }

    @Override
    public Drafted plan(
            StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository, List<Step> kept) {
        Map<String, Object> values = new java.util.HashMap<>(values(brief, repository));
        values.put(
                "kept",
                kept.stream()
                        .map(step -> step.number() + ". " + step.title() + ", " + String.join(" ", step.tests()) + " "
                                + String.join(" ", step.files()))
                        .collect(Collectors.joining("\n")));
        values.put(
                "builds",
                builds.of(project, repository).stream()
                        .map(build -> build.name() + ": all tests " + build.suite()
                                + build.fetch()
                                        .map(fetch -> "; fetches dependencies: " + fetch)
                                        .orElse(""))
                        .collect(Collectors.joining("\n")));
        List<ToolScope> offered = outside.apply(project);
        values.put("servers", offered.stream().map(ToolScope::toString).collect(Collectors.joining("\n")));
        Ending<PlanForm> propose = new Ending<>(
                "propose_plan",
                "Ends your planning: people are asked to say yes to exactly this.",
                PlanForm.class,
                form -> form.objections(kept.size(), offered));
        Ending<Because> decline = Ending.of("decline", "Ends your planning: it cannot be done.", Because.class);
        Record form = reading(began, project, Phase.PLAN, repository, List.of(propose, decline), values)
                .orElseThrow();
        return form instanceof PlanForm plan
                ? new Drafted.Proposed(new OutlineOfForm(plan, kept, repository, offered, words).outline())
                : new Drafted.Declined("I can't do this. The engineer says:\n" + words.quoted(((Because) form).why()));
    }

    @Override
    public List<Raise> raises(PlanRevision before) {
        Wanted met = wanted.get(before.run());
        ModelAllowance allowance = allowances.apply(before.project());
        List<Raise> kept = before.raises().stream().filter(allowance::covers).toList();
        return met == null || !met.plan().equals(before.number())
                ? kept
                : Raise.all(
                        kept, met.raises().stream().filter(allowance::covers).toList());
    }

    private Optional<Record> reading(
            StopSwitch.Epoch began,
            ProjectName project,
            Phase phase,
            Repository repository,
            List<Ending<?>> endings,
            Map<String, Object> values) {
        WorkDesk desk = desk(began, phase, new ReadOnly(repository), null, null, null);
        var account = new Calls.Account(
                began, project, "planning", allowances.apply(project).beforeAYes(project.toString()));
        return turns.work(new Turns.Task(
                account, desk, tools.apply(phase), endings, prompts.of(phase, "user", values), Optional::empty));
    }

    private static Map<String, Object> values(Brief brief, Repository repository) {
        List<String> files = repository.files();
        String shown = files.stream().limit(FILES_SHOWN).collect(Collectors.joining("\n"));
        return Map.of(
                "task", brief.task(),
                "answers", brief.answers(),
                "assumed", brief.assumed(),
                "files", files.size() > FILES_SHOWN ? shown + "\n(and more; list_files shows all)" : shown,
                "conventions", Conventions.of(repository));
    }

    @Override
    public void writeTests(PlanRevision plan, Step step, Actuator actuator) {
        acting(plan, step, Phase.EXECUTE, "tests", step.tests(), "", actuator, () -> missing(step.tests(), actuator));
    }

    @Override
    public void writeCode(PlanRevision plan, Step step, Actuator actuator) {
        acting(plan, step, Phase.EXECUTE, "code", step.files(), "", actuator, () -> missing(step.files(), actuator));
    }

    private static Optional<String> missing(List<String> paths, WorkTree tree) {
        List<String> missing =
                paths.stream().filter(path -> tree.read(path).isEmpty()).toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("not written yet: " + String.join(", ", missing));
    }

    @Override
    public TestReport readTests(WorkTree tree, CommandResult result) {
        return builds.report(tree, result);
    }

    @Override
    public boolean mend(PlanRevision plan, Failure failure, Actuator actuator) {
        Step step = failure.step();
        List<String> paths = step != null
                ? step.files()
                : plan.outline().steps().stream()
                        .flatMap(one -> one.files().stream())
                        .distinct()
                        .toList();
        String seen = failure.check() + "\n" + failure.tests().tests() + " tests, "
                + failure.tests().failed() + " failed, exit "
                + failure.result().exitCode() + "\n" + failure.tests().excerpt() + "\n"
                + failure.result().excerpt();
        return acting(
                plan, step, step == null ? Phase.DEBUG : Phase.EXECUTE, "mend", paths, seen, actuator, Optional::empty);
    }

    @Override
    public Reviewed review(PlanRevision plan, TestReport tests, String diff, Actuator actuator) {
        String measured =
                "Tests %d run, %d failed, %d skipped.".formatted(tests.tests(), tests.failed(), tests.skipped());
        Ending<ReviewForm> ending =
                new Ending<>("report_findings", "Ends your review.", ReviewForm.class, ReviewForm::objections);
        WorkDesk desk = desk(actuator.epoch(), Phase.REVIEW, actuator, null, plan, null);
        ReviewForm form = (ReviewForm) work(
                        plan,
                        new Turns.Task(
                                account(plan, null, actuator),
                                desk,
                                tools.apply(Phase.REVIEW),
                                List.of(ending),
                                prompts.of(
                                        Phase.REVIEW,
                                        "user",
                                        Map.of("plan", PlanText.canonical(plan), "measured", measured, "diff", diff)),
                                Optional::empty))
                .orElseThrow();
        List<String> lines = new ArrayList<>(List.of(measured, "The engineer's review, in a fresh context:"));
        lines.add(words.quoted(form.verdict()));
        form.findings().stream().limit(30).forEach(finding -> lines.add(words.quoted("- " + finding.line())));
        if (!form.notLookedAt().isBlank()) {
            lines.add(words.quoted("Not looked at: " + form.notLookedAt()));
        }
        return new Reviewed(String.join("\n", lines), words.lines(form.blocking()));
    }

    @Override
    public void document(PlanRevision plan, String report, Actuator actuator) {
        List<String> paths = plan.outline().documents();
        acting(plan, null, Phase.DOCUMENT, "user", paths, report, actuator, () -> missing(paths, actuator));
    }

    /** Works until it is done; false if it gave up. */
    private boolean acting(
            PlanRevision plan,
            @Nullable Step step,
            Phase phase,
            String task,
            List<String> paths,
            String seen,
            Actuator actuator,
            Supplier<Optional<String>> lacking) {
        Reach hands = new Reach(actuator, paths, words);
        WorkDesk desk = desk(actuator.epoch(), phase, hands, hands, plan, step);
        Ending<Beyond> beyond = Ending.of(
                "needs_more",
                "Ends the work: it needs a file, a command or a tool outside that the plan does not name. People are asked again.",
                Beyond.class);
        Ending<Because> giveUp = Ending.of("give_up", "Ends the work: you know of nothing more to try.", Because.class);
        Map<String, Object> values = Map.of(
                "plan", PlanText.canonical(plan),
                "step", step == null ? "" : step.number() + ". " + step.title(),
                "check", step == null ? "" : step.check().map(Object::toString).orElse(""),
                "paths", String.join("\n", paths),
                "seen", words.withoutSecrets(seen));
        List<Tool<?>> useful =
                tools.apply(phase).stream().filter(tool -> tool.serves(plan)).toList();
        List<Ending<?>> endings = task.equals("mend") ? List.of(beyond, giveUp) : List.of(beyond);
        Optional<Record> end = work(
                plan,
                new Turns.Task(
                        account(plan, step, actuator),
                        desk,
                        useful,
                        endings,
                        prompts.of(phase, task, values),
                        lacking));
        if (end.isPresent() && end.get() instanceof Beyond(String what)) {
            throw new AmendmentNeeded(words.line(what));
        }
        return end.isEmpty();
    }

    /** Remembers what a yes would have to raise, for the next plan. */
    private Optional<Record> work(PlanRevision plan, Turns.Task task) {
        try {
            return turns.work(task);
        } catch (CannotThink limited) {
            if (!limited.raises().isEmpty()) {
                wanted.put(plan.run(), new Wanted(plan.number(), limited.raises()));
            }
            throw limited;
        }
    }

    /** What kept a plan from going on. */
    private record Wanted(RevisionNumber plan, List<Raise> raises) {}

    /** What a plan turns out to lack. */
    record Beyond(
            @dev.saywhen.engineer.About(
                    "the file, the command or the tool that is missing in the plan, and why it is needed")
            String what) {}

    private Calls.Account account(PlanRevision plan, @Nullable Step step, Actuator actuator) {
        String revision = plan.number().toString();
        String part = step == null ? revision : revision + " step " + step.number();
        ModelAllowance allowance = allowances.apply(plan.project());
        return new Calls.Account(
                actuator.epoch(),
                plan.project(),
                part,
                allowance.of(
                        plan.outline().budget(),
                        plan.raises(),
                        revision,
                        part,
                        plan.project().toString()));
    }

    private WorkDesk desk(
            StopSwitch.Epoch began,
            Phase phase,
            WorkTree tree,
            @Nullable Actuator hands,
            @Nullable PlanRevision plan,
            @Nullable Step step) {
        return new WorkDesk(
                phase, tree, hands, plan, step, event -> trail.append(AuditChain.of(began.run()), event), words);
    }

    /** A repository as a tree of files. */
    private record ReadOnly(Repository repository) implements WorkTree {
        @Override
        public Optional<String> read(String path) {
            return repository.read(path);
        }

        @Override
        public List<String> list(String folder) {
            String below = folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
            return repository.files().stream()
                    .filter(path -> path.startsWith(below))
                    .toList();
        }
    }
}
