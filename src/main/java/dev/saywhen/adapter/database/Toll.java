package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.How;
import dev.saywhen.plan.Loss.Place;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a rollback did in its transaction, by what was there before and after it.
 *
 * @param leftOut what was put aside and not put back
 */
record Toll(Holders before, Holders after, List<Loss> leftOut) {
    Toll {
        leftOut = List.copyOf(leftOut);
    }

    List<Loss> losses() {
        return Stream.concat(
                        before.takenBy(after).stream()
                                .filter(loss -> loss.how() != How.ROWS_GO || !isKept(loss.place())),
                        leftOut.stream())
                .toList();
    }

    /** Tables in which it would have written rows, and met none. */
    Set<Place> missed() {
        return before.missedBy(after);
    }

    /** What was put aside to be put back is nobody's loss when that is done. */
    static boolean isPutBack(Loss loss) {
        return isKept(loss.place()) && !(loss.how() == How.ROWS_GO && loss.held() > 0);
    }

    static boolean isKept(Place place) {
        return place.table().startsWith("saywhen_keep.");
    }
}
