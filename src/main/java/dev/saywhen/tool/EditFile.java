package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Replaces a text that stands in a file exactly once. */
public final class EditFile implements Tool<EditFile.Arguments> {
    public record Arguments(
            @About("the file, relative to the root of the repository")
            String path,

            @About(
                    "the text to replace, letter by letter as it is in the file, with enough around it to stand there once")
            String old,

            @About("what comes in its place") String replacement) {}

    @Override
    public String name() {
        return "edit_file";
    }

    @Override
    public String purpose() {
        return "Replaces a text in a file; the text must stand there exactly once, so take a few lines around it.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.EXECUTE, Phase.DEBUG, Phase.DOCUMENT);
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
            return desk.refused("edit " + path.shown(), objection.get());
        }
        Optional<String> before = desk.files().read(path.plain());
        if (before.isEmpty()) {
            return "There is no text file " + path.shown() + " to edit; write_file makes one.";
        }
        if (arguments.old().isEmpty()) {
            return "Say what is to be replaced.";
        }
        int at = before.get().indexOf(arguments.old());
        if (at < 0) {
            return absent(path, before.get(), arguments.old());
        }
        int again = before.get().indexOf(arguments.old(), at + 1);
        if (again >= 0) {
            return "That text stands in %s more than once, in lines %d and %d; take more of what is around it."
                    .formatted(path.shown(), line(before.get(), at), line(before.get(), again));
        }
        if (arguments.old().equals(arguments.replacement())) {
            return "Nothing would change.";
        }
        String after = before.get().substring(0, at)
                + arguments.replacement()
                + before.get().substring(at + arguments.old().length());
        return Writing.to(path, before.get(), after, desk);
    }

    private static String absent(GivenPath path, String text, String old) {
        if (text.contains("\r\n") && text.replace("\r\n", "\n").contains(old.replace("\r\n", "\n"))) {
            return "That text stands in %s with other line ends: the file has CR LF.".formatted(path.shown());
        }
        boolean differsInSpace = squeezed(text).contains(squeezed(old));
        return "That text is not in %s%s. Read the file again and take it letter by letter."
                .formatted(path.shown(), differsInSpace ? ": it differs in white space" : "");
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static long line(String text, int at) {
        return text.substring(0, at).chars().filter(letter -> letter == '\n').count() + 1;
    }
}
