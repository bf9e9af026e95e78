package dev.saywhen.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The next state, by state and character. */
    private final int[] next;

    /** @param words of ASCII, in lower case, each with a letter or digit in it */
    StopScan(List<String> words) {
        List<String> sought = words.stream().map(StopScan::plain).toList();
        Map<String, Integer> states = new LinkedHashMap<>(); // by what was read last and is the beginning of a word
        states.put("", 0);
        sought.forEach(word -> {
            for (int length = 1; length < word.length(); length++) {
                states.putIfAbsent(word.substring(0, length), states.size());
            }
        });
        this.next = new int[states.size() * ASCII];
        for (String state : new ArrayList<>(states.keySet())) {
            for (char c = 0; c < ASCII; c++) {
                next[states.get(state) * ASCII + c] = follow(state, Character.toLowerCase(c), sought, states);
            }
        }
    }

    private static int follow(String state, char letter, List<String> sought, Map<String, Integer> states) {
        if (!Character.isLetterOrDigit(letter) || state.endsWith(String.valueOf(letter))) {
            return states.get(state);
        }
        String read = state + letter;
        if (sought.stream().anyMatch(read::endsWith)) {
            return FOUND;
        }
        int from = 0;
        while (!states.containsKey(read.substring(from))) {
            from++;
        }
        return states.get(read.substring(from));
    }

    private static String plain(String word) {
        return word.replaceAll("[^a-z0-9]", "").replaceAll("(.)\\1+", "$1");
    }

    /** Whether one of the words can be read in it. Of a text that is not ASCII alone, it is not known: yes. */
    boolean finds(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return true;
            }
            state = next[state * ASCII + c];
            if (state == FOUND) {
                return true;
            }
        }
        return false;
    }
}
