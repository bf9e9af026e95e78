package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.BO;
import static dev.saywhen.safety.World.LOCAL;
import static dev.saywhen.safety.World.denied;
import static dev.saywhen.safety.World.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.ActorId;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.plan.Step;
import dev.saywhen.safety.Denial.Reason;
import dev.saywhen.safety.fakes.PlanWaits;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of every port is made to fail. The answer is then no, and nothing was minted or done. */
class BrokenPortTest {
    private final World world = new World();

    static Stream<Arguments> asked_for_a_yes() {
        return Stream.of(
                Arguments.of(CurrentRevisions.class, "pending", Reason.NOT_CHECKED),
                Arguments.of(CurrentRevisions.class, "isUsed", Reason.NOT_CHECKED),
                Arguments.of(CurrentRevisions.class, "settle", Reason.NOT_CHECKED),
                Arguments.of(Approvers.class, "policy", Reason.APPROVERS_UNREADABLE),
                Arguments.of(Approvers.class, "standing", Reason.NOT_CHECKED),
                Arguments.of(Approvers.class, "person", Reason.NOT_CHECKED),
                Arguments.of(BaseCheck.class, "look", Reason.BASE_UNREADABLE),
                Arguments.of(Gate.SharedNetwork.class, "isInUse", Reason.NOT_CHECKED),
                Arguments.of(InstantSource.class, "instant", Reason.NOT_CHECKED));
    }

    @ParameterizedTest
    @MethodSource("asked_for_a_yes")
    void a_yes_is_none_if_what_it_takes_cannot_be_asked(Class<?> port, String method, Reason reason) {
        breaks(port, method, new IllegalStateException(method + " is broken"));

        assertEquals(reason, denied(world.authorize(world.says(ANA, "yes"))).reason());
        assertEquals(List.of(), world.revisions.settled());
    }

    @ParameterizedTest
    @MethodSource("asked_for_a_yes")
    void no_error_of_the_machine_mints_a_permit(Class<?> port, String method, Reason reason) {
        breaks(port, method, new StackOverflowError(reason.name()));

        assertThrows(StackOverflowError.class, () -> world.authorize(world.says(ANA, "yes")));
        assertEquals(List.of(), world.revisions.settled());
    }

    @Test
    void a_yes_of_several_is_none_if_it_cannot_be_counted() {
        world.approvers.policy(new Approvers.Policy(false, Set.of(ANA, BO), false, 2));
        breaks(CurrentRevisions.class, "count", new IllegalStateException());

        assertEquals(
                Reason.NOT_CHECKED,
                denied(world.authorize(world.says(ANA, "yes"))).reason());
        assertEquals(List.of(), world.revisions.counted());
    }

    @Test
    void a_yes_on_the_local_chat_is_none_if_it_is_not_known_who_shares_the_network() {
        world.goLocal();
        breaks(Gate.SharedNetwork.class, "isInUse", new IllegalStateException());

        assertEquals(
                Reason.NOT_CHECKED,
                denied(world.authorize(world.says(new ActorId(LOCAL, "ana"), "yes")))
                        .reason());
    }

    @ParameterizedTest
    @MethodSource
    void a_yes_does_not_stand_if_nobody_can_say_whether_it_does(String method) {
        Permit permit = world.permit();
        breaks(Approvers.class, method, new IllegalStateException());

        assertEquals(
                new Denial(Reason.NOT_CHECKED, "I could not check who may say yes."),
                world.gate.stillStands(permit).orElseThrow());
    }

    static Stream<String> a_yes_does_not_stand_if_nobody_can_say_whether_it_does() {
        return Stream.of("policy", "standing");
    }

    @Test
    void nothing_is_done_if_it_cannot_be_recorded() {
        Permit permit = world.permit();
        breaks(AuditTrail.class, "append", new IllegalStateException());

        assertEquals(
                Reason.NOT_RECORDED,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
        assertEquals(List.of(), world.writeFile.done());
    }

    @Test
    void nothing_is_done_if_nobody_knows_what_time_it_is() {
        breaks(InstantSource.class, "instant", new IllegalStateException(), true);
        Permit permit = world.permit();
        clockWorks = false;

        assertEquals(
                new Denial(Reason.NOT_CHECKED, "I could not check whether I may do this, so I did nothing."),
                refused(world.gate.perform(permit, World.write("src/Book.java"))));
        assertEquals(List.of(), world.writeFile.done());
    }

    static Stream<Arguments> handlers() {
        return Stream.of(
                Arguments.of("openWorkTree", new Effect.OpenWorkTree(World.RUN, PlanSample.PROJECT, PlanSample.COMMIT)),
                Arguments.of("writeFile", World.write("src/Book.java")),
                Arguments.of("runCommand", World.run("mvn", "-o", "test")),
                Arguments.of("commitFiles", World.commit("src/Book.java")),
                Arguments.of(
                        "revertCommit",
                        new Effect.RevertCommit(
                                World.RUN,
                                PlanSample.PROJECT,
                                PlanSample.COMMIT,
                                PlanSample.COMMIT,
                                "Revert it",
                                Collections.emptySortedMap())),
                Arguments.of(
                        "publishBranch", new Effect.PublishBranch(World.RUN, PlanSample.PROJECT, PlanSample.COMMIT)),
                Arguments.of(
                        "applyChangeSets",
                        new Effect.ApplyChangeSets(
                                World.RUN, PlanSample.PROJECT, List.of(PlanSample.CHANGE_SET), PlanSample.PROOF)),
                Arguments.of(
                        "rollBackChangeSets",
                        new Effect.RollBackChangeSets(
                                World.RUN, PlanSample.PROJECT, List.of(PlanSample.CHANGE_SET), PlanSample.PROOF)),
                Arguments.of(
                        "callTool",
                        new Effect.CallTool(World.RUN, PlanSample.PROJECT, PlanSample.CHANGES_OUTSIDE, "code", "{}")));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void an_effect_whose_handler_fails_is_broken_and_never_done(String handler, Effect<?> effect) {
        for (Throwable thrown : List.of(new IOException("no"), new IllegalStateException("no"))) {
            world.use(handlersWith(handler, thrown));
            awaitPlanOf(effect);
            assertEquals(new Outcome.Broke<>("no"), world.gate.perform(world.permit(), effect));
        }
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void an_effect_whose_handler_is_interrupted_is_broken(String handler, Effect<?> effect) {
        world.use(handlersWith(handler, new InterruptedException()));
        awaitPlanOf(effect);

        assertEquals(new Outcome.Broke<>("interrupted"), world.gate.perform(world.permit(), effect));
        assertTrue(Thread.interrupted());
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void an_effect_whose_handler_dies_of_an_error_is_not_told_as_done(String handler, Effect<?> effect) {
        world.use(handlersWith(handler, new StackOverflowError()));
        awaitPlanOf(effect);
        Permit permit = world.permit();

        assertThrows(StackOverflowError.class, () -> world.gate.perform(permit, effect));
        assertInstanceOf(AuditEvent.EffectBegun.class, world.trail.newest());
    }

    @Test
    void no_method_of_a_port_is_left_out() {
        Set<String> broken = asked_for_a_yes()
                .map(arguments ->
                        name((Class<?>) arguments.get()[0], (String) arguments.get()[1]))
                .collect(Collectors.toCollection(TreeSet::new));
        broken.add(name(CurrentRevisions.class, "count"));
        broken.add(name(AuditTrail.class, "append"));

        Set<String> all = Stream.of(
                        CurrentRevisions.class,
                        Approvers.class,
                        BaseCheck.class,
                        Gate.SharedNetwork.class,
                        AuditTrail.class)
                .flatMap(port -> Arrays.stream(port.getDeclaredMethods())
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .map(method -> name(port, method.getName())))
                .collect(Collectors.toCollection(TreeSet::new));
        all.remove(name(AuditTrail.class, "head")); // the kernel never asks for it
        all.add(name(InstantSource.class, "instant"));

        assertEquals(all, broken);
        assertEquals(
                handlers().map(arguments -> (String) arguments.get()[0]).toList(),
                Arrays.stream(EffectHandlers.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    private boolean clockWorks;

    private void breaks(Class<?> port, String method, Throwable thrown) {
        breaks(port, method, thrown, false);
    }

    private void breaks(Class<?> port, String method, Throwable thrown, boolean later) {
        if (port == InstantSource.class) {
            clockWorks = later;
            InstantSource broken = BrokenPort.of(InstantSource.class, world.clock, method, thrown);
            world.gate = world.gate(() -> clockWorks ? world.clock.instant() : broken.instant());
        } else if (port == CurrentRevisions.class) {
            world.use(BrokenPort.of(CurrentRevisions.class, world.revisions, method, thrown));
        } else if (port == Approvers.class) {
            world.use(BrokenPort.of(Approvers.class, world.approvers, method, thrown));
            world.revisions.await(world.plan(1).spokenInBy(BO).requestedBy(ANA));
            world.clock.tick(Duration.ofMinutes(1));
        } else if (port == BaseCheck.class) {
            world.use(BrokenPort.of(BaseCheck.class, world.base, method, thrown));
        } else if (port == AuditTrail.class) {
            world.use(BrokenPort.of(AuditTrail.class, world.trail, method, thrown));
        } else if (port == Gate.SharedNetwork.class) {
            world.use(BrokenPort.of(Gate.SharedNetwork.class, () -> false, method, thrown));
        } else {
            throw new AssertionError(port);
        }
    }

    private void awaitPlanOf(Effect<?> effect) {
        world.revisions.await(
                switch (effect) {
                    case Effect.RevertCommit revert -> waits(PlanSample.wayBack(World.RUN, 1, revert.reverted()));
                    case Effect.ApplyChangeSets apply ->
                        waits(PlanSample.database(
                                World.RUN, 1, new Step.Migrate("db/shelf.sql", "", apply.changeSets(), apply.proof())));
                    case Effect.RollBackChangeSets back ->
                        waits(PlanSample.database(
                                World.RUN,
                                1,
                                new Step.RollBack(PlanSample.COMMIT, List.of(), back.changeSets(), back.proof())));
                    case Effect.CallTool call -> waits(PlanSample.calling(World.RUN, 1, call.tool()));
                    case Effect.OpenWorkTree _,
                            Effect.WriteFile _,
                            Effect.RunCommand _,
                            Effect.CommitFiles _,
                            Effect.PublishBranch _ -> world.plan(1);
                });
        world.clock.tick(Duration.ofSeconds(1));
    }

    private PlanWaits waits(PlanRevision plan) {
        return new PlanWaits(plan, World.THREAD, world.clock.instant());
    }

    private EffectHandlers handlersWith(String broken, Throwable thrown) {
        return new EffectHandlers(
                broken(broken.equals("openWorkTree"), world.openWorkTree, thrown),
                broken(broken.equals("writeFile"), world.writeFile, thrown),
                broken(broken.equals("runCommand"), world.runCommand, thrown),
                broken(broken.equals("commitFiles"), world.commitFiles, thrown),
                broken(broken.equals("revertCommit"), world.revertCommit, thrown),
                broken(broken.equals("publishBranch"), world.publishBranch, thrown),
                broken(broken.equals("applyChangeSets"), world.applyChangeSets, thrown),
                broken(broken.equals("rollBackChangeSets"), world.rollBackChangeSets, thrown),
                broken(broken.equals("callTool"), world.callTool, thrown));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Effect<R>, R> EffectHandler<E, R> broken(
            boolean isBroken, EffectHandler<E, R> real, Throwable thrown) {
        return isBroken ? BrokenPort.of(EffectHandler.class, real, "perform", thrown) : real;
    }

    private static String name(Class<?> port, String method) {
        return port.getSimpleName() + "." + method;
    }
}
