package dev.saywhen.engineer;

/** The work needs something that the plan does not name; the run goes back to PLAN. The message says what, in one line. */
public final class AmendmentNeeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AmendmentNeeded(String what) {
        super(what);
    }
}
