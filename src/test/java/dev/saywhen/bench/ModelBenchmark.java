package dev.saywhen.bench;

import static dev.saywhen.adapter.langchain4j.ScriptedModel.call;
import static dev.saywhen.adapter.langchain4j.ScriptedModel.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.saywhen.adapter.langchain4j.ScriptedModel;
import dev.saywhen.adapter.langchain4j.ScriptedModel.Exchange;
import dev.saywhen.adapter.sandbox.Tools;
import dev.saywhen.boot.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What an engineer with a model costs beside the model's own time. The built service asks a scripted server on this machine,
 * which answers at once; from the end of an answer to the arrival of the next request all time is the service's: the tools,
 * the gate, the trail, the next request. Then many runs that each have read twenty long files think at the same time: the
 * memory that they take, and how long after a STOP the last of their connections is seen closed.
 *
 * <p>Arguments: runs one after the other (10, and one to warm up), runs at the same time (100).
 */
public final class ModelBenchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OF_EACH = 10;
    private static final int AT_ONCE = 8;
    private static final int FILES_READ = 20;

    private final Map<String, List<Double>> turns = new LinkedHashMap<>();
    private final List<String> scripted = new ArrayList<>();
    private final ScriptedModel model;
    private final ServiceProcess service;

    private ModelBenchmark(ScriptedModel model, ServiceProcess service) {
        this.model = model;
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        int oneByOne = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int together = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Machine machine = Machine.now();
        Path folder = Files.createTempDirectory("model-bench");
        Map<String, Object> figures = new LinkedHashMap<>();
        try (ScriptedModel model = new ScriptedModel();
                ServiceProcess service = ServiceProcess.startToBeMeasured(
                        folder.resolve("home"), Tools.find().orElseThrow().mavenHome(), settings(model, folder))) {
            ModelBenchmark benchmark = new ModelBenchmark(model, service);
            for (int run = 0; run <= oneByOne; run++) {
                benchmark.run(run > 0);
            }
            figures.put("turns", benchmark.printed(oneByOne));
            figures.put("together", benchmark.together(together));
        } finally {
            Folders.remove(folder);
        }
        Report.write("model", machine, figures);
        System.out.println(machine);
    }

    /** From the question to the end of the first step. The whole suite proves nothing here, so the run is held then. */
    private void run(boolean counts) {
        int before = model.exchanges().size();
        scripted.clear();
        script();
        String thread = service.post(null, "@saywhen shop: bench");
        service.awaitState(thread, "awaiting-authorization");
        service.post(thread, "proceed");
        service.awaitState(thread, "held");
        if (counts) {
            count(model.exchanges().subList(before, before + scripted.size()));
        }
        service.post(thread, "cancel");
        service.awaitState(thread, "cancelled");
    }

    private void script() {
        for (int i = 0; i < OF_EACH; i++) {
            turn("read_file", call("read_file", "path", "code-0.txt", "line", i + 1, "lines", 20));
        }
        for (int i = 0; i < OF_EACH; i++) {
            int first = 100 + i * AT_ONCE;
            turn(
                    "read_file, " + AT_ONCE + " at once",
                    IntStream.range(first, first + AT_ONCE)
                            .mapToObj(line -> call("read_file", "path", "code-0.txt", "line", line, "lines", 20))
                            .toArray(ScriptedModel.Call[]::new));
        }
        for (int i = 0; i < OF_EACH; i++) {
            turn("search_code", call("search_code", "text", "line " + (i + 10) + " of"));
        }
        end(call(
                "report_understanding",
                "understood",
                List.of("nothing"),
                "questions",
                List.of(),
                "performance",
                "none"));
        end(plan());
        end(call("write_file", "path", "test.txt", "content", "red"));
        end(call("finish_step", "summary", "red"));
        for (int i = 0; i < OF_EACH; i++) {
            turn("write_file", call("write_file", "path", "new-" + i + ".txt", "content", "one\ntwo " + i + "\n"));
        }
        for (int i = 0; i < OF_EACH; i++) {
            turn("edit_file", call("edit_file", "path", "new-" + i + ".txt", "old", "one", "replacement", "1"));
        }
        for (int i = 0; i < OF_EACH; i++) {
            turn("run_command (true)", call("run_command", "command", List.of("true", String.valueOf(i))));
        }
        end(call("finish_step", "summary", "green"));
    }

    private static ScriptedModel.Call plan() {
        List<String> files =
                IntStream.range(0, OF_EACH).mapToObj(i -> "new-" + i + ".txt").toList();
        List<Object> commands = new ArrayList<>();
        IntStream.range(0, OF_EACH).forEach(i -> commands.add(command("true", String.valueOf(i))));
        return call(
                "propose_plan",
                "title",
                "bench",
                "architecture",
                List.of("None."),
                "endpoints",
                List.of("None."),
                "testing",
                List.of("None."),
                "deployment",
                List.of("None."),
                "steps",
                List.of(Map.of(
                        "title",
                        "Write",
                        "tests",
                        List.of("test.txt"),
                        "files",
                        files,
                        "check",
                        command("test", "-e", "new-0.txt"),
                        "wayBack",
                        "revert")),
                "whole",
                command("false"),
                "commands",
                commands,
                "documents",
                List.of(),
                "notTouched",
                List.of("all else"),
                "risks",
                List.of("none"),
                "wayBack",
                "revert",
                "minutes",
                60);
    }

    private static Map<String, Object> command(String... arguments) {
        return Map.of("arguments", List.of(arguments), "network", false);
    }

    private void turn(String name, ScriptedModel.Call... called) {
        scripted.add(name);
        model.then(calls(called));
    }

    /** A turn after which the service does more than one task's work. */
    private void end(ScriptedModel.Call called) {
        turn("", called);
    }

    private void count(List<Exchange> exchanges) {
        for (int at = 0; at + 1 < exchanges.size(); at++) {
            String name = scripted.get(at);
            if (!name.isEmpty()) {
                double millis =
                        (exchanges.get(at + 1).asked() - exchanges.get(at).answered()) / 1e6;
                turns.computeIfAbsent(name, _ -> new ArrayList<>()).add(millis);
            }
        }
    }

    private Map<String, Object> printed(int runs) {
        System.out.printf("The service's own time from an answer to the next request, %d runs, ms%n", runs);
        System.out.println("a turn with                 turns      min   median      p99      max");
        Map<String, Object> figures = new LinkedHashMap<>();
        turns.forEach((name, all) -> {
            List<Double> spread = List.of(quantile(all, 0), quantile(all, 0.5), quantile(all, 0.99), quantile(all, 1));
            System.out.printf(
                    Locale.ROOT,
                    "%-25s %7d %8.2f %8.2f %8.2f %8.2f%n",
                    name,
                    all.size(),
                    spread.get(0),
                    spread.get(1),
                    spread.get(2),
                    spread.get(3));
            figures.put(name, spread);
        });
        double more =
                (quantile(turns.get("read_file, " + AT_ONCE + " at once"), 0.5) - quantile(turns.get("read_file"), 0.5))
                        / (AT_ONCE - 1);
        System.out.printf(Locale.ROOT, "each further read_file in a turn: %.2f ms, by the medians%n%n", more);
        figures.put("furtherReadMillis", more);
        figures.put("quantiles", List.of(0.0, 0.5, 0.99, 1.0));
        return figures;
    }

    private Map<String, Object> together(int runs) throws Exception {
        double idle = heap();
        model.otherwise(request -> {
            long observed = ServiceProcess.stream(request.path("messages"))
                    .filter(message -> message.path("role").asText().equals("tool"))
                    .count();
            return observed < FILES_READ
                    ? calls(call("read_file", "path", "code-" + observed + ".txt"))
                    : model.hangs(true);
        });
        long begun = System.nanoTime();
        for (int run = 0; run < runs; run++) {
            service.post(null, "@saywhen shop: bench " + run);
        }
        await(runs + " thoughts", () -> model.hanging() == runs);
        double allThink = (System.nanoTime() - begun) / 1e6;
        double thinking = heap();
        long stop = System.nanoTime();
        JsonNode receipt = service.send("POST", "/api/stop", "{\"by\":\"bench\"}");
        double answered = (System.nanoTime() - stop) / 1e6;
        await("the end of all thoughts", () -> model.hanging() == 0);
        double left = (model.lastLeft() - stop) / 1e6;
        double each = (thinking - idle) / runs;
        System.out.printf(
                Locale.ROOT,
                "%d runs at once, each with %d long files read: all think after %.0f ms%n"
                        + "heap before %.1f MB, with them %.1f MB: %.2f MB each%n"
                        + "STOP of all: the last connection closed after %.1f ms, the receipt after %.1f ms%n%n",
                runs,
                FILES_READ,
                allThink,
                idle,
                thinking,
                each,
                left,
                answered);
        return Map.of(
                "runs", runs,
                "filesRead", FILES_READ,
                "allThinkMillis", allThink,
                "heapBeforeMegabytes", idle,
                "heapMegabytes", thinking,
                "megabytesEach", each,
                "lastClosedMillis", left,
                "receiptMillis", answered,
                "receipt", receipt.toString());
    }

    /** What lives on the heap, in MB, object by object: what a collector says is in use holds garbage as well. */
    private double heap() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(service.handle().pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return told.lines()
                        .filter(line -> line.startsWith("Total"))
                        .mapToLong(line -> Long.parseLong(line.strip().replaceAll(".*\\s", "")))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("The service's heap cannot be read: " + told))
                / 1e6;
    }

    private static void await(String what, BooleanSupplier is) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!is.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not seen within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * (sorted.size() - 1)));
    }

    private static String[] settings(ScriptedModel model, Path folder) throws IOException, InterruptedException {
        Path repository = Files.createDirectories(folder.resolve("shop"));
        for (int file = 0; file < FILES_READ; file++) {
            StringBuilder text = new StringBuilder();
            for (int line = 1; line <= 250; line++) {
                text.append("line ")
                        .append(line)
                        .append(" of the code in file ")
                        .append(file)
                        .append(", as it was\n");
            }
            Files.writeString(repository.resolve("code-" + file + ".txt"), text);
        }
        git(repository, "init", "-q", "-b", "main");
        git(repository, "add", "--all");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "First");
        String project = "saywhen.projects.\"shop\".";
        return new String[] {
            "saywhen.model.provider=openai",
            "saywhen.model.name=scripted",
            "saywhen.model.base-url=" + model.url(),
            project + "repository=" + repository,
            project + "approvers=anyone"
        };
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
