package dev.saywhen.adapter.database;

/** Change sets that are not offered. The message is for people: what is wrong and what would do. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String why) {
        super(why);
    }
}
