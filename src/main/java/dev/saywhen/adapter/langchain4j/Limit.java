package dev.saywhen.adapter.langchain4j;

import dev.saywhen.plan.Budget;

/**
 * What models may use for something that a call belongs to.
 *
 * @param name as people read it
 * @param raise what to do where it is reached, a sentence
 */
record Limit(Over over, String name, Budget most, String raise) {
    /** What is counted. */
    enum Over {
        /** Calls of the run under this name, and under this name with a part of it behind: {@code r1}, {@code r1 step 2}. */
        RUN,

        /** Calls of every run of the project, in the budget's time until now. */
        PROJECT
    }

    boolean covers(String account) {
        return account.equals(name) || account.startsWith(name + " ");
    }
}
