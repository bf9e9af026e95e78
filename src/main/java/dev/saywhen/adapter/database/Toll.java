package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.Place;
import java.util.List;

/** What a rollback did in its transaction, by what was there before and after it. */
record Toll(Holders before, Holders after) {
    List<Loss> losses() {
        return before.takenBy(after);
    }

    /** What was put aside to be put back is nobody's loss when that is done. */
    static boolean isKept(Place place) {
        return place.table().startsWith("saywhen_keep.");
    }
}
