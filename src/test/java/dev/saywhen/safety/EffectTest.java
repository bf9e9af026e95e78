package dev.saywhen.safety;

import static dev.saywhen.safety.World.GREEN;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Proof;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.safety.fakes.PlanWaits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate lets happen under a permit (gate.md, sections 2 and 11). */
class EffectTest {
    private final World world = new World();
    private final Permit permit = world.permit();

    @Test
    void what_the_plan_names_is_done() {
        Effect.OpenWorkTree open = new Effect.OpenWorkTree(RUN, PlanSample.PROJECT, PlanSample.COMMIT);
        Effect.PublishBranch publish = new Effect.PublishBranch(RUN, PlanSample.PROJECT, PlanSample.COMMIT);

        assertEquals(new Outcome.Done<>(true), world.gate.perform(permit, open));
        assertEquals(new Outcome.Done<>(true), world.gate.perform(permit, World.write("src/Book.java")));
        assertEquals(new Outcome.Done<>(GREEN), world.gate.perform(permit, World.run("mvn", "-o", "test")));
        assertEquals(new Outcome.Done<>(PlanSample.COMMIT), world.gate.perform(permit, World.commit("src/Book.java")));
        assertEquals(new Outcome.Done<>(true), world.gate.perform(permit, publish));
        assertEquals(List.of(open), world.openWorkTree.done());
        assertEquals(List.of(World.write("src/Book.java")), world.writeFile.done());
        assertEquals(List.of(World.run("mvn", "-o", "test")), world.runCommand.done());
        assertEquals(List.of(World.commit("src/Book.java")), world.commitFiles.done());
        assertEquals(List.of(publish), world.publishBranch.done());
    }

    @Test
    void only_commits_that_the_plan_takes_back_are_reverted() {
        PlanRevision plan = PlanSample.wayBack(RUN, 2, PlanSample.COMMIT);
        CommitId other = new CommitId("c".repeat(40));

        assertTrue(reverting(PlanSample.COMMIT).liesIn(plan));
        assertFalse(reverting(other).liesIn(plan));
        assertFalse(reverting(PlanSample.COMMIT).liesIn(PlanSample.plan(RUN, 1)));
    }

    @Test
    void only_change_sets_that_the_plan_proves_are_applied_or_rolled_back() {
        Proof proof = PlanSample.PROOF;
        Proof other = new Proof(proof.database(), proof.before(), proof.before(), 0, List.of(), List.of(), List.of());
        List<ChangeSet> some = List.of(PlanSample.CHANGE_SET);
        PlanRevision applies = PlanSample.database(RUN, 2, new Step.Migrate("db/shelf.sql", "-- shelf", some, proof));
        PlanRevision rollsBack =
                PlanSample.database(RUN, 2, new Step.RollBack(PlanSample.COMMIT, List.of("db/shelf.sql"), some, proof));

        assertTrue(applying(some, proof).liesIn(applies));
        assertFalse(applying(some, other).liesIn(applies));
        assertFalse(applying(List.of(), proof).liesIn(applies));
        assertFalse(applying(some, proof).liesIn(rollsBack));
        assertFalse(new Effect.ApplyChangeSets(RUN, new ProjectName("elsewhere"), some, proof).liesIn(applies));
        assertTrue(rollingBack(some, proof).liesIn(rollsBack));
        assertFalse(rollingBack(some, other).liesIn(rollsBack));
        assertFalse(rollingBack(some, proof).liesIn(applies));
        assertTrue(reverting(PlanSample.COMMIT).liesIn(rollsBack), "its commit goes with it");
        assertFalse(reverting(new CommitId("c".repeat(40))).liesIn(rollsBack));
        assertFalse(reverting(PlanSample.COMMIT).liesIn(applies));
    }

    private Permit permitToCall(ToolScope... tools) {
        world.revisions.await(new PlanWaits(PlanSample.calling(RUN, 1, tools), World.THREAD, world.clock.instant())
                .requestedBy(World.TIM));
        world.clock.tick(Duration.ofMinutes(1));
        world.hearing.heard(World.TEAM);
        return world.permit();
    }

    @Test
    void only_tools_that_the_plan_names_are_called_and_only_as_it_names_them() {
        Permit named = permitToCall(PlanSample.CHANGES_OUTSIDE);
        ToolScope tool = PlanSample.CHANGES_OUTSIDE;
        Effect.CallTool call = calling(PlanSample.PROJECT, tool);

        assertEquals(
                new Outcome.Done<>(new ToolAnswer(ToolAnswer.Ending.ANSWERED, "found")),
                world.gate.perform(named, call));
        assertEquals(List.of(call), world.callTool.done());
        assertEquals(new AuditEvent.EffectEnded("CallTool", "ANSWERED, 5 characters"), world.trail.newest());
        assertTrue(world.trail
                .events()
                .contains(new AuditEvent.EffectBegun(
                        "CallTool",
                        "close_issue of tracker at https://tracker.example.org/mcp, arguments of 13 characters, "
                                + Digest.of("{\"number\":12}"),
                        new RevisionNumber(1))));
        for (Effect.CallTool other : List.of(
                calling(new ProjectName("elsewhere"), tool),
                calling(PlanSample.PROJECT, PlanSample.READS_OUTSIDE),
                calling(PlanSample.PROJECT, new ToolScope(tool.server(), tool.url(), tool.tool(), true)),
                calling(PlanSample.PROJECT, new ToolScope(tool.server(), tool.url() + "2", tool.tool(), false)),
                calling(PlanSample.PROJECT, new ToolScope("wiki", tool.url(), tool.tool(), false)))) {
            assertEquals(
                    Reason.OUT_OF_SCOPE,
                    refused(world.gate.perform(named, other)).reason());
        }
        assertEquals(List.of(call), world.callTool.done());
    }

    @Test
    void a_yes_covers_as_many_calls_of_a_tool_that_changes_something_as_its_plan_says() {
        ToolScope twice = PlanSample.CHANGES_OUTSIDE.calledAtMost(2);
        ToolScope unsaid = new ToolScope("wiki", twice.url(), "rename_page", false, 0);
        Permit named = permitToCall(twice, unsaid, PlanSample.READS_OUTSIDE);
        world.callsMade = 1;

        assertInstanceOf(Outcome.Done.class, world.gate.perform(named, calling(PlanSample.PROJECT, twice)));
        assertEquals(
                new Denial(
                        Reason.ALL_CALLS_MADE,
                        "The yes to r1 covers 1 call of rename_page of wiki, and no more are left. "
                                + "Another one needs a plan that names it."),
                refused(world.gate.perform(named, calling(PlanSample.PROJECT, unsaid))));
        world.callsMade = 2;
        assertEquals(
                "The yes to r1 covers 2 calls of close_issue of tracker, and no more are left. "
                        + "Another one needs a plan that names it.",
                refused(world.gate.perform(named, calling(PlanSample.PROJECT, twice)))
                        .sentence());
        assertEquals(
                Reason.OUT_OF_SCOPE,
                refused(world.gate.perform(named, calling(PlanSample.PROJECT, twice.calledAtMost(3))))
                        .reason());
        assertInstanceOf(
                Outcome.Done.class,
                world.gate.perform(named, calling(PlanSample.PROJECT, PlanSample.READS_OUTSIDE)),
                "what only reads is not counted");
        assertInstanceOf(
                Outcome.Done.class,
                world.gate.perform(named, new Effect.CallTool(RUN, PlanSample.PROJECT, twice, "", "{}")),
                "nor is asking what a tool takes");
    }

    @Test
    void nothing_outside_is_changed_if_nobody_can_say_how_often_it_was() {
        Permit named = permitToCall(PlanSample.CHANGES_OUTSIDE);
        Gate.CallsMade broken = (_, _, _) -> {
            throw new IllegalStateException();
        };
        world.use(broken);

        assertEquals(
                Reason.NOT_CHECKED,
                refused(world.gate.perform(named, calling(PlanSample.PROJECT, PlanSample.CHANGES_OUTSIDE)))
                        .reason());
        assertEquals(List.of(), world.callTool.done());
    }

    @Test
    void a_plan_that_names_no_tool_lets_none_be_called() {
        assertEquals(
                Reason.OUT_OF_SCOPE,
                refused(world.gate.perform(permit, calling(PlanSample.PROJECT, PlanSample.READS_OUTSIDE)))
                        .reason());
        assertEquals(List.of(), world.callTool.done());
    }

    private static Effect.CallTool calling(ProjectName project, ToolScope tool) {
        return new Effect.CallTool(RUN, project, tool, "code", "{\"number\":12}");
    }

    private static Effect.ApplyChangeSets applying(List<ChangeSet> changeSets, Proof proof) {
        return new Effect.ApplyChangeSets(RUN, PlanSample.PROJECT, changeSets, proof);
    }

    private static Effect.RollBackChangeSets rollingBack(List<ChangeSet> changeSets, Proof proof) {
        return new Effect.RollBackChangeSets(RUN, PlanSample.PROJECT, changeSets, proof);
    }

    private static Effect.RevertCommit reverting(CommitId commit) {
        return new Effect.RevertCommit(
                RUN, PlanSample.PROJECT, PlanSample.COMMIT, commit, "Revert it", Collections.emptySortedMap());
    }

    @ParameterizedTest
    @MethodSource
    void what_the_plan_does_not_name_is_refused_before_it_happens(Effect<?> effect) {
        assertEquals(
                Reason.OUT_OF_SCOPE, refused(world.gate.perform(permit, effect)).reason());
        assertEquals(List.of(), world.openWorkTree.done());
        assertEquals(List.of(), world.writeFile.done());
        assertEquals(List.of(), world.runCommand.done());
        assertEquals(List.of(), world.commitFiles.done());
        assertEquals(List.of(), world.publishBranch.done());
    }

    static Stream<Effect<?>> what_the_plan_does_not_name_is_refused_before_it_happens() {
        RunId other = new RunId(8);
        ProjectName elsewhere = new ProjectName("elsewhere");
        return Stream.of(
                World.write("README.md"),
                World.write("src"),
                World.write("src/main/docker/Dockerfile"),
                World.write("POM.XML"),
                World.run("mvn", "-o", "deploy"),
                World.run("mvn", "-o"),
                World.run("mvn", "-o", "test", ""),
                World.run("mvn -o test"),
                World.run(),
                World.run(""),
                World.write("src/../../etc/passwd"),
                new Effect.RunCommand(RUN, List.of("mvn", "-o", "test"), true),
                World.commit("src/Book.java", "README.md"),
                new Effect.OpenWorkTree(RUN, elsewhere, PlanSample.COMMIT),
                new Effect.CommitFiles(RUN, elsewhere, PlanSample.COMMIT, List.of(), "", new TreeMap<>()),
                new Effect.PublishBranch(RUN, elsewhere, PlanSample.COMMIT),
                new Effect.WriteFile(other, "src/Book.java", ""),
                new Effect.RunCommand(other, List.of("mvn", "-o", "test"), false),
                new Effect.OpenWorkTree(other, PlanSample.PROJECT, PlanSample.COMMIT),
                new Effect.PublishBranch(other, PlanSample.PROJECT, PlanSample.COMMIT));
    }

    @Test
    void a_refusal_shows_what_cannot_be_seen() {
        assertEquals(
                "The plan does not name this: src/<U+202E>a<U+000A>b, 13 characters",
                refused(world.gate.perform(permit, World.write("src/\u202ea\nb")))
                        .sentence());
    }

    @Test
    void the_record_of_an_effect_comes_before_it_and_its_end_after() {
        int before = world.trail.events().size();
        world.writeFile.beforeSpending(() -> assertEquals(
                new AuditEvent.EffectBegun("WriteFile", "src/Book.java, 13 characters", new RevisionNumber(1)),
                world.trail.newest()));

        world.gate.perform(permit, World.write("src/Book.java"));

        assertEquals(
                List.of(
                        new AuditEvent.EffectBegun("WriteFile", "src/Book.java, 13 characters", new RevisionNumber(1)),
                        new AuditEvent.EffectEnded("WriteFile", "done true")),
                world.trail.events().subList(before, world.trail.events().size()));
    }

    @Test
    void a_refusal_is_recorded_and_begins_nothing() {
        world.gate.perform(permit, World.write("README.md"));

        assertEquals(
                new AuditEvent.Refused(null, null, "OUT_OF_SCOPE", "WriteFile: README.md, 13 characters"),
                world.trail.newest());
    }

    @Test
    void a_command_is_recorded_with_how_it_ended() {
        world.gate.perform(permit, World.run("mvn", "-o", "test"));

        assertEquals(new AuditEvent.EffectEnded("RunCommand", "exit 0"), world.trail.newest());
    }

    @ParameterizedTest
    @EnumSource(value = CommandResult.Ending.class, mode = EnumSource.Mode.EXCLUDE, names = "EXITED")
    void a_command_that_was_cut_off_is_recorded_as_that(CommandResult.Ending ending) {
        CommandResult cut = new CommandResult(ending, 0, Duration.ofSeconds(1), "", "command-1");
        world.use(new EffectHandlers(
                world.openWorkTree,
                world.writeFile,
                _ -> cut,
                world.commitFiles,
                world.revertCommit,
                world.publishBranch,
                world.applyChangeSets,
                world.rollBackChangeSets,
                world.callTool));

        assertEquals(new Outcome.Done<>(cut), world.gate.perform(permit, World.run("mvn", "-o", "test")));
        assertFalse(cut.succeeded());
        assertEquals(new AuditEvent.EffectEnded("RunCommand", ending.name()), world.trail.newest());
    }

    @Test
    void an_effect_that_breaks_is_told_apart_from_one_that_did_not_happen() {
        world.writeFile.afterSpending(() -> {
            throw new IOException("no space left");
        });

        assertEquals(new Outcome.Broke<>("no space left"), world.gate.perform(permit, World.write("src/Book.java")));
        assertEquals(new AuditEvent.EffectEnded("WriteFile", "broke: no space left"), world.trail.newest());
    }

    @Test
    void a_stop_between_the_record_and_the_effect_wins() {
        world.writeFile.beforeSpending(() -> world.stop(RUN));

        assertEquals(
                Reason.STOPPED,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
        assertEquals(List.of(), world.writeFile.done());
        assertEquals(new AuditEvent.EffectEnded("WriteFile", "refused STOPPED"), world.trail.newest());
    }

    @Test
    void a_hearing_gap_between_the_record_and_the_effect_is_told_as_that() {
        world.writeFile.beforeSpending(() -> world.clock.tick(Duration.ofSeconds(16)));

        assertEquals(
                Reason.UNHEARD,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
        assertEquals(new AuditEvent.EffectEnded("WriteFile", "refused UNHEARD"), world.trail.newest());
    }

    @Test
    void the_end_of_an_interrupted_effect_is_recorded_by_a_thread_that_can_still_write() {
        List<Boolean> interrupted = new ArrayList<>();
        AuditTrail trail = new TrailThatLooks(world.trail, interrupted);
        world.use(trail);
        world.writeFile.afterSpending(() -> {
            Thread.currentThread().interrupt();
            throw new IOException("cut off");
        });
        world.gate.perform(permit, World.write("src/Book.java"));

        assertTrue(Thread.interrupted(), "kept for whoever comes next");
        assertEquals(List.of(false, false), interrupted);
    }

    @Test
    void an_interrupt_breaks_the_effect_and_is_kept() {
        world.writeFile.afterSpending(() -> {
            throw new InterruptedException();
        });

        Outcome<Boolean> outcome = world.gate.perform(permit, World.write("src/Book.java"));

        assertTrue(Thread.interrupted());
        assertEquals(new Outcome.Broke<>("interrupted"), outcome);
        assertEquals(new AuditEvent.EffectEnded("WriteFile", "broke: interrupted"), world.trail.newest());
    }

    @Test
    void an_end_that_cannot_be_recorded_does_not_undo_what_was_done() {
        world.use(new TrailWithoutEnds(world.trail));

        assertEquals(new Outcome.Done<>(true), world.gate.perform(permit, World.write("src/Book.java")));
    }

    @Test
    void a_command_succeeded_only_if_it_exited_with_0() {
        assertTrue(GREEN.succeeded());
        assertFalse(new CommandResult(CommandResult.Ending.EXITED, 1, Duration.ZERO, "", "").succeeded());
    }

    @Test
    void lists_in_an_effect_are_its_own() {
        List<String> given = new ArrayList<>(List.of("mvn"));
        TreeMap<String, String> trailers = new TreeMap<>(Map.of("Saywhen-Run", "7"));
        Effect.RunCommand command = new Effect.RunCommand(RUN, given, false);
        Effect.CommitFiles commit =
                new Effect.CommitFiles(RUN, PlanSample.PROJECT, PlanSample.COMMIT, given, "Keep books", trailers);

        given.add("deploy");
        trailers.put("Saywhen-Run", "8");

        assertEquals(List.of("mvn"), command.arguments());
        assertEquals(List.of("mvn"), commit.paths());
        assertEquals(Map.of("Saywhen-Run", "7"), commit.trailers());
    }

    /** Records everything but how an effect ended. */
    private record TrailWithoutEnds(AuditTrail real) implements AuditTrail {
        @Override
        public AuditMark append(AuditChain chain, AuditEvent event) {
            if (event instanceof AuditEvent.EffectEnded) {
                throw new IllegalStateException("the database is gone");
            }
            return real.append(chain, event);
        }

        @Override
        public AuditMark head(AuditChain chain) {
            return real.head(chain);
        }
    }

    /** Notes whether the thread that writes is interrupted: a database connection would fail then. */
    private record TrailThatLooks(AuditTrail real, List<Boolean> interrupted) implements AuditTrail {
        @Override
        public AuditMark append(AuditChain chain, AuditEvent event) {
            interrupted.add(Thread.currentThread().isInterrupted());
            return real.append(chain, event);
        }

        @Override
        public AuditMark head(AuditChain chain) {
            return real.head(chain);
        }
    }
}
