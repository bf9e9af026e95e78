package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.Place;
import java.util.List;
import java.util.Set;

/** What a rollback did in its transaction, by what was there before and after it. */
record Toll(Holders before, Holders after) {
    List<Loss> losses() {
        return before.takenBy(after);
    }

    /** Tables in which it would have written rows, and met none. */
    Set<Place> missed() {
        return before.missedBy(after);
    }

    /** What was put aside to be put back is nobody's loss when that is done. */
    static boolean isKept(Place place) {
        return place.table().startsWith("saywhen_keep.");
    }
}
