package dev.saywhen.tool;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.engineer.Weakening;
import dev.saywhen.safety.Denial;
import java.util.List;
import java.util.Optional;

/** What all writing of files has to pass before the gate is asked. */
final class Writing {
    private static final int LONGEST = 1_000_000;

    private Writing() {}

    /**
     * Writes a file whole and says so, or why not.
     *
     * @param before what is there now; empty where nothing is
     */
    static String to(GivenPath path, String before, String after, Desk desk) {
        String what = "write " + path.shown();
        Optional<Actuator> hands = desk.actuator();
        if (hands.isEmpty()) {
            return desk.refused(what, "Nothing can be written in this phase.");
        }
        if (after.length() > LONGEST) {
            return desk.refused(what, "A file of more than a million characters is not written.");
        }
        if (after.indexOf('\0') >= 0 || !isWhole(after)) {
            return desk.refused(what, "It holds what is no text: NUL, or half of a character.");
        }
        List<String> weakened = Weakening.of(path.plain(), before, after);
        if (!weakened.isEmpty()) {
            return desk.refused(
                    what,
                    "That weakens the tests: it " + String.join("; ", weakened)
                            + ". Tests, what they assert and their thresholds stay; make the code pass them.");
        }
        try {
            hands.get().write(path.plain(), after);
            return "Written: %s, %d lines."
                    .formatted(path.shown(), after.lines().count());
        } catch (EffectRefused refused) {
            return told(refused, what, desk);
        } catch (EffectBroke broke) {
            if (Thread.currentThread().isInterrupted()) {
                throw broke;
            }
            return desk.refused(what, String.valueOf(broke.getMessage()));
        }
    }

    /** A no that the model can do something about is told; any other ends the work. */
    static String told(EffectRefused refused, String what, Desk desk) {
        if (refused.denial().reason() == Denial.Reason.OUT_OF_SCOPE
                || refused.denial().reason() == Denial.Reason.ALL_CALLS_MADE) {
            return desk.refused(what, refused.denial().sentence());
        }
        throw refused;
    }

    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
