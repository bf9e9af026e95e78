package dev.saywhen.tool;

/**
 * A text that a regular expression can look at so often and no more. Expressions like {@code (a+)+$} look at it a number of
 * times that doubles with each letter; counted instead of timed, the end comes at the same place on every machine.
 */
final class MeteredText implements CharSequence {
    private static final int CHECK = 0xFFF;

    private final CharSequence text;
    private final Meter meter;

    MeteredText(CharSequence text, Meter meter) {
        this.text = text;
        this.meter = meter;
    }

    /** Shared by all texts of one search. Used by one thread. */
    static final class Meter {
        private long left;

        Meter(long looks) {
            this.left = looks;
        }

        private void count() {
            left--;
            if (left < 0 || ((left & CHECK) == 0 && Thread.currentThread().isInterrupted())) {
                throw new Exhausted();
            }
        }
    }

    /** The expression looked too often, or nobody waits for it any more. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Exhausted() {
            super("the search takes too long", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        meter.count();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new MeteredText(text.subSequence(start, end), meter);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
