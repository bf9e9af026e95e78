package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.report.SurefireReports;
import dev.saywhen.adapter.blueprint.service.BlueprintStep;
import dev.saywhen.adapter.blueprint.service.GeneratedFile;
import dev.saywhen.adapter.blueprint.service.ServiceBlueprint;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The engineer that needs no model: CRUD-shaped services from a blueprint, the same words always the same service. */
public final class BlueprintEngineer implements Engineer {
    private static final Duration PER_STEP = Duration.ofMinutes(5);
    private static final int MOST_NAMED = 5;
    private static final List<String> DOCUMENTS =
            List.of(Documents.README, Documents.SPECIFICATION, Documents.API, History.FILE);

    private static final String NOT_MINE = "This repository has a pom.xml that I did not make: it has no "
            + History.FILE + ". I build new services and add to those that I built; for work on other code configure a"
            + " model.";
    private static final String UNREADABLE = History.FILE + " is not as I wrote it, so I do not know what this service"
            + " is and change nothing. Bring the file back as it was committed, or configure a model.";

    @Override
    public String introduction() {
        return Understanding.INTRODUCTION;
    }

    @Override
    public String spent(RunId run) {
        return "";
    }

    @Override
    public Asked ask(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository) {
        Optional<String> objection = objection(repository);
        if (objection.isPresent()) {
            return new Asked.Declined(objection.get());
        }
        Wish wish = Wish.of(brief, repository.read(History.FILE));
        Understanding heard = wish.heard();
        if (heard.refusal().isPresent() && brief.answers().isEmpty()) {
            return new Asked.Declined(heard.refusal().get());
        }
        return wish.model().isPresent()
                ? new Asked.Complete(heard.understood())
                : new Asked.Questions(heard.understood(), wish.questions());
    }

    @Override
    public Drafted plan(
            StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository, List<Step> kept) {
        Optional<String> objection = objection(repository);
        if (objection.isPresent()) {
            return new Drafted.Declined(objection.get());
        }
        Wish wish = Wish.of(brief, repository.read(History.FILE));
        if (wish.model().isEmpty()) {
            return new Drafted.Unclear(new Asked.Questions(wish.heard().understood(), wish.questions()));
        }
        ServiceModel model = wish.model().get();
        ServiceBlueprint blueprint = wish.blueprint(model);
        Set<String> mine = wish.isNew() ? Set.of() : written(wish).keySet();
        List<BlueprintStep> steps = withoutOwn(blueprint.steps(), repository, mine);
        List<String> strangers = strangers(steps, wish, repository);
        if (!strangers.isEmpty()) {
            return new Drafted.Declined(foreign(strangers, wish.isNew()));
        }
        return new Drafted.Proposed(outline(wish, model, blueprint, steps, repository));
    }

    /** Why nothing can be done in this repository, whatever is asked for. */
    private static Optional<String> objection(Repository repository) {
        Optional<String> file = repository.read(History.FILE);
        if (file.isPresent()) {
            return History.read(file.get()).isPresent() ? Optional.empty() : Optional.of(UNREADABLE);
        }
        return repository.files().contains("pom.xml") ? Optional.of(NOT_MINE) : Optional.empty();
    }

    private static Map<String, String> written(Wish wish) {
        return new ServiceBlueprint(wish.before()).files();
    }

    /** A repository's own list of ignored files serves as well as ours. */
    private static List<BlueprintStep> withoutOwn(List<BlueprintStep> steps, Repository repository, Set<String> mine) {
        boolean hasOwn = repository.files().contains(".gitignore") && !mine.contains(".gitignore");
        return hasOwn ? steps.stream().map(step -> step.without(".gitignore")).toList() : steps;
    }

    /** Files that the plan would overwrite and that are not as the blueprint left them. */
    private static List<String> strangers(List<BlueprintStep> steps, Wish wish, Repository repository) {
        Map<String, String> before = wish.isNew() ? Map.of() : written(wish);
        List<String> files = repository.files();
        List<String> strangers = new ArrayList<>();
        for (String path : steps.stream().flatMap(step -> step.paths().stream()).toList()) {
            boolean asLeft = before.containsKey(path)
                    ? repository.read(path).equals(Optional.ofNullable(before.get(path)))
                    : !files.contains(path);
            if (!asLeft) {
                strangers.add(path);
            }
        }
        return strangers;
    }

    private static String foreign(List<String> paths, boolean isNew) {
        String named = String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())))
                + (paths.size() > MOST_NAMED ? " and %d more".formatted(paths.size() - MOST_NAMED) : "");
        return isNew
                ? "The service needs files that this repository has already, and I overwrite nobody's work: " + named
                        + ". An empty repository, or one without these files, will do."
                : "Somebody changed files that this needs to change, and I overwrite nobody's work: " + named
                        + ". Bring them back as I committed them, make the change by hand, or configure a model.";
    }

    private static Outline outline(
            Wish wish,
            ServiceModel model,
            ServiceBlueprint blueprint,
            List<BlueprintStep> blueprintSteps,
            Repository repository) {
        List<Step> steps = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        Set<CommandScope> commands = new LinkedHashSet<>();
        for (BlueprintStep each : blueprintSteps) {
            Step step = new Step(
                    steps.size() + 1,
                    each.title(),
                    paths(each.tests()),
                    paths(each.code()),
                    each.check(),
                    each.wayBack());
            steps.add(step);
            files.addAll(step.tests());
            files.addAll(step.files());
            step.check().ifPresent(commands::add);
        }
        files.addAll(DOCUMENTS);
        commands.add(ServiceBlueprint.WHOLE);
        List<String> changed =
                files.stream().filter(repository.files()::contains).toList();
        PlanProse prose = new PlanProse(wish, model, blueprint, changed);
        return new Outline(
                prose.title(),
                prose.summary(steps.size(), files.size()),
                List.of(
                        new PlanPart(PlanPart.Kind.ARCHITECTURE, prose.architecture()),
                        new PlanPart(PlanPart.Kind.ENDPOINTS, prose.endpoints()),
                        new PlanPart(PlanPart.Kind.TESTING, prose.testing()),
                        new PlanPart(PlanPart.Kind.DEPLOYMENT, prose.deployment())),
                steps,
                new Verification.Suite(ServiceBlueprint.WHOLE),
                DOCUMENTS,
                new Scopes(files.stream().map(PathScope::new).toList(), List.copyOf(commands), List.of()),
                new Budget(PER_STEP.multipliedBy(steps.size() + 2L), 0),
                prose.notTouched(),
                prose.risks(),
                "drop the run's branch, or revert its commits; nothing else is changed",
                request(wish, files, changed));
    }

    /** A new service; else what only changes files that are there; else whatever adds to it. */
    private static AuthorizationRequest request(Wish wish, Set<String> files, List<String> changed) {
        if (wish.isNew()) {
            return AuthorizationRequest.NEW_SERVICE;
        }
        return changed.size() == files.size()
                ? AuthorizationRequest.CHANGES_EXISTING_FILES
                : AuthorizationRequest.OTHERWISE;
    }

    private static List<String> paths(List<GeneratedFile> files) {
        return files.stream().map(GeneratedFile::path).toList();
    }

    @Override
    public void writeTests(PlanRevision plan, Step step, Actuator actuator) {
        write(blueprint(plan, step, actuator).tests(), step.tests(), actuator);
    }

    @Override
    public void writeCode(PlanRevision plan, Step step, Actuator actuator) {
        write(blueprint(plan, step, actuator).code(), step.files(), actuator);
    }

    private static void write(List<GeneratedFile> files, List<String> planned, Actuator actuator) {
        files.stream()
                .filter(file -> planned.contains(file.path()))
                .forEach(file -> actuator.write(file.path(), file.content()));
    }

    private static BlueprintStep blueprint(PlanRevision plan, Step step, WorkTree tree) {
        Wish wish = wish(plan, tree);
        List<BlueprintStep> steps = wish.blueprint(model(wish)).steps();
        if (step.number() > steps.size()
                || !steps.get(step.number() - 1).title().equals(step.title())) {
            throw new EffectBroke("The blueprint no longer gives step " + step.number()
                    + " of this plan. Say `plan` for a fresh one.");
        }
        return steps.get(step.number() - 1);
    }

    private static Wish wish(PlanRevision plan, WorkTree tree) {
        return Wish.of(plan.brief(), tree.read(History.FILE));
    }

    private static ServiceModel model(Wish wish) {
        return wish.model()
                .orElseThrow(() -> new EffectBroke(
                        "What was asked for is understood otherwise now. Say `plan` for a fresh plan."));
    }

    @Override
    public TestReport readTests(WorkTree tree, CommandResult result) {
        return SurefireReports.read(tree);
    }

    /** A file that is not as the blueprint gives it is brought back; a port that was taken is free again another time. */
    @Override
    public boolean mend(PlanRevision plan, Failure failure, Actuator actuator) {
        Wish wish = wish(plan, actuator);
        return new Mending(plan, wish.blueprint(model(wish)).steps(), actuator).mend(failure.tests());
    }

    @Override
    public Reviewed review(PlanRevision plan, TestReport tests, String diff, Actuator actuator) {
        Wish wish = wish(plan, actuator);
        return new Reviewed(new Review(wish, model(wish), tests, actuator).text(), List.of());
    }

    @Override
    public void document(PlanRevision plan, String report, Actuator actuator) {
        Wish wish = wish(plan, actuator);
        ServiceModel model = model(wish);
        Documents documents = new Documents(model, wish.heard().understood());
        String api = actuator.read(Documents.API_FROM_BUILD)
                .orElseThrow(() -> new EffectBroke("The build left no " + Documents.API_FROM_BUILD + "."));
        actuator.write(
                Documents.README,
                documents.readme(actuator.read(Documents.README).orElse("")));
        actuator.write(Documents.SPECIFICATION, documents.specification(plan, report));
        actuator.write(Documents.API, api);
        actuator.write(History.FILE, History.write(wish.chapters(model)));
    }
}
