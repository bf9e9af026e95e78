package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.Repository;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.plan.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes of a filled-in form what people are asked to say yes to. Scopes are what steps name, path by path. */
final class OutlineOfForm {
    private final PlanForm form;
    private final List<Step> kept;
    private final Repository repository;
    private final List<ToolScope> offered;
    private final Words words;

    /** @param offered what may be named of servers outside */
    OutlineOfForm(PlanForm form, List<Step> kept, Repository repository, List<ToolScope> offered, Words words) {
        this.form = form;
        this.kept = kept;
        this.repository = repository;
        this.offered = offered;
        this.words = words;
    }

    Outline outline() {
        List<Step> steps = new ArrayList<>(kept);
        form.steps().forEach(step -> steps.add(step(steps.size() + 1, step)));
        Set<String> files = new LinkedHashSet<>();
        Set<CommandScope> commands = new LinkedHashSet<>();
        steps.forEach(step -> {
            files.addAll(step.tests());
            files.addAll(step.files());
            step.check().ifPresent(commands::add);
        });
        files.addAll(form.documents());
        CommandScope whole = command(form.whole());
        commands.add(whole);
        form.commands().forEach(one -> commands.add(command(one)));
        List<ToolScope> tools = form.outside().stream()
                .flatMap(one -> one.among(offered).stream())
                .distinct()
                .toList();
        return new Outline(
                words.line(form.title()),
                summary(steps.size(), files.size(), commands.size(), tools),
                List.of(
                        part(PlanPart.Kind.ARCHITECTURE, form.architecture()),
                        part(PlanPart.Kind.ENDPOINTS, form.endpoints()),
                        part(PlanPart.Kind.TESTING, form.testing()),
                        part(PlanPart.Kind.DEPLOYMENT, form.deployment())),
                steps,
                new Verification.Suite(whole),
                form.documents(),
                new Scopes(files.stream().map(PathScope::new).toList(), List.copyOf(commands), List.of(), tools),
                new Budget(Duration.ofMinutes(form.minutes()), Long.MAX_VALUE),
                words.lines(form.notTouched()),
                words.lines(form.risks()),
                words.line(form.wayBack()),
                request(files));
    }

    private List<String> summary(int steps, int files, int commands, List<ToolScope> tools) {
        String counted =
                "%d steps, %d files, %d commands. About %d min.".formatted(steps, files, commands, form.minutes());
        long changing = tools.stream().filter(tool -> !tool.onlyReads()).count();
        return tools.isEmpty()
                ? List.of(counted)
                : List.of(
                        counted,
                        "%d tools of servers outside, %d of them change things there."
                                .formatted(tools.size(), changing));
    }

    private Step step(int number, PlanForm.StepForm step) {
        return new Step(
                number,
                words.line(step.title()),
                step.tests(),
                step.files(),
                command(step.check()),
                words.line(step.wayBack()));
    }

    private static CommandScope command(PlanForm.CommandForm command) {
        return new CommandScope(command.arguments(), command.network());
    }

    private PlanPart part(PlanPart.Kind kind, List<String> lines) {
        List<String> said = words.lines(lines);
        return new PlanPart(kind, said.isEmpty() ? List.of("None.") : said);
    }

    /** New where there was nothing but a page or two; else by whether it adds files. */
    private AuthorizationRequest request(Set<String> files) {
        List<String> there = repository.files();
        if (there.stream().allMatch(path -> path.matches("(?i)(readme|license|\\.gitignore)[^/]*"))) {
            return AuthorizationRequest.NEW_SERVICE;
        }
        return there.containsAll(files) ? AuthorizationRequest.CHANGES_EXISTING_FILES : AuthorizationRequest.OTHERWISE;
    }
}
