package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists a folder: its files, and how many are below each folder in it. */
public final class ListFiles implements Tool<ListFiles.Arguments> {
    private static final int ENTRIES = 500;

    public record Arguments(
            @About("the folder; left out, the root of the repository") @Nullable
            String folder,

            @About("true lists all files below it, not only those in it") @Nullable
            Boolean deep) {}

    @Override
    public String name() {
        return "list_files";
    }

    @Override
    public String purpose() {
        return "Lists the files of a folder and, for each folder in it, how many files are below.";
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
            return desk.refused("list " + folder.shown(), objection.get());
        }
        List<String> files = desk.files().list(folder.plain());
        if (files.isEmpty()) {
            return "There are no files in " + (folder.plain().isEmpty() ? "the repository" : folder.shown()) + ".";
        }
        return Boolean.TRUE.equals(arguments.deep()) ? all(files) : entries(files, folder.plain());
    }

    private static String all(List<String> files) {
        String listed = String.join("\n", files.subList(0, Math.min(ENTRIES, files.size())));
        return files.size() <= ENTRIES ? listed : listed + more(files.size() - ENTRIES, "files");
    }

    private static String entries(List<String> files, String folder) {
        int skip = folder.isEmpty() ? 0 : folder.length() + 1;
        Map<String, Integer> entries = new TreeMap<>();
        for (String file : files) {
            int slash = file.indexOf('/', skip);
            entries.merge(file.substring(skip, slash < 0 ? file.length() : slash + 1), 1, Integer::sum);
        }
        String listed = entries.entrySet().stream()
                .limit(ENTRIES)
                .map(entry -> entry.getKey().endsWith("/")
                        ? entry.getKey() + "  " + entry.getValue() + (entry.getValue() == 1 ? " file" : " files")
                        : entry.getKey())
                .reduce((one, other) -> one + "\n" + other)
                .orElseThrow();
        return entries.size() <= ENTRIES ? listed : listed + more(entries.size() - ENTRIES, "entries");
    }

    private static String more(int number, String what) {
        return "\n... and %d more %s; list a folder among them.".formatted(number, what);
    }
}
