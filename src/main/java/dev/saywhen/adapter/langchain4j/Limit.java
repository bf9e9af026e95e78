package dev.saywhen.adapter.langchain4j;

import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Raise;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What models may use for something that a call belongs to.
 *
 * @param name as people read it
 * @param todo what to do where it is reached and no yes raises it, a sentence
 * @param raisable how far a yes can raise it; absent where none can
 */
record Limit(
        Over over,
        String name,
        Budget most,
        String todo,
        @Nullable Raisable raisable) {
    /** What is counted. */
    enum Over {
        /** Calls of the run under this name, and under this name with a part of it behind: {@code r1}, {@code r1 step 2}. */
        RUN,

        /** Calls of every run of the project, in the budget's time until now. */
        PROJECT
    }

    /**
     * What the operator set, and what no yes can go beyond.
     *
     * @param limit what a plan calls it
     */
    record Raisable(Raise.Limit limit, Budget usual, Budget ceiling) {}

    /** One that no yes raises. */
    Limit(Over over, String name, Budget most, String todo) {
        this(over, name, most, todo, null);
    }

    boolean covers(String account) {
        return account.equals(name) || account.startsWith(name + " ");
    }

    /**
     * The limit of tokens under which there is room, if a yes can set it.
     *
     * @param needed what is used by the end of the next call
     */
    Optional<Raise> moreTokens(long needed) {
        return raisable == null || raisable.usual().tokens() == Long.MAX_VALUE
                ? Optional.empty()
                : more(
                        raisable,
                        Raise.Unit.TOKENS,
                        BigDecimal.valueOf(raisable.usual().tokens()),
                        BigDecimal.valueOf(raisable.ceiling().tokens()),
                        BigDecimal.valueOf(needed));
    }

    /** The same of dollars. */
    Optional<Raise> moreMoney(BigDecimal needed) {
        if (raisable == null) {
            return Optional.empty();
        }
        BigDecimal usual = raisable.usual().cost();
        BigDecimal ceiling = raisable.ceiling().cost();
        return usual == null || ceiling == null
                ? Optional.empty()
                : more(raisable, Raise.Unit.DOLLARS, usual, ceiling, needed);
    }

    /**
     * To the smallest multiple of what the operator set that covers what is needed, and no further than the ceiling. What a
     * step used counts from nothing under the next plan, so that the ceiling is of use to it; what a project used does not.
     */
    private static Optional<Raise> more(
            Raisable raisable, Raise.Unit unit, BigDecimal usual, BigDecimal ceiling, BigDecimal needed) {
        if (usual.signum() == 0) {
            return Optional.empty();
        }
        BigDecimal times = needed.divide(usual, 0, RoundingMode.CEILING);
        BigDecimal to = usual.multiply(times).min(ceiling);
        boolean isEnough = raisable.limit() == Raise.Limit.STEP || to.compareTo(needed) >= 0;
        return to.compareTo(usual) > 0 && isEnough
                ? Optional.of(new Raise(raisable.limit(), unit, usual, to))
                : Optional.empty();
    }
}
