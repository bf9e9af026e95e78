package dev.saywhen.words;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks through a text of ASCII for the letters and digits of a few words one after the other, whatever else stands between
 * them, each in either case and repeated as often as one likes. One look-up a character, since a burst of long texts must not
 * keep a STOP waiting.
 *
 * <p>The automaton of Aho and Corasick (Efficient string matching, 1975), where what is no letter or digit, and a letter that
 * is repeated, leave the state as it is.
 */
final class StopScan {
    private static final int ASCII = 0x80;
    private static final int FOUND = -1;
    private static final int BEGINNING = 0; // nothing of a word was read
    private static final int PARTS = 4;

    /** Where the next state begins in here, by where the state begins and the character. */
    private final int[] next;

    /** @param words of ASCII, in lower case, each with a letter or digit in it */
    StopScan(List<String> words) {
        List<String> sought = words.stream().map(StopScan::plain).toList();
        List<String> states = Stream.concat(Stream.of(""), sought.stream().flatMap(StopScan::beginnings))
                .distinct()
                .toList();
        this.next = new int[states.size() * ASCII];
        for (int state = 0; state < states.size(); state++) {
            for (char c = 0; c < ASCII; c++) {
                int followed = follow(states.get(state), Character.toLowerCase(c), sought, states);
                next[state * ASCII + c] = followed == FOUND ? FOUND : followed * ASCII;
            }
        }
    }

    private static Stream<String> beginnings(String word) {
        return IntStream.range(1, word.length()).mapToObj(length -> word.substring(0, length));
    }

    /** @param state what was read last and is the beginning of a word, the longest such */
    private static int follow(String state, char letter, List<String> sought, List<String> states) {
        if (!Character.isLetterOrDigit(letter) || state.endsWith(String.valueOf(letter))) {
            return states.indexOf(state);
        }
        String read = state + letter;
        if (sought.stream().anyMatch(read::endsWith)) {
            return FOUND;
        }
        int from = 0;
        while (!states.contains(read.substring(from))) {
            from++;
        }
        return states.indexOf(read.substring(from));
    }

    private static String plain(String word) {
        return word.replaceAll("[^a-z0-9]", "").replaceAll("(.)\\1+", "$1");
    }

    /** Whether one of the words can be read in it. Of a text that is not ASCII alone, it is not known: yes. */
    boolean finds(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8); // of ASCII a plain copy, and quicker to go through
        int part = bytes.length / PARTS;
        int first = BEGINNING; // each look-up waits for the one before it; of four parts, four are under way at once
        int second = BEGINNING;
        int third = BEGINNING;
        int last = BEGINNING;
        for (int i = 0, j = part, k = 2 * part, l = 3 * part; i < part; i++, j++, k++, l++) {
            if ((bytes[i] | bytes[j] | bytes[k] | bytes[l]) < 0) {
                return true;
            }
            first = next[first + bytes[i]];
            second = next[second + bytes[j]];
            third = next[third + bytes[k]];
            last = next[last + bytes[l]];
            if ((first | second | third | last) == FOUND) {
                return true;
            }
        }
        for (int i = PARTS * part; i < bytes.length; i++) { // what the division left over belongs to the last part
            if (bytes[i] < 0) {
                return true;
            }
            last = next[last + bytes[i]];
            if (last == FOUND) {
                return true;
            }
        }
        int state = through(bytes, part, 2 * part, first, second);
        state = through(bytes, 2 * part, 3 * part, state, third);
        return through(bytes, 3 * part, bytes.length, state, last) == FOUND;
    }

    /**
     * The state behind a part that was gone through from the beginning of a word, come to from this one. As soon as they are the
     * same they stay so: then it is the one that was found there.
     */
    private int through(byte[] bytes, int from, int to, int begun, int foundThere) {
        int state = begun;
        for (int i = from; i < to && state != FOUND; i++) {
            if (state == BEGINNING) {
                return foundThere;
            }
            state = next[state + bytes[i]];
        }
        return state;
    }
}
