package dev.saywhen.adapter.build;

import dev.saywhen.adapter.build.report.Reports;
import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.CommandOutputs;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.safety.CommandResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The builds that are known, by the files at the root of a repository. */
public final class KnownBuilds implements Builds {
    private static final List<Function<Repository, Optional<? extends Build>>> KNOWN =
            List.of(Maven::in, Gradle::in, Cargo::in, Go::in, Npm::in, Pytest::in);

    private final CommandOutputs outputs;

    public KnownBuilds(CommandOutputs outputs) {
        this.outputs = outputs;
    }

    @Override
    public List<Build> of(Repository repository) {
        return KNOWN.stream()
                .flatMap(recognise -> recognise.apply(repository).stream())
                .flatMap(build -> Stream.<Build>of(build))
                .toList();
    }

    @Override
    public TestReport report(WorkTree tree, CommandResult result) {
        return Reports.read(tree, result, outputs.whole(result));
    }
}
