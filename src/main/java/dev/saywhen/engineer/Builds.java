package dev.saywhen.engineer;

import dev.saywhen.id.ProjectName;
import dev.saywhen.safety.CommandResult;
import java.util.List;

/** Knows how repositories are built and tested, and reads what came of it (port). */
public interface Builds {
    /**
     * What was configured for the project, then what the files at the root of its repository show, the most telling first;
     * empty where neither is anything.
     */
    List<Build> of(ProjectName project, Repository repository);

    /**
     * What a run of tests came to, from the reports in the work tree and from what was printed.
     *
     * <p>Reports that are older than the run are not looked at. A command that failed without a test that did is one failure,
     * and its excerpt the last that was printed: a build that broke, or tests that could not be loaded.
     */
    TestReport report(WorkTree tree, CommandResult result);
}
