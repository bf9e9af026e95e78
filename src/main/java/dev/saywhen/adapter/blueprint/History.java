package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a service was asked to be, request by request, as the file that is committed beside it. The file is in the
 * notation that people write; it is read back only if every line of it means what it says.
 */
final class History {
    static final String FILE = "docs/service.txt";

    private static final String HEAD = "# What this service is, request by request, the newest last.\n"
            + "# Saywhen reads this file when it is asked for more. It is not meant to be edited.\n";
    private static final String FORMAT = "blueprint 1";
    private static final String CHAPTER = "request ";

    private History() {}

    /** The service as it was after each request; empty where the file cannot be read as what it was written as. */
    static Optional<List<ServiceModel>> read(String text) {
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.isEmpty() || !lines.getFirst().equals(FORMAT)) {
            return Optional.empty();
        }
        List<ServiceModel> chapters = new ArrayList<>();
        List<String> chapter = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.equals(CHAPTER + (chapters.size() + (chapter.isEmpty() ? 1 : 2)))) {
                if (!chapter.isEmpty() && !addTo(chapters, chapter)) {
                    return Optional.empty();
                }
                chapter.clear();
            } else {
                chapter.add(line);
            }
        }
        return addTo(chapters, chapter) ? Optional.of(List.copyOf(chapters)) : Optional.empty();
    }

    private static boolean addTo(List<ServiceModel> chapters, List<String> lines) {
        Optional<ServiceModel> model =
                Understanding.read(List.of(String.join("\n", lines))).model();
        boolean same = model.isPresent() && Understanding.echo(model.get()).equals(lines);
        if (same) {
            chapters.add(model.get());
        }
        return same;
    }

    static String write(List<ServiceModel> chapters) {
        StringBuilder text = new StringBuilder(HEAD).append('\n').append(FORMAT).append('\n');
        for (int at = 0; at < chapters.size(); at++) {
            text.append('\n').append(CHAPTER).append(at + 1).append('\n');
            text.append(Understanding.echo(chapters.get(at)).stream().collect(Collectors.joining("\n", "", "\n")));
        }
        return text.toString();
    }
}
