package dev.saywhen.flow.fakes;

import dev.saywhen.engineer.Rehearsal;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import java.util.Optional;

/** For projects without a database. */
public final class FakeRehearsal implements Rehearsal {
    @Override
    public Optional<String> database(ProjectName project) {
        return Optional.empty();
    }

    @Override
    public Rehearsed rehearse(StopSwitch.Epoch began, ProjectName project, List<ChangeLogText> logs) {
        return new Rehearsed.Refused("there is no database");
    }

    @Override
    public Rehearsed rehearseBack(StopSwitch.Epoch began, ProjectName project, List<List<ChangeSet>> steps) {
        return new Rehearsed.Refused("there is no database");
    }

    @Override
    public Rehearsed rehearseAlone(StopSwitch.Epoch began, List<ChangeLogText> before, List<ChangeLogText> logs) {
        return new Rehearsed.Refused("nothing is rehearsed here");
    }

    @Override
    public Digest schema(StopSwitch.Epoch began, ProjectName project) {
        throw new IllegalStateException("there is no database");
    }

    @Override
    public boolean isApplied(StopSwitch.Epoch began, ProjectName project, List<ChangeSet> changeSets) {
        return false;
    }
}
