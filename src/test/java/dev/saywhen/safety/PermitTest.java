package dev.saywhen.safety;

import static dev.saywhen.safety.World.ANA;
import static dev.saywhen.safety.World.RUN;
import static dev.saywhen.safety.World.granted;
import static dev.saywhen.safety.World.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.saywhen.safety.Denial.Reason;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a permit and a clearance are, and when they die (gate.md, sections 1 and 2). */
class PermitTest {
    private final World world = new World();

    @ParameterizedTest
    @ValueSource(classes = {Permit.class, Clearance.class})
    void it_cannot_be_made_outside_the_kernel(Class<?> capability) {
        assertTrue(Modifier.isFinal(capability.getModifiers()));
        assertTrue(Arrays.stream(capability.getDeclaredConstructors())
                .map(Constructor::getModifiers)
                .noneMatch(modifiers -> Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)));
        assertTrue(Arrays.stream(capability.getMethods())
                .noneMatch(method -> method.getReturnType().equals(capability)));
    }

    @Test
    void it_cannot_be_serialised() {
        Permit permit = world.permit();

        assertFalse(Serializable.class.isAssignableFrom(Permit.class));
        assertFalse(Serializable.class.isAssignableFrom(Clearance.class));
        assertThrows(
                NotSerializableException.class,
                () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(permit));
    }

    @Test
    void it_gives_nothing_as_json() throws Exception {
        ObjectMapper json = new ObjectMapper().configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false);
        Permit permit = world.permit();

        assertEquals("{}", json.writeValueAsString(permit));
        assertEquals("{}", json.writeValueAsString(new Clearance<>(World.write("src/Book.java"), permit)));
        assertThrows(Exception.class, () -> json.readValue("{}", Permit.class));
    }

    @Test
    void it_shows_nothing_as_text() {
        Decision.Granted granted = granted(world.authorize(world.says(ANA, "yes")));

        assertEquals("permit", granted.permit().toString());
        assertEquals("clearance", new Clearance<>(World.write("src/Book.java"), granted.permit()).toString());
        assertTrue(granted.toString().contains("permit=permit"), granted.toString());
    }

    @Test
    void it_says_what_it_was_minted_for() {
        Permit permit = world.permit();

        assertEquals(1, permit.plan().number().value());
        assertEquals(ANA, permit.authorization().by());
        assertEquals(world.clock.instant().plus(Duration.ofHours(2)), permit.deadline());
    }

    @Test
    void it_lives_to_the_last_instant_before_its_deadline() {
        Permit permit = world.permit();
        world.clock.tick(Duration.ofHours(2).minusMillis(1));
        world.hearing.heard(World.TEAM);

        assertEquals(new Outcome.Done<>(true), world.gate.perform(permit, World.write("src/Book.java")));
    }

    @Test
    void it_dies_with_a_stop() {
        Permit permit = world.permit();
        world.stop(null);

        assertEquals(
                Reason.STOPPED,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
    }

    @Test
    void it_dies_with_its_revision() {
        Permit first = world.permit();
        world.revisions.await(world.plan(2));
        world.clock.tick(Duration.ofSeconds(1));
        Permit second = world.permit();

        assertEquals(
                new Denial(Reason.STOPPED, "A stop or a newer plan ended this permission."),
                refused(world.gate.perform(first, World.write("src/Book.java"))));
        assertEquals(new Outcome.Done<>(true), world.gate.perform(second, World.write("src/Book.java")));
    }

    @Test
    void it_dies_with_its_run() {
        Permit permit = world.permit();
        world.stops.forget(RUN);

        assertEquals(
                Reason.STOPPED,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
    }

    @Test
    void it_stays_dead_when_the_run_goes_on() {
        Permit permit = world.permit();
        world.stop(RUN);
        world.stops.rearm(world.stops.epochOf(RUN));

        assertEquals(
                Reason.STOPPED,
                refused(world.gate.perform(permit, World.write("src/Book.java")))
                        .reason());
    }

    @Test
    void a_clearance_is_good_once() {
        Clearance<Effect.WriteFile> clearance = new Clearance<>(World.write("src/Book.java"), world.permit());
        clearance.spend();

        assertThrows(Clearance.Halted.class, clearance::spend);
    }

    @Test
    void a_clearance_dies_with_its_permit() {
        Clearance<Effect.WriteFile> clearance = new Clearance<>(World.write("src/Book.java"), world.permit());
        world.stop(RUN);

        assertThrows(Clearance.Halted.class, clearance::spend);
        assertEquals(List.of(), world.writeFile.done());
    }

    @Test
    void a_clearance_dies_at_the_deadline() {
        Clearance<Effect.WriteFile> clearance = new Clearance<>(World.write("src/Book.java"), world.permit());
        world.clock.tick(Duration.ofHours(2));
        world.hearing.heard(World.TEAM);

        assertThrows(Clearance.Halted.class, clearance::spend);
    }

    @Test
    void a_clearance_sleeps_with_the_service_and_wakes_unheard() {
        Clearance<Effect.WriteFile> clearance = new Clearance<>(World.write("src/Book.java"), world.permit());
        world.clock.tick(Duration.ofMinutes(10));

        assertThrows(Clearance.Halted.class, clearance::spend);
    }

    @Test
    void a_clearance_is_of_no_use_when_its_effect_is_over() {
        List<Clearance<?>> kept = new ArrayList<>();
        world.use(new EffectHandlers(
                world.openWorkTree,
                kept::add,
                world.runCommand,
                world.commitFiles,
                world.revertCommit,
                world.publishBranch,
                world.applyChangeSets,
                world.rollBackChangeSets,
                world.callTool));
        world.gate.perform(world.permit(), World.write("src/Book.java"));

        assertThrows(Clearance.Halted.class, () -> kept.getFirst().spend());
    }
}
