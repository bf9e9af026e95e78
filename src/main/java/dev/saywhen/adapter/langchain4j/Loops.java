package dev.saywhen.adapter.langchain4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notices a model that goes round in circles. */
final class Loops {
    private static final int SAME = 4;
    private static final int TO_AND_FRO = 8;

    private final Map<String, Integer> seen = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    /** Takes in a call with what came of it, and says whether it leads nowhere. */
    boolean goesRound(String call, String observation) {
        String one = call + "\0" + observation.hashCode();
        order.add(one);
        return seen.merge(one, 1, Integer::sum) >= SAME || toAndFro();
    }

    /** A-B-A-B and so on. */
    private boolean toAndFro() {
        if (order.size() < TO_AND_FRO) {
            return false;
        }
        List<String> last = order.subList(order.size() - TO_AND_FRO, order.size());
        return last.stream().distinct().count() <= 2;
    }
}
