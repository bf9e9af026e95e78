package dev.saywhen.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.id.ThreadId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run from its first word to its last. */
class WayOfARunTest {
    private final Stage stage = new Stage();

    @Test
    void a_run_is_asked_for_planned_authorized_and_done() {
        ThreadId thread = stage.planned();
        assertEquals("awaiting-authorization PLAN", stage.state(thread));

        stage.say(thread, "ana", "yes");
        assertEquals("completed DOCUMENT", stage.state(thread));
        assertEquals(List.of(), stage.broken);
    }
}
