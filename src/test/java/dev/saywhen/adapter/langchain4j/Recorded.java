package dev.saywhen.adapter.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.saywhen.adapter.langchain4j.ScriptedModel.Call;
import dev.saywhen.adapter.langchain4j.ScriptedModel.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A small repository with a bug, and a conversation with a model that mends it, both kept as files. */
public record Recorded(Map<String, String> repository, List<Reply> conversation) {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("@([a-z-]+)@");

    public static Recorded of(String name) throws IOException {
        List<Reply> conversation = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("conversations").resolve(name + ".jsonl"))) {
            conversation.add(reply(JSON.readTree(line)));
        }
        return new Recorded(repository(RESOURCES.resolve("repositories").resolve(name)), conversation);
    }

    public Reply[] replies() {
        return conversation.toArray(Reply[]::new);
    }

    private static Reply reply(JsonNode line) {
        List<Call> calls = new ArrayList<>();
        line.path("calls")
                .forEach(call -> calls.add(new Call(
                        call.path("name").asText(), call.path("arguments").toString())));
        return ScriptedModel.calls(calls.toArray(Call[]::new));
    }

    private static Map<String, String> repository(Path root) throws IOException {
        String own = Files.readString(Path.of("pom.xml"));
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(
                        root.relativize(path).toString(),
                        VERSION.matcher(Files.readString(path)).replaceAll(found -> version(found, own)));
            }
        }
        return files;
    }

    /** The versions that this build uses itself: those are there without a network. */
    private static String version(MatchResult found, String own) {
        String name = found.group(1);
        if (name.equals("junit")) {
            return org.junit.jupiter.api.Test.class.getPackage().getImplementationVersion();
        }
        return Pattern.compile("<" + name + "\\.version>([^<]+)<")
                .matcher(own)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no version of " + name))
                .group(1);
    }
}
