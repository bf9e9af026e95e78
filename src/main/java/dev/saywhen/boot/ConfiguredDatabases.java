package dev.saywhen.boot;

import dev.saywhen.adapter.database.Confinement;
import dev.saywhen.adapter.database.Target;
import dev.saywhen.adapter.sandbox.KillReport;
import dev.saywhen.adapter.sandbox.OwnProgram;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.boot.postgres.DatabaseAccess;
import dev.saywhen.boot.postgres.EmbeddedServer;
import dev.saywhen.id.ProjectName;
import dev.saywhen.safety.CutOff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The databases of projects, and where change sets are tried. */
final class ConfiguredDatabases {
    /** The database of the demo project, and the role that owns it and can do nothing else. */
    static final String DEMO = "demo";

    private ConfiguredDatabases() {}

    /** @throws StartRefused with the key, for one that cannot be used */
    static Map<ProjectName, Target> targets(Map<ProjectName, SaywhenConfig.Project> projects, Path home) {
        Map<ProjectName, Target> targets = new TreeMap<>();
        projects.forEach((name, project) -> {
            refuseSample(name, project.sample());
            if (project.databaseUrl().isPresent()) {
                targets.put(name, checked(name, project, project.databaseUrl().get()));
            } else if (project instanceof ConfiguredProjects.Demo) {
                demo(home).ifPresent(target -> targets.put(name, target));
            }
        });
        return targets;
    }

    private static void refuseSample(ProjectName name, int sample) {
        if (sample < 0 || sample > Target.LARGEST_SAMPLE) {
            throw new StartRefused("saywhen.projects.\"" + name + "\".sample does not do: it is a number of rows, 0 to "
                    + Target.LARGEST_SAMPLE + ".");
        }
    }

    private static Target checked(ProjectName name, SaywhenConfig.Project project, String url) {
        String key = "saywhen.projects.\"" + name + "\".database-url";
        try {
            Target target = new Target(
                    url,
                    project.databaseUsername().orElse(""),
                    project.databasePassword().orElse(""),
                    project.sample(),
                    project.concurrently());
            target.check();
            return target;
        } catch (IllegalArgumentException other) {
            throw new StartRefused(key + " does not do: " + other.getMessage() + ".", other);
        } catch (SQLException unusable) {
            throw new StartRefused(
                    key + " cannot be used (" + unusable.getMessage() + "). Check it with database-username and"
                            + " database-password.",
                    unusable);
        }
    }

    /** There is none where the records are kept on a server that is not ours to make databases on. */
    private static Optional<Target> demo(Path home) {
        return EmbeddedServer.running(home, DEMO).map(ConfiguredDatabases::target);
    }

    private static Target target(DatabaseAccess access) {
        return new Target(access.url(), access.username(), access.password());
    }

    /** The sandbox as a place for throw-away servers. */
    static Confinement confinement(ProvenSandbox sandbox) {
        return (argv, folder, output) -> {
            if (!sandbox.isComplete()) {
                throw new IOException("Commands are not kept apart here: " + sandbox.isolation() + ".");
            }
            OwnProgram program = sandbox.start(argv, folder, output);
            return new Confinement.Confined() {
                @Override
                public CutOff.Report kill() {
                    KillReport report = program.kill();
                    return new CutOff.Report(report.killed(), report.survivors());
                }

                @Override
                public void awaitEnd() {
                    program.awaitEnd();
                }
            };
        };
    }

    static Path programs(Path home) {
        try {
            return EmbeddedServer.programs(home.resolve("cache"));
        } catch (IOException broken) {
            throw new UncheckedIOException("unpacking PostgreSQL's programs", broken);
        }
    }
}
