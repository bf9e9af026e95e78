package dev.saywhen.adapter.database;

/** Change sets that are not offered. The message is for people: what is wrong and what would do. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    Unfit(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
