package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Part;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.AuthorizationRequest;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Raise;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.StopSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes change logs that people write into the thread, or that lie in the repository, for what they are, and leaves
 * everything else to another engineer. No thinking is needed: the rehearsal judges them.
 */
public final class ChangeLogEngineer implements Engineer {
    private static final Duration PER_STEP = Duration.ofMinutes(5);
    private static final String BEGIN = "--liquibase formatted sql";
    private static final Pattern BLOCK =
            Pattern.compile("```[a-zA-Z]*\\s*\\n(\\s*" + BEGIN + ".*?)```", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST = Pattern.compile("(?m)^--\\s*changeset\\s+([^\\s:]+):([^\\s:]+)");
    private static final Pattern IN_REPOSITORY = Pattern.compile(
            "(?i)\\b(apply|run|migrate)\\b.*\\bchange ?(sets|logs)\\b.*\\b(repository|database)\\b", Pattern.DOTALL);
    private static final String RESOURCES = "src/main/resources/";

    private final Engineer others;

    public ChangeLogEngineer(Engineer others) {
        this.others = others;
    }

    @Override
    public String introduction() {
        return others.introduction()
                + "\nFor the database: change sets in Liquibase's formatted SQL, in a code block that"
                + " begins with `" + BEGIN + "`, or `apply the change sets of this repository`.";
    }

    @Override
    public String spent(RunId run) {
        return others.spent(run);
    }

    @Override
    public List<Raise> raises(PlanRevision before) {
        return others.raises(before);
    }

    @Override
    public Asked ask(StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository) {
        List<ChangeLogText> logs = logs(brief, repository);
        return logs.isEmpty()
                ? others.ask(began, project, brief, repository)
                : new Asked.Complete(
                        logs.stream().map(log -> "the change log " + log.file()).toList());
    }

    @Override
    public Drafted plan(
            StopSwitch.Epoch began, ProjectName project, Brief brief, Repository repository, List<Step> kept) {
        List<ChangeLogText> logs = logs(brief, repository);
        if (logs.isEmpty()) {
            return others.plan(began, project, brief, repository, kept);
        }
        Optional<String> taken = logs.stream()
                .filter(log -> repository
                        .read(log.file())
                        .filter(there -> !there.equals(log.text()))
                        .isPresent())
                .map(ChangeLogText::file)
                .findFirst();
        if (taken.isPresent()) {
            return new Drafted.Declined("The repository has a " + taken.get()
                    + " already, with another text. Give the first change set another id, which names the file.");
        }
        List<ChangeLogText> left = logs.stream()
                .filter(log -> kept.stream().noneMatch(step -> step.files().contains(log.file())))
                .toList();
        if (left.isEmpty()) {
            return new Drafted.Proposed(outline(List.of(), List.of(), kept));
        }
        return new Drafted.Migrating(left, parts -> outline(left, parts, kept));
    }

    /** The newest message that holds any wins. */
    private static List<ChangeLogText> logs(Brief brief, Repository repository) {
        for (String message : brief.messages().reversed()) {
            Matcher block = BLOCK.matcher(message);
            List<ChangeLogText> logs = new ArrayList<>();
            while (block.find()) {
                String text = block.group(1).strip() + "\n";
                logs.add(new ChangeLogText(path(text, repository), text));
            }
            if (logs.isEmpty() && IN_REPOSITORY.matcher(message).find()) {
                repository.files().stream()
                        .filter(file -> file.endsWith(".sql"))
                        .forEach(file -> repository
                                .read(file)
                                .filter(text -> text.stripLeading()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .startsWith(BEGIN))
                                .ifPresent(text -> logs.add(new ChangeLogText(file, text))));
            }
            if (!logs.isEmpty()) {
                return logs;
            }
        }
        return List.of();
    }

    private static String path(String text, Repository repository) {
        Matcher first = FIRST.matcher(text);
        String name = first.find() ? first.group(1) + "-" + first.group(2) : "change";
        boolean isService = repository.files().stream().anyMatch(file -> file.startsWith(RESOURCES + "db/changelog/"));
        return (isService ? RESOURCES : "") + "db/changelog/" + name.replaceAll("[^A-Za-z0-9_-]", "_") + ".sql";
    }

    private static Outline outline(List<ChangeLogText> logs, List<Part> parts, List<Step> kept) {
        List<Step> steps = new ArrayList<>(kept);
        for (int at = 0; at < parts.size(); at++) {
            Part part = parts.get(at);
            ChangeLogText log = logs.get(at);
            steps.add(new Step(
                    steps.size() + 1,
                    "Apply " + log.file() + (isAlone(part) ? ", not transactional" : ""),
                    new Step.Migrate(log.file(), log.text(), part.changeSets(), part.proof()),
                    "roll the change sets back and revert the commit"));
        }
        List<ChangeSet> changeSets =
                parts.stream().flatMap(part -> part.changeSets().stream()).toList();
        List<String> changes = Schema.plainly(parts.stream()
                .flatMap(part -> part.proof().changes().stream())
                .filter(change -> !change.startsWith("= "))
                .toList());
        List<String> locks = parts.stream()
                .flatMap(part -> part.proof().locks().stream())
                .distinct()
                .toList();
        List<String> notes = parts.stream()
                .flatMap(part -> part.proof().notes().stream())
                .distinct()
                .toList();
        List<String> names = steps.stream()
                .flatMap(step ->
                        step.work() instanceof Step.Migrate migrate ? migrate.changeSets().stream() : Stream.of())
                .map(ChangeSet::name)
                .toList();
        return new Outline(
                "change sets " + String.join(", ", names),
                summary(steps.getLast().proof().orElseThrow().database(), changeSets, steps.size(), changes, locks),
                List.of(
                        new PlanPart(
                                PlanPart.Kind.ARCHITECTURE,
                                changes.isEmpty() ? List.of("The schema stays as it is.") : changes),
                        new PlanPart(
                                PlanPart.Kind.ENDPOINTS,
                                List.of("None is changed; programs that use what changes" + " are not looked at.")),
                        new PlanPart(
                                PlanPart.Kind.TESTING,
                                List.of(
                                        "Rehearsed before you read this: on a copy of the schema, with rows made to type,"
                                                + " applied, rolled back and applied again; schema and rows came back equal.")),
                        new PlanPart(
                                PlanPart.Kind.DEPLOYMENT,
                                Stream.concat(
                                                Stream.of(
                                                        parts.stream().anyMatch(ChangeLogEngineer::isAlone)
                                                                ? "Each step is one transaction, all of it or nothing, but for those headed \"not transactional\"."
                                                                : "Each step is one transaction: all of it or nothing."),
                                                Stream.concat(locks.stream(), notes.stream()))
                                        .toList())),
                steps,
                new Verification.SameSchema(
                        steps.getLast().proof().orElseThrow().after()),
                List.of(),
                new Scopes(
                        steps.stream()
                                .flatMap(step -> step.files().stream())
                                .map(PathScope::new)
                                .toList(),
                        List.of(),
                        List.of()),
                new Budget(PER_STEP.multipliedBy(steps.size() + 1L), 0),
                List.of("every file but the change logs"),
                risks(notes, locks),
                "`undo` rolls the change sets back and reverts the commits",
                AuthorizationRequest.CHANGES_DATABASE);
    }

    private static boolean isAlone(Part part) {
        return part.changeSets().stream().anyMatch(ChangeSet::standsAlone);
    }

    private static List<String> summary(
            String database, List<ChangeSet> changeSets, int steps, List<String> changes, List<String> locks) {
        List<String> gone = changes.stream()
                .filter(change -> change.startsWith("- "))
                .map(change -> change.substring(2))
                .toList();
        return List.of(
                "%d %s in %d %s."
                        .formatted(
                                changeSets.size(),
                                changeSets.size() == 1 ? "change set" : "change sets",
                                steps,
                                steps == 1 ? "transaction" : "transactions"),
                "Database " + database + ": " + Schema.few(changes)
                        + (changes.isEmpty() ? "no change of the schema" : "")
                        + ". Applied, rolled back, applied again on a copy: equal.",
                (locks.isEmpty() ? "Locks nothing that is there." : "Locks " + Schema.few(locks) + ".")
                        + (gone.isEmpty() ? " Drops nothing." : " Drops " + Schema.few(gone) + "."));
    }

    private static List<String> risks(List<String> notes, List<String> locks) {
        List<String> risks = new ArrayList<>(
                notes.stream().filter(note -> !note.startsWith("applied in ")).toList());
        if (risks.isEmpty()) {
            risks.add(
                    locks.isEmpty() ? "low: nothing that is there is touched." : "medium: others wait for the locks.");
        }
        return risks;
    }

    @Override
    public void writeTests(PlanRevision plan, Step step, Actuator actuator) {
        others.writeTests(plan, step, actuator);
    }

    @Override
    public void writeCode(PlanRevision plan, Step step, Actuator actuator) {
        others.writeCode(plan, step, actuator);
    }

    @Override
    public TestReport readTests(WorkTree tree, CommandResult result) {
        return others.readTests(tree, result);
    }

    @Override
    public boolean mend(PlanRevision plan, Failure failure, Actuator actuator) {
        return others.mend(plan, failure, actuator);
    }

    @Override
    public Reviewed review(PlanRevision plan, TestReport tests, String diff, Actuator actuator) {
        return others.review(plan, tests, diff, actuator);
    }

    @Override
    public void document(PlanRevision plan, String report, Actuator actuator) {
        others.document(plan, report, actuator);
    }
}
