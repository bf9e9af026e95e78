package dev.saywhen.boot;

import dev.saywhen.adapter.git.GitCommand;
import dev.saywhen.adapter.git.GitProject;
import dev.saywhen.adapter.git.GitWorkspace;
import dev.saywhen.adapter.store.AuditByJdbc;
import dev.saywhen.adapter.store.AuditWitness;
import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditVerifier;
import dev.saywhen.audit.KnownPlace;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code verify-audit [RUN]}: whether the chains hold, also against what messages, commits and files say. */
final class VerifyAudit implements Command {
    /** Below the home: how far each chain was seen to reach. */
    static final String WITNESS = "audit";

    @Override
    public int run(List<String> arguments) {
        Optional<AuditChain> only;
        try {
            only = arguments.stream().findFirst().map(run -> AuditChain.of(RunId.parse(run)));
        } catch (IllegalArgumentException wrong) {
            System.err.println("A run is named by its number: ./saywhen verify-audit 7");
            return 2;
        }
        if (!Files.isDirectory(HomeDatabase.home())) {
            System.err.println("There is no Saywhen in " + HomeDatabase.home()
                    + ". Name its folder: ./saywhen verify-audit -- saywhen.home=FOLDER");
            return 1;
        }
        try (HomeDatabase database = HomeDatabase.open()) {
            AuditByJdbc log = new AuditByJdbc(database.connection());
            AuditWitness witness = new AuditWitness(HomeDatabase.home().resolve(WITNESS));
            List<AuditChain> chains = Stream.concat(log.chains().stream(), witness.chains().stream())
                    .distinct()
                    .toList();
            if (only.isPresent() && !chains.contains(only.get())) {
                System.err.println("There is no chain " + only.get() + ".");
                return 1;
            }
            return verified(log, witness, only.map(List::of).orElse(chains));
        } catch (SQLException unreachable) {
            System.err.println("The database cannot be reached: " + unreachable.getMessage());
            return 1;
        }
    }

    private static int verified(AuditByJdbc log, AuditWitness witness, List<AuditChain> chains) {
        AuditVerifier verifier = new AuditVerifier(log, log);
        boolean holds = true;
        for (AuditChain chain : chains) {
            List<KnownPlace> known = new ArrayList<>(known(log, chain));
            witness.of(chain).ifPresent(known::add);
            switch (verifier.verify(chain, known)) {
                case AuditVerifier.Verdict.Holds(AuditMark newest)
                when newest.equals(AuditMark.START) -> {
                    System.out.printf("%s is BROKEN at record 1: none of its records is left%n", chain);
                    holds = false;
                }
                case AuditVerifier.Verdict.Holds(AuditMark newest) ->
                    System.out.printf(
                            "%s holds: %d records, newest %s, %d of them known from messages, commits and files%n",
                            chain, newest.sequence(), newest.hash().code(), known.size());
                case AuditVerifier.Verdict.Broken(long sequence, String why) -> {
                    System.out.printf("%s is BROKEN at record %d: %s%n", chain, sequence, why);
                    holds = false;
                }
            }
        }
        if (chains.isEmpty()) {
            System.out.println("No chain has a record yet.");
        }
        return holds ? 0 : 1;
    }

    /** What messages and commits of a run say of its chain; the commits are those in Saywhen's own clones. */
    private static List<KnownPlace> known(AuditByJdbc log, AuditChain chain) {
        if (!(chain instanceof AuditChain.OfRun(RunId run))) {
            return List.of();
        }
        List<KnownPlace> known = new ArrayList<>(log.toldOf(run));
        Path home = HomeDatabase.home();
        GitCommand git = new GitCommand(home.resolve("cache").resolve("git"));
        for (ProjectName project : projects(home.resolve("repositories"))) {
            GitProject clone = new GitProject(project, home.toString(), "main");
            GitWorkspace workspace = new GitWorkspace(List.of(clone), home, git, Clock.systemUTC());
            workspace
                    .marks(project, run)
                    .forEach(marked -> marked.mark()
                            .map(mark -> KnownPlace.of(
                                    mark, "commit " + marked.commit().brief()))
                            .ifPresent(known::add));
        }
        return known;
    }

    private static List<ProjectName> projects(Path clones) {
        if (!Files.isDirectory(clones)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(clones)) {
            return found.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".git"))
                    .map(name -> new ProjectName(name.substring(0, name.length() - ".git".length())))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
