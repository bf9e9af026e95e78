package dev.saywhen.engineer;

import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import java.util.Optional;

/**
 * Tries change sets on a copy of a project's database before anyone is asked (port). The target's catalog is read, nothing
 * of it is changed, and no row of it is read but masked ones where the project allows that.
 *
 * <p>A rehearsal and a look register a cut-off under the epoch that they are given, and end with {@link ThoughtCut} if that
 * was used.
 */
public interface Rehearsal {
    /** Where a project's database is, for people, without user or password; empty if it has none. */
    Optional<String> database(ProjectName project);

    /**
     * Applies change logs one after the other, takes them back and applies them again.
     *
     * @param began the run, and where its thinking began
     * @param logs in order; each is one step and one transaction
     */
    Rehearsed rehearse(StopSwitch.Epoch began, ProjectName project, List<ChangeLogText> logs);

    /**
     * Takes committed change sets back and applies them again.
     *
     * @param began the run, and where its thinking began
     * @param steps what was applied, the newest first; each is one step and one transaction
     */
    Rehearsed rehearseBack(StopSwitch.Epoch began, ProjectName project, List<List<ChangeSet>> steps);

    /**
     * Applies the change logs of a program that keeps a database of its own, takes them back and applies them again, where
     * no project's database has a part in it.
     *
     * @param began the run, and where its thinking began
     * @param before what was applied to such a database already; its tables have rows then
     * @param logs in order; each is one step and one transaction
     */
    Rehearsed rehearseAlone(StopSwitch.Epoch began, List<ChangeLogText> before, List<ChangeLogText> logs);

    /**
     * The fingerprint that the schema of a project's database has now. Throws where it cannot be read.
     *
     * @param began the run, and where what looks for it began
     */
    Digest schema(StopSwitch.Epoch began, ProjectName project);

    /**
     * Whether change sets stand in the database's own record of what was applied. Throws where it cannot be read.
     *
     * @param began the run, and where what looks for it began
     */
    boolean isApplied(StopSwitch.Epoch began, ProjectName project, List<ChangeSet> changeSets);

    /**
     * A change log in Liquibase's formatted SQL.
     *
     * @param file its path in the repository; Liquibase knows it by what follows {@code src/main/resources/}
     */
    record ChangeLogText(String file, String text) {}

    /** What came of it. */
    sealed interface Rehearsed {
        /** Each step came back equal. */
        record Proven(List<Part> parts) implements Rehearsed {
            public Proven {
                parts = List.copyOf(parts);
            }
        }

        /** It is not offered; why, and what would do. */
        record Refused(String why) implements Rehearsed {}
    }

    /** One step: what is run, and what its rehearsal found. */
    record Part(List<ChangeSet> changeSets, Proof proof) {
        public Part {
            changeSets = List.copyOf(changeSets);
        }
    }
}
