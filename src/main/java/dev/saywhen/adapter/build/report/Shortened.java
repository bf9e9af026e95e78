package dev.saywhen.adapter.build.report;

/** A failure, short enough to be read on a phone. */
final class Shortened {
    private static final int LONGEST = 1_200;

    private Shortened() {}

    static String of(String text) {
        String whole = text.strip();
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "...";
    }
}
