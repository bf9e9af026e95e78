package dev.saywhen.adapter.build;

import dev.saywhen.adapter.build.report.Reports;
import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.safety.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The builds that are known, by the files at the root of a repository, and those that were configured. */
public final class KnownBuilds implements Builds {
    private static final List<Function<Repository, Optional<? extends Build>>> KNOWN =
            List.of(Maven::in, Gradle::in, Cargo::in, Go::in, Npm::in, Pytest::in);

    private final CommandOutputs outputs;
    private final Map<ProjectName, CommandScope> configured;

    /** @param configured the commands that run all tests, for projects whose operator set one */
    public KnownBuilds(CommandOutputs outputs, Map<ProjectName, CommandScope> configured) {
        this.outputs = outputs;
        this.configured = Map.copyOf(configured);
    }

    @Override
    public List<Build> of(ProjectName project, Repository repository) {
        List<Build> known = new ArrayList<>();
        KNOWN.forEach(recognise -> recognise.apply(repository).ifPresent(known::add));
        CommandScope suite = configured.get(project);
        if (suite != null) {
            known.addFirst(new Configured(suite, known.isEmpty() ? null : known.getFirst()));
        }
        return List.copyOf(known);
    }

    @Override
    public TestReport report(WorkTree tree, CommandResult result) {
        return Reports.read(tree, result, outputs.whole(result));
    }
}
