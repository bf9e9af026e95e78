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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shows what is declared where: each source file with its types and functions, as many as fit. */
public final class RepositoryMap implements Tool<RepositoryMap.Arguments> {
    private static final int ROOM = 9_500;
    private static final int FILES = 400;
    private static final int READ = 60_000;
    private static final int NAMES = 12;

    private static final String WORD = "([\\p{L}_$][\\p{L}\\p{N}_$]{0,80})";
    private static final Pattern JVM =
            Pattern.compile("(?m)^ {0,4}(?:[a-z@-][a-z-]*[ ]){0,6}(?:class|interface|record|enum|object|fun) " + WORD);
    private static final Pattern SCRIPT =
            Pattern.compile("(?m)^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?"
                    + "(?:class|interface|type|enum|function\\*?|const|let) " + WORD);
    private static final Pattern PYTHON = Pattern.compile("(?m)^(?:async )?(?:class|def) " + WORD);
    private static final Pattern GO = Pattern.compile("(?m)^(?:func (?:\\([^)\\n]{0,100}\\) )?|type )" + WORD);
    private static final Pattern RUST =
            Pattern.compile("(?m)^(?:pub(?:\\([^)\\n]{0,40}\\))? )?(?:async |unsafe |const ){0,3}"
                    + "(?:fn|struct|enum|trait|mod|type) " + WORD);
    private static final Pattern SQL = Pattern.compile(
            "(?im)^\\s{0,8}create (?:table|view|index|unique index|function|type)(?: if not exists)? ([\\w.\"]{1,80})");

    private static final Map<String, Pattern> DECLARATIONS = Map.ofEntries(
            Map.entry("java", JVM),
            Map.entry("kt", JVM),
            Map.entry("scala", JVM),
            Map.entry("js", SCRIPT),
            Map.entry("mjs", SCRIPT),
            Map.entry("cjs", SCRIPT),
            Map.entry("jsx", SCRIPT),
            Map.entry("ts", SCRIPT),
            Map.entry("tsx", SCRIPT),
            Map.entry("py", PYTHON),
            Map.entry("go", GO),
            Map.entry("rs", RUST),
            Map.entry("sql", SQL));

    public record Arguments(
            @About("the folder; left out, the whole repository") @Nullable
            String folder) {}

    @Override
    public String name() {
        return "repository_map";
    }

    @Override
    public String purpose() {
        return "Shows the source files below a folder, each with the types and functions that it declares.";
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
            return desk.refused("map " + folder.shown(), objection.get());
        }
        List<String> files = desk.files().list(folder.plain()).stream()
                .filter(path -> DECLARATIONS.containsKey(ending(path)) && !Scenery.holds(path, folder.plain()))
                .toList();
        if (files.isEmpty()) {
            return "There are no source files that I can read the declarations of; list_files lists what is there.";
        }
        StringBuilder map = new StringBuilder();
        for (int at = 0; at < files.size(); at++) {
            String line = line(files.get(at), desk);
            if (at == FILES || map.length() + line.length() > ROOM) {
                return map + "... and %d more files; map a folder.".formatted(files.size() - at);
            }
            map.append(line);
        }
        return map.toString();
    }

    private static String line(String path, Desk desk) {
        List<String> names =
                desk.files().read(path).map(text -> declared(path, text)).orElse(List.of());
        String shown = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
        String rest = names.size() > NAMES ? ", ... " + (names.size() - NAMES) + " more" : "";
        return path + (names.isEmpty() ? "" : ": ") + shown + rest + "\n";
    }

    private static List<String> declared(String path, String text) {
        Pattern pattern = DECLARATIONS.getOrDefault(ending(path), PYTHON);
        String beginning = text.length() <= READ ? text : text.substring(0, READ);
        return pattern.matcher(beginning)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
