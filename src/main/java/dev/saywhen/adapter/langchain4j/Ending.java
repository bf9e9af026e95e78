package dev.saywhen.adapter.langchain4j;

import java.util.List;
import java.util.function.Function;

/**
 * A form that a model fills in to end a task.
 *
 * @param objections what is wrong with a form that is filled in; empty if it will do
 */
record Ending<F extends Record>(String name, String purpose, Class<F> type, Function<F, List<String>> objections) {
    static <F extends Record> Ending<F> of(String name, String purpose, Class<F> type) {
        return new Ending<>(name, purpose, type, _ -> List.of());
    }
}
