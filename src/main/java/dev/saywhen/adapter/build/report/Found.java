package dev.saywhen.adapter.build.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Looking things up in an output. */
final class Found {
    private Found() {}

    static List<MatchResult> all(Pattern pattern, String output) {
        return pattern.matcher(output).results().toList();
    }

    /** The last one counts: what a test prints comes before what its runner has to say at the end. */
    static Optional<MatchResult> last(Pattern pattern, String output) {
        return pattern.matcher(output).results().reduce((_, later) -> later);
    }

    /** The number of a group; 0 where the group took no part or is too long for a number. */
    static int number(MatchResult found, int group) {
        return number(found.group(group));
    }

    static int number(@org.jspecify.annotations.Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException tooLong) {
            return 0;
        }
    }

    /** The number before a word, as in {@code 2 failed}; 0 where the word is not there. */
    static int before(String word, String line) {
        return last(Pattern.compile("\\b(\\d{1,9}) " + word + "\\b"), line)
                .map(found -> number(found, 1))
                .orElse(0);
    }

    /** From the first line that matches to before the next that matches the end, or to the end; blank if there is none. */
    static String section(String output, Pattern first, Pattern end) {
        StringBuilder section = new StringBuilder();
        boolean inside = false;
        for (String line : (Iterable<String>) output.lines()::iterator) {
            if (inside && (end.matcher(line).find() || section.length() > 5_000)) {
                break;
            }
            inside = inside || first.matcher(line).find();
            if (inside) {
                section.append(line).append('\n');
            }
        }
        return Shortened.of(section.toString());
    }
}
