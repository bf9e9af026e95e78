package dev.saywhen.bench;

import dev.saywhen.adapter.blueprint.FolderTree;
import dev.saywhen.adapter.blueprint.Requests;
import dev.saywhen.plan.Brief;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Builds services from ten descriptions for real: plans, writes, runs their own {@code mvn -o -B verify} on the machine's
 * default Java, starts what was packaged on a PostgreSQL of its own and asks it what somebody wrote down by hand.
 *
 * <p>Arguments: names of descriptions (all); {@code --steps}, or the
 * environment variable {@code BLUEPRINTS_STEPS}, also runs every step's check before and after its code, as
 * a run does: red, then green. {@code --gated} takes each through the built service instead, by words in the local chat, and
 * looks at the branch that comes of it; what is no wish for a service has to be refused there.
 */
public final class BlueprintsBenchmark {
    private static final String RESOURCE = "/bench/blueprints.txt";
    private static final String STEPS = "BLUEPRINTS_STEPS";
    private static final List<String> NONSENSE = List.of("make me a sandwich", "colorless green ideas sleep furiously");

    /** One description: what is said in each request, and what the service is asked in the end. */
    record Description(String name, List<List<String>> requests, List<String> smoke) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What came of one: seconds of its build, tests that ran, requests answered as written. */
    record Result(String name, int requests, int entities, long seconds, int tests, int asked, List<String> wrong) {
        boolean isGood() {
            return wrong.isEmpty();
        }
    }

    private final Path folder;
    private final boolean stepByStep;
    private final boolean gated;

    private BlueprintsBenchmark(Path folder, boolean stepByStep, boolean gated) {
        this.folder = folder;
        this.stepByStep = stepByStep;
        this.gated = gated;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> names = new ArrayList<>(List.of(arguments));
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        boolean stepByStep = names.remove("--steps") || System.getenv().containsKey(STEPS);
        boolean gated = names.remove("--gated");
        Path folder = Files.createTempDirectory("blueprints-bench");
        BlueprintsBenchmark benchmark = new BlueprintsBenchmark(folder, stepByStep, gated);
        List<Result> results = new ArrayList<>();
        System.out.println("name        requests  entities  build s  tests  smoke  verdict      in " + folder);
        for (Description description : descriptions()) {
            if (names.isEmpty() || names.contains(description.name())) {
                Result result = gated ? benchmark.runGated(description) : benchmark.run(description);
                results.add(result);
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %7d  %8d  %7d  %5d  %5d  %s%n",
                        result.name(),
                        result.requests(),
                        result.entities(),
                        result.seconds(),
                        result.tests(),
                        result.asked(),
                        result.isGood() ? "good" : "WRONG");
                result.wrong().forEach(line -> System.out.println("    " + line));
            }
        }
        boolean refused = !gated || !names.isEmpty() || benchmark.refusesNonsense();
        write(Path.of("target", "bench", gated ? "blueprints-gated.json" : "blueprints.json"), results);
        System.exit(refused && results.stream().allMatch(Result::isGood) ? 0 : 1);
    }

    private Result run(Description description) throws Exception {
        Path service = Files.createDirectory(folder.resolve(description.name()));
        FolderTree tree = new FolderTree(service);
        List<String> wrong = new ArrayList<>();
        long seconds = 0;
        for (List<String> request : description.requests()) {
            Brief brief = Requests.brief(request);
            PlanRevision plan = Requests.plan(brief, Requests.outline(brief, tree));
            for (Step step : plan.outline().steps()) {
                Requests.ENGINEER.writeTests(plan, step, tree);
                if (stepByStep && !step.tests().isEmpty()) {
                    expect(service, step, false, wrong);
                }
                Requests.ENGINEER.writeCode(plan, step, tree);
                if (stepByStep) {
                    expect(service, step, true, wrong);
                }
            }
            long begun = System.nanoTime();
            int exit = command(service, verify(service), "verify.log");
            seconds += TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (exit != 0) {
                wrong.add("mvn verify ends with " + exit + ", see " + service.resolve("target/verify.log"));
                return new Result(description.name(), description.requests().size(), 0, seconds, 0, 0, wrong);
            }
            Requests.ENGINEER.document(
                    plan,
                    Requests.ENGINEER
                            .review(plan, Requests.ENGINEER.readTests(tree, Requests.DONE), "", tree)
                            .report(),
                    tree);
        }
        return asked(description, service, seconds, wrong);
    }

    /** Looks at what was built: counts, and the requests that were written down by hand. */
    private static Result asked(Description description, Path service, long seconds, List<String> wrong)
            throws Exception {
        FolderTree tree = new FolderTree(service);
        int asked = BlueprintsSmoke.of(service, description.smoke(), wrong);
        int entities = (int) tree.list("src/main/java").stream()
                .filter(path -> path.endsWith("Resource.java"))
                .count();
        return new Result(
                description.name(),
                description.requests().size(),
                entities,
                seconds,
                Requests.ENGINEER.readTests(tree, Requests.DONE).tests(),
                asked,
                wrong);
    }

    private Result runGated(Description description) throws Exception {
        long begun = System.nanoTime();
        return switch (GatedRun.of(description, Files.createDirectory(folder.resolve(description.name())))) {
            case GatedRun.Outcome.Ceased(String why) ->
                new Result(description.name(), description.requests().size(), 0, 0, 0, 0, List.of(why));
            case GatedRun.Outcome.Completed(Path checkout) -> {
                List<String> wrong = new ArrayList<>();
                if (command(checkout, verify(checkout), "verify.log") != 0) {
                    wrong.add("mvn verify fails, see " + checkout.resolve("target/verify.log"));
                    yield new Result(description.name(), description.requests().size(), 0, 0, 0, 0, wrong);
                }
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                yield asked(description, checkout, seconds, wrong);
            }
        };
    }

    private boolean refusesNonsense() throws Exception {
        boolean refused = true;
        for (String nonsense : NONSENSE) {
            Path home = Files.createDirectory(folder.resolve("nonsense-" + NONSENSE.indexOf(nonsense)));
            Optional<String> answer = GatedRun.refusal(nonsense, home);
            System.out.println("\"" + nonsense + "\": " + answer.orElse("NOT REFUSED"));
            refused &= answer.isPresent();
        }
        return refused;
    }

    /** Offline as in a run, unless it needs what a run has to fetch. */
    private static List<String> verify(Path service) throws IOException {
        boolean fetches = Files.readString(service.resolve("pom.xml")).contains("quarkus-oidc");
        return fetches ? List.of("mvn", "-B", "-ntp", "verify") : List.of("mvn", "-o", "-B", "-ntp", "verify");
    }

    private static void expect(Path service, Step step, boolean green, List<String> wrong) throws Exception {
        CommandScope check = step.check().orElseThrow();
        boolean succeeded = command(service, check.arguments(), "step.log") == 0;
        if (succeeded != green) {
            wrong.add("step %d, %s: %s".formatted(step.number(), step.title(), green ? "not green" : "not red"));
        }
    }

    /** Runs a command to its end, on the Java that the machine has by default. */
    private static int command(Path service, List<String> command, String log) throws Exception {
        Path output = Files.createDirectories(service.resolve("target")).resolve(log);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(service.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_HOME");
        return builder.start().waitFor();
    }

    // ---- descriptions and results

    static List<Description> descriptions() throws IOException {
        Map<String, Description> found = new LinkedHashMap<>();
        Description current = null;
        boolean smoke = false;
        try (InputStream stream = BlueprintsBenchmark.class.getResourceAsStream(RESOURCE)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"))
                    .toList()) {
                if (line.startsWith("== ")) {
                    List<List<String>> requests = new ArrayList<>();
                    requests.add(new ArrayList<>());
                    current = new Description(line.substring(3), requests, new ArrayList<>());
                    found.put(current.name(), current);
                    smoke = false;
                } else if (line.equals("then")) {
                    current.requests().add(new ArrayList<>());
                } else if (line.equals("smoke")) {
                    smoke = true;
                } else if (smoke) {
                    current.smoke().add(line);
                } else {
                    current.requests().getLast().add(line);
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static void write(Path file, List<Result> results) throws IOException {
        Map<String, String> rows = new HashMap<>();
        for (Result result : results) {
            rows.put(
                    result.name(),
                    String.format(
                            Locale.ROOT,
                            "{\"name\": \"%s\", \"requests\": %d, \"entities\": %d, \"buildSeconds\": %d, \"tests\": %d, \"smoke\": %d, \"good\": %s}",
                            result.name(),
                            result.requests(),
                            result.entities(),
                            result.seconds(),
                            result.tests(),
                            result.asked(),
                            result.isGood()));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"benchmark\": \"blueprints\", \"results\": ["
                        + String.join(", ", rows.values().stream().sorted().toList()) + "]}\n");
    }
}
