package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.About;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.ToolScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as a model fills it in. */
record PlanForm(
        @About("the work in a few words") String title,

        @About("backend architecture and database design, one line each")
        List<String> architecture,

        @About("API endpoints and data models, one line each")
        List<String> endpoints,

        @About("testing strategy, one line each") List<String> testing,

        @About("deployment and infrastructure changes, one line each; what must be done to a database by others")
        List<String> deployment,

        @About("the steps that remain, in order; each ends with one commit")
        List<StepForm> steps,

        @About("the command that runs every test") CommandForm whole,

        @About("further commands that may be needed, exactly; mostly none")
        List<CommandForm> commands,

        @About("paths of documents to write or bring up to date at the end; may be empty")
        List<String> documents,

        @About("what is deliberately left alone") List<String> notTouched,
        @About("what can go wrong, the worst first") List<String> risks,
        @About("how all of it is taken back") String wayBack,

        @About("how many minutes it takes at most, commands included")
        int minutes,

        @About("tools of servers outside that the work may call, of those that are listed to you; mostly none")
        @Nullable
        List<ToolForm> tools) {

    /** One step. */
    record StepForm(
            @About("an imperative sentence without a full stop, the subject of its commit")
            String title,

            @About("paths of the tests that are written first; empty if the step needs none")
            List<String> tests,

            @About("paths of every other file that the step writes")
            List<String> files,

            @About("the command that is red after the tests and green at the end")
            CommandForm check,

            @About("how the step is taken back") String wayBack) {}

    /** A command. */
    record CommandForm(
            @About("the program and its arguments, one each; no shell")
            List<String> arguments,

            @About("true only for a command that fetches dependencies")
            boolean network) {}

    /** A tool of a server outside. */
    record ToolForm(
            @About("the server's name") String server,
            @About("the tool's name") String tool,

            @About("how many calls of it the work makes at most, if it changes something; left out, one") @Nullable
            Integer calls) {

        Optional<ToolScope> among(List<ToolScope> offered) {
            return offered(offered)
                    .filter(one -> one.onlyReads() || (most() >= 1 && most() <= one.most()))
                    .map(one -> one.calledAtMost(most()));
        }

        private int most() {
            return calls == null ? 1 : calls;
        }

        private Optional<ToolScope> offered(List<ToolScope> offered) {
            return offered.stream()
                    .filter(one -> one.server().equals(server) && one.tool().equals(tool))
                    .findFirst();
        }

        private String lacks(List<ToolScope> offered) {
            return offered(offered)
                    .map(one -> "Of " + one.name() + " a plan names 1 to " + one.most() + " calls.")
                    .orElse("There is no tool \"" + tool + "\" of a server \"" + server + "\".");
        }
    }

    private static final int MOST_STEPS = 30;

    /** What is named of servers outside. */
    List<ToolForm> outside() {
        return tools == null ? List.of() : tools;
    }

    /**
     * What keeps it from being a plan.
     *
     * @param offered what may be named of servers outside
     */
    List<String> objections(int kept, List<ToolScope> offered) {
        List<String> wrong = new ArrayList<>();
        if (title.isBlank()) {
            wrong.add("The title is blank.");
        }
        if (wayBack.isBlank()) {
            wrong.add("The way back is blank.");
        }
        if ((steps.isEmpty() && kept == 0) || steps.size() > MOST_STEPS) {
            wrong.add("A plan has 1 to " + MOST_STEPS + " steps.");
        }
        if (minutes < 1 || minutes > 24 * 60) {
            wrong.add("The minutes are no sensible number.");
        }
        for (StepForm step : steps) {
            if (step.title.isBlank()) {
                wrong.add("A step has no title.");
            }
            if (step.tests.isEmpty() && step.files.isEmpty()) {
                wrong.add("Step \"" + step.title + "\" names no files.");
            }
            if (step.tests.stream().anyMatch(step.files::contains)) {
                wrong.add("Step \"" + step.title + "\" names a file both as a test and otherwise.");
            }
            paths(step.tests, wrong);
            paths(step.files, wrong);
            command(step.check, wrong);
        }
        paths(documents, wrong);
        command(whole, wrong);
        commands.forEach(command -> command(command, wrong));
        outside().stream().filter(one -> one.among(offered).isEmpty()).forEach(one -> wrong.add(one.lacks(offered)));
        List<String> named = outside().stream()
                .flatMap(one -> one.among(offered).stream())
                .distinct()
                .map(ToolScope::name)
                .toList();
        named.stream()
                .filter(one -> Collections.frequency(named, one) > 1)
                .distinct()
                .forEach(one -> wrong.add(one + " is named with several numbers of calls."));
        return wrong;
    }

    private static void paths(List<String> paths, List<String> wrong) {
        for (String path : paths) {
            try {
                PathScope.checkedPath(path);
            } catch (IllegalArgumentException no) {
                wrong.add(String.valueOf(no.getMessage()) + ".");
            }
        }
    }

    private static void command(CommandForm command, List<String> wrong) {
        if (command.arguments.isEmpty() || command.arguments.getFirst().isBlank()) {
            wrong.add("A command has at least a program.");
        }
    }
}
