package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.report.Coverage;
import dev.saywhen.adapter.blueprint.report.SurefireReports;
import dev.saywhen.adapter.blueprint.service.BlueprintStep;
import dev.saywhen.adapter.blueprint.service.GeneratedFile;
import dev.saywhen.adapter.blueprint.service.ServiceBlueprint;
import dev.saywhen.adapter.blueprint.understanding.Question;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The engineer that needs no model: CRUD-shaped services from a blueprint, the same words always the same service. */
public final class BlueprintEngineer implements Engineer {
    private static final Duration PER_STEP = Duration.ofMinutes(5);
    private static final String ALREADY_THERE = "This repository has a pom.xml already. I build new services only; "
            + "for work on an existing one configure a model.";

    @Override
    public String introduction() {
        return Understanding.INTRODUCTION;
    }

    @Override
    public Asked ask(Brief brief, Repository repository) {
        if (repository.files().contains("pom.xml")) {
            return new Asked.Declined(ALREADY_THERE);
        }
        Understanding heard = understood(brief);
        if (heard.refusal().isPresent() && brief.answers().isEmpty()) {
            return new Asked.Declined(heard.refusal().get());
        }
        if (heard.refusal().isPresent()) {
            return new Asked.Questions(
                    heard.understood(), List.of(heard.refusal().get()));
        }
        return heard.model().isPresent()
                ? new Asked.Complete(heard.understood())
                : new Asked.Questions(heard.understood(), questions(heard));
    }

    @Override
    public Drafted plan(Brief brief, Repository repository, List<Step> kept) {
        if (repository.files().contains("pom.xml")) {
            return new Drafted.Declined(ALREADY_THERE);
        }
        Understanding heard = understood(brief);
        if (heard.model().isEmpty()) {
            List<String> open = heard.refusal().map(List::of).orElseGet(() -> questions(heard));
            return new Drafted.Unclear(new Asked.Questions(heard.understood(), open));
        }
        return new Drafted.Proposed(outline(heard.model().get(), heard));
    }

    private static Understanding understood(Brief brief) {
        Understanding heard = Understanding.read(brief.messages());
        return brief.assumed() && heard.model().isEmpty() ? heard.withDefaults() : heard;
    }

    private static List<String> questions(Understanding heard) {
        return heard.questions().stream().map(Question::text).toList();
    }

    private static Outline outline(ServiceModel model, Understanding heard) {
        List<BlueprintStep> blueprint = new ServiceBlueprint(model).steps();
        List<Step> steps = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        Set<CommandScope> commands = new LinkedHashSet<>();
        for (BlueprintStep each : blueprint) {
            Step step = new Step(
                    steps.size() + 1,
                    each.title(),
                    paths(each.tests()),
                    paths(each.code()),
                    new CommandScope(each.check(), false),
                    each.wayBack());
            steps.add(step);
            files.addAll(step.tests());
            files.addAll(step.files());
            commands.add(step.check());
        }
        List<String> documents = List.of(Documents.README, Documents.SPECIFICATION, Documents.API);
        files.addAll(documents);
        CommandScope verify = new CommandScope(ServiceBlueprint.WHOLE, false);
        commands.add(verify);
        PlanProse prose = new PlanProse(model, heard);
        return new Outline(
                model.name() + ", a new service",
                prose.summary(steps.size(), files.size()),
                List.of(
                        new PlanPart(PlanPart.Kind.ARCHITECTURE, prose.architecture()),
                        new PlanPart(PlanPart.Kind.ENDPOINTS, prose.endpoints()),
                        new PlanPart(PlanPart.Kind.TESTING, prose.testing()),
                        new PlanPart(PlanPart.Kind.DEPLOYMENT, prose.deployment())),
                steps,
                verify,
                documents,
                new Scopes(files.stream().map(PathScope::new).toList(), List.copyOf(commands), List.of()),
                new Budget(PER_STEP.multipliedBy(steps.size() + 2L), 0),
                List.of("every existing file but README.md", "every existing branch", "every database"),
                prose.risks(),
                "drop the run's branch, or revert its commits; nothing else is changed",
                AuthorizationRequest.NEW_SERVICE);
    }

    private static List<String> paths(List<GeneratedFile> files) {
        return files.stream().map(GeneratedFile::path).toList();
    }

    @Override
    public void writeTests(PlanRevision plan, Step step, Actuator actuator) {
        blueprint(plan, step).tests().forEach(file -> actuator.write(file.path(), file.content()));
    }

    @Override
    public void writeCode(PlanRevision plan, Step step, Actuator actuator) {
        blueprint(plan, step).code().forEach(file -> actuator.write(file.path(), file.content()));
    }

    private static BlueprintStep blueprint(PlanRevision plan, Step step) {
        List<BlueprintStep> steps = new ServiceBlueprint(model(plan)).steps();
        if (step.number() > steps.size()
                || !steps.get(step.number() - 1).title().equals(step.title())) {
            throw new EffectBroke("The blueprint no longer gives step " + step.number()
                    + " of this plan. Say `plan` for a fresh one.");
        }
        return steps.get(step.number() - 1);
    }

    private static ServiceModel model(PlanRevision plan) {
        return understood(plan.brief())
                .model()
                .orElseThrow(() -> new EffectBroke(
                        "What was asked for is understood otherwise now. Say `plan` for a fresh plan."));
    }

    @Override
    public TestReport readTests(WorkTree tree) {
        return SurefireReports.read(tree);
    }

    /** A blueprint is right or wrong as a whole: what it wrote is not patched until it happens to pass. */
    @Override
    public boolean mend(PlanRevision plan, TestReport failure, Actuator actuator) {
        return false;
    }

    @Override
    public String review(PlanRevision plan, TestReport tests, Actuator actuator) {
        List<EntityModel> entities = model(plan).entities();
        return String.join(
                "\n",
                "Tests %d run, %d failed, %d skipped.".formatted(tests.tests(), tests.failed(), tests.skipped()),
                Coverage.read(actuator).map(Coverage::line).orElse("Coverage: no report was found."),
                "Change sets: applied, rolled back and applied again on a PostgreSQL of the tests' own.",
                "Endpoints tested: " + Documents.names(entities) + ".",
                "Not measured: load, failover.");
    }

    @Override
    public void document(PlanRevision plan, String report, Actuator actuator) {
        Understanding heard = understood(plan.brief());
        Documents documents = new Documents(model(plan), heard.understood());
        String api = actuator.read(Documents.API_FROM_BUILD)
                .orElseThrow(() -> new EffectBroke("The build left no " + Documents.API_FROM_BUILD + "."));
        actuator.write(
                Documents.README,
                documents.readme(actuator.read(Documents.README).orElse("")));
        actuator.write(Documents.SPECIFICATION, documents.specification(plan, report));
        actuator.write(Documents.API, api);
    }
}
