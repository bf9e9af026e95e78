package dev.saywhen.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.saywhen.engineer.Engineer.OwnMigrations;
import dev.saywhen.engineer.Rehearsal.ChangeLogText;
import dev.saywhen.engineer.Rehearsal.Rehearsed;
import dev.saywhen.flow.fakes.FakeRehearsal;
import dev.saywhen.flow.fakes.FakeSandbox;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.StopSwitch;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMigrationsTriedTest {
    private static final StopSwitch.Epoch BEGAN = new StopSwitch(0).epochOf(new RunId(1));
    private static final OwnMigrations SOME =
            new OwnMigrations(List.of(), List.of(new ChangeLogText("db/changes/1.sql", "")));
    private static final Outline OUTLINE = PlanSample.outline(new RunId(1));

    private final FakeSandbox sandbox = new FakeSandbox();

    @Test
    void what_does_not_come_back_is_refused() {
        assertEquals(
                new Rehearsed.Refused("nothing is rehearsed here"), tried(SOME).rehearsed(BEGAN));
    }

    @Test
    void where_nothing_can_be_tried_the_plan_says_so() {
        sandbox.weaken();
        OwnMigrationsTried tried = tried(SOME);

        assertEquals(new Rehearsed.Proven(List.of()), tried.rehearsed(BEGAN));
        PlanPart testing = tried.told(OUTLINE, List.of()).parts().get(PlanPart.Kind.TESTING.ordinal());
        assertEquals(
                "The service's own change sets were not rehearsed: commands are not kept apart.",
                testing.lines().getLast());
    }

    @Test
    void a_plan_without_any_stays_as_it_is() {
        OwnMigrationsTried tried = tried(OwnMigrations.NONE);

        assertEquals(new Rehearsed.Proven(List.of()), tried.rehearsed(BEGAN));
        assertSame(OUTLINE, tried.told(OUTLINE, List.of()));
    }

    private OwnMigrationsTried tried(OwnMigrations own) {
        return new OwnMigrationsTried(new FakeRehearsal(), sandbox, own);
    }
}
