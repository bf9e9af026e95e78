package dev.saywhen.adapter.database;

import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopSwitch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One rehearsal from the beginning to the end, as words. */
final class RehearsedOnce {
    private static final ProjectName DEMO = new ProjectName("demo");
    private static final RunId RUN = new RunId(7);

    private RehearsedOnce() {}

    static String verdict(Rehearsals rehearsals, Target target, Path servers, String log) {
        StopSwitch stops = new StopSwitch(0);
        stops.track(RUN, false);
        PostgresRehearsal rehearsal = new PostgresRehearsal(
                Map.of(DEMO, target), rehearsals.confinement, () -> rehearsals.programs, servers, stops);
        return switch (rehearsal.rehearse(stops.epochOf(RUN), DEMO, List.of(new ChangeLogText("once.sql", log)))) {
            case Rehearsed.Proven(var parts) ->
                "proven " + parts.getFirst().proof().notes();
            case Rehearsed.Refused(String why) -> "refused " + why;
        };
    }
}
