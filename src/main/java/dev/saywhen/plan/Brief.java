package dev.saywhen.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for, in people's own words: the task and what was answered or changed since, in order.
 *
 * @param assumed whether open questions are to be answered by the engineer's stated defaults
 */
public record Brief(String task, List<String> answers, boolean assumed) {
    public Brief {
        answers = List.copyOf(answers);
    }

    public static Brief of(String task) {
        return new Brief(task, List.of(), false);
    }

    /** The brief with one more answer or wish. */
    public Brief with(String answer) {
        List<String> more = new ArrayList<>(answers);
        more.add(answer);
        return new Brief(task, more, assumed);
    }

    /** The brief whose open questions the engineer answers itself. */
    public Brief assuming() {
        return new Brief(task, answers, true);
    }

    /** Everything that was said, the task first. */
    public List<String> messages() {
        List<String> all = new ArrayList<>();
        all.add(task);
        all.addAll(answers);
        return List.copyOf(all);
    }
}
