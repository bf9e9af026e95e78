package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Searches the files line by line. What a search may cost is counted in looks at a letter, so that neither an expression that
 * runs away nor a tree without end holds anybody up; what was left out is said.
 */
public final class SearchCode implements Tool<SearchCode.Arguments> {
    private static final int LONGEST_EXPRESSION = 500;
    private static final int LONGEST_LINE = 2_000;
    private static final int SHOWN_LINE = 200;
    private static final int LINES = 100;
    private static final int FILES = 20_000;
    private static final long LETTERS = 100_000_000;
    private static final long LOOKS = 100_000_000;

    public record Arguments(
            @About("what to look for: plain text, or a regular expression of Java")
            String text,

            @About("whether the text is a regular expression; false if left out") @Nullable
            Boolean expression,

            @About("the folder to search; left out, the whole repository without dependencies and build results")
            @Nullable
            String folder,

            @About("only files whose path ends so, such as .java") @Nullable
            String ending) {}

    @Override
    public String name() {
        return "search_code";
    }

    @Override
    public String purpose() {
        return "Finds lines that hold a text, or match a regular expression, and shows them as path:line: text.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.allOf(Phase.class);
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public String use(Arguments arguments, Desk desk) {
        GivenPath folder = new GivenPath(arguments.folder() == null ? "" : arguments.folder());
        Optional<String> objection = folder.objectionToFolder();
        if (objection.isPresent()) {
            return desk.refused("search " + folder.shown(), objection.get());
        }
        if (arguments.text().isEmpty() || arguments.text().length() > LONGEST_EXPRESSION) {
            return "Say what to look for, in at most " + LONGEST_EXPRESSION + " characters.";
        }
        try {
            Pattern pattern = Pattern.compile(
                    arguments.text(), Boolean.TRUE.equals(arguments.expression()) ? 0 : Pattern.LITERAL);
            Search search = new Search(pattern, desk.files());
            search.through(files(desk.files(), folder.plain(), arguments.ending()));
            return search.told();
        } catch (PatternSyntaxException wrong) {
            return "That is no regular expression of Java: " + wrong.getDescription() + " near " + wrong.getIndex()
                    + ".";
        } catch (StackOverflowError nested) {
            return "That expression is nested too deeply, or repeats a group too often. Use a simpler one.";
        }
    }

    private static List<String> files(WorkTree tree, String folder, @Nullable String ending) {
        return tree.list(folder).stream()
                .filter(path -> ending == null || path.endsWith(ending))
                .filter(path -> !Scenery.holds(path, folder))
                .toList();
    }

    /** One search, with what is left of its means. */
    private static final class Search {
        private final Pattern pattern;
        private final WorkTree tree;
        private final MeteredText.Meter meter = new MeteredText.Meter(LOOKS);
        private final StringBuilder found = new StringBuilder();
        private int lines;
        private long letters;
        private String leftOut = "";

        Search(Pattern pattern, WorkTree tree) {
            this.pattern = pattern;
            this.tree = tree;
        }

        void through(List<String> files) {
            try {
                for (int at = 0; at < files.size() && leftOut.isEmpty(); at++) {
                    if (at == FILES || letters > LETTERS) {
                        leftOut = "Only the first %d of %d files were searched; search a folder."
                                .formatted(at, files.size());
                    } else {
                        tree.read(files.get(at)).ifPresent(new Reading(files.get(at))::of);
                    }
                }
            } catch (MeteredText.Exhausted runaway) {
                leftOut = "The search took too long and ended here. Search a folder, or for something simpler.";
            }
        }

        String told() {
            if (lines == 0) {
                return leftOut.isEmpty() ? "Nothing found." : "Nothing found so far. " + leftOut;
            }
            return found + leftOut;
        }

        /** One file in which is searched. */
        private final class Reading {
            private final String path;
            private int number;

            Reading(String path) {
                this.path = path;
            }

            void of(String text) {
                letters += text.length();
                text.lines().takeWhile(_ -> leftOut.isEmpty()).forEach(this::line);
            }

            private void line(String line) {
                number++;
                String looked = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
                if (!pattern.matcher(new MeteredText(looked, meter)).find()) {
                    return;
                }
                if (lines == LINES || found.length() > 9_000) {
                    leftOut = "There are more; search a folder, or for something rarer.";
                    return;
                }
                lines++;
                String shown = looked.strip();
                found.append(path).append(':').append(number).append(": ");
                found.append(shown.length() <= SHOWN_LINE ? shown : shown.substring(0, SHOWN_LINE) + "...")
                        .append('\n');
            }
        }
    }
}
