package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a part of a file that fits into an answer, with the numbers of its lines, and says where to read on. */
public final class ReadFile implements Tool<ReadFile.Arguments> {
    private static final int ROOM = 9_500;
    private static final int NUMBER = 8;

    public record Arguments(
            @About("the file, relative to the root of the repository")
            String path,

            @About("the first line to read, 1 if left out") @Nullable
            Integer line,

            @About("how many lines at most; left out, as many as fit") @Nullable
            Integer lines,

            @About("where in that line to begin, for lines that are too long to be read at once; 1 if left out")
            @Nullable
            Integer column) {}

    @Override
    public String name() {
        return "read_file";
    }

    @Override
    public String purpose() {
        return "Reads a text file, or from a line on; each line comes with its number and a tab, which are not in the file.";
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
        GivenPath path = new GivenPath(arguments.path());
        Optional<String> objection = path.objection();
        if (objection.isPresent()) {
            return desk.refused("read " + path.shown(), objection.get());
        }
        Optional<String> text = desk.files().read(path.plain());
        if (text.isPresent()) {
            return part(text.get(), arguments);
        }
        return desk.files().list(path.plain()).isEmpty()
                ? "There is no text file " + path.shown() + ": not there, binary, a link, or over 20 MB."
                : path.shown() + " is a folder; list_files lists it.";
    }

    private static String part(String text, Arguments arguments) {
        if (text.isEmpty()) {
            return "The file is empty.";
        }
        List<String> all = text.lines().toList();
        int first = Math.max(1, orElse(arguments.line(), 1));
        if (first > all.size()) {
            return "The file has " + all.size() + " lines.";
        }
        int most = Math.max(1, orElse(arguments.lines(), all.size()));
        int end = (int) Math.min(all.size(), first - 1L + most);
        int column = Math.max(1, orElse(arguments.column(), 1));
        StringBuilder shown = new StringBuilder();
        for (int number = first; number <= end; number++) {
            String line = all.get(number - 1);
            String rest = number > first ? line : line.substring(Math.min(column - 1, line.length()));
            int room = ROOM - shown.length() - NUMBER;
            if (rest.length() > room) {
                return number > first
                        ? shown
                                + "Lines %d to %d of %d. Read on with line=%d."
                                        .formatted(first, number - 1, all.size(), number)
                        : cut(rest, room, line.length(), number, column);
            }
            shown.append(number).append('\t').append(rest).append('\n');
        }
        return end == all.size() && first == 1
                ? shown.toString()
                : shown + "Lines %d to %d of %d.".formatted(first, end, all.size());
    }

    private static String cut(String rest, int room, int length, int number, int column) {
        int end = Character.isHighSurrogate(rest.charAt(room - 1)) ? room - 1 : room;
        return number + "\t" + rest.substring(0, end)
                + "\nCharacters %d to %d of the %d of line %d. Read on with line=%d and column=%d."
                        .formatted(column, column + end - 1, length, number, number, column + end);
    }

    private static int orElse(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }
}
