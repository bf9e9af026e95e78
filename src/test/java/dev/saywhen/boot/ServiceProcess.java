package dev.saywhen.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The built application as a process of its own, to be talked to, frozen and killed. Its database ends with {@link #end}. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3); // how long at most, on a busy machine
    private static final String READY = "Saywhen is ready on ";
    private static final List<String> QUICK_TO_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> AS_LAUNCHED = List.of(
            "-Xmx1g",
            "-XX:+UseZGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ThreadPriorityPolicy=1",
            "-XX:JavaPriority1_To_OSPriority=10",
            "-XX:CompilerThreadPriority=4",
            "-XX:VMThreadPriority=0",
            "-XX:-PrintWarnings");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path home;
    private final String address;
    private final boolean endsDatabase;

    private ServiceProcess(Process process, Path home, String address, boolean endsDatabase) {
        this.process = process;
        this.home = home;
        this.address = address;
        this.endsDatabase = endsDatabase;
    }

    /** What a program said, and its exit code. */
    record Ended(int exitCode, String text) {}

    /** Starts the service on a free port and waits until it listens. */
    public static ServiceProcess start(Path home, Path maven, String... settings) throws IOException {
        return listening(home, process(home, maven, List.of(), settings), true);
    }

    /** The same with an application built elsewhere and the virtual machine's options that the launcher gives, and more. */
    public static ServiceProcess startAsUsersDo(Path home, Path application, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(AS_LAUNCHED);
        command.addAll(more);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dsaywhen.home=" + home,
                "-Dquarkus.http.port=0",
                "-jar",
                application.toAbsolutePath().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return listening(home, process, true);
    }

    /** Waits for a service that somebody else's command line starts; whoever gave it sees to the end of its database. */
    public static ServiceProcess startedBy(List<String> command, Path home) throws IOException {
        return listening(
                home, new ProcessBuilder(command).redirectErrorStream(true).start(), false);
    }

    /** The same; closed, it leaves its database behind as a killed service does. */
    static ServiceProcess startBesideItsDatabase(Path home, Path maven) throws IOException {
        return listening(home, process(home, maven, List.of()), false);
    }

    /** Kills the service so long after its start, whether it listens by then or not. */
    static void startAndKill(Path home, Path maven, Duration after) throws IOException, InterruptedException {
        Process process = process(home, maven, List.of());
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(_ -> {}));
        process.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        process.waitFor();
    }

    private static ServiceProcess listening(Path home, Process process, boolean endsDatabase) throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader voice = process.inputReader(StandardCharsets.UTF_8);
        for (String line; (line = voice.readLine()) != null; ) {
            said.add(line);
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> voice.lines().forEach(said::add));
                return new ServiceProcess(process, home, line.substring(READY.length()), endsDatabase);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("The service did not start: " + String.join("\n", said));
    }

    /** The same, compiled as thoroughly as the launcher's; its database ends with it. */
    public static ServiceProcess startToBeMeasured(Path home, Path maven, String... settings) throws IOException {
        return listening(home, process(AS_LAUNCHED, home, maven, List.of(), settings), true);
    }

    /** Runs a command of the program, or a start that is refused, to its end. */
    static Ended ended(Path home, Path maven, List<String> arguments, String... settings)
            throws IOException, InterruptedException {
        Process process = process(home, maven, arguments, settings);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private static Process process(Path home, Path maven, List<String> arguments, String... settings)
            throws IOException {
        return process(QUICK_TO_START, home, maven, arguments, settings);
    }

    private static Process process(
            List<String> options, Path home, Path maven, List<String> arguments, String... settings)
            throws IOException {
        String application = System.getProperty("saywhen.application", "target/quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dmaven.home=" + maven,
                "-Dsaywhen.home=" + home,
                "-Dquarkus.http.port=0"));
        Stream.of(settings).map(setting -> "-D" + setting).forEach(command::add);
        command.addAll(List.of("-jar", Path.of(application).toAbsolutePath().toString()));
        command.addAll(arguments);
        Path folder = Files.createDirectories(home.toAbsolutePath().getParent());
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    Path home() {
        return home;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public int port() {
        return URI.create(address).getPort();
    }

    /** Says something in the channel general, as the person named ana, and gives the message's id. */
    public String post(@Nullable String thread, String text) {
        ObjectNode body = JSON.createObjectNode()
                .put("channel", "general")
                .put("author", "ana")
                .put("text", text);
        if (thread != null) {
            body.put("thread", thread);
        }
        return send("POST", "/api/local/messages", body.toString()).get("id").asText();
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    public JsonNode send(String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(method + " " + path, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The texts of a thread, the oldest first. */
    public List<String> texts(String thread) {
        return stream(get("/api/local/messages?thread=" + thread))
                .map(message -> message.get("text").asText())
                .toList();
    }

    boolean said(String thread, Predicate<String> is) {
        return texts(thread).stream().anyMatch(is);
    }

    /** All texts of the channel by their ids, the oldest first. */
    Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        String after = "0";
        while (true) {
            List<JsonNode> more = stream(get("/api/local/messages?channel=general&after=" + after))
                    .toList();
            if (more.isEmpty()) {
                return messages;
            }
            more.forEach(message ->
                    messages.put(message.get("id").asText(), message.get("text").asText()));
            after = more.getLast().get("id").asText();
        }
    }

    /** The run in a thread. */
    Optional<JsonNode> run(String thread) {
        return stream(get("/api/runs?limit=1000"))
                .filter(run -> run.get("thread").asText().equals(thread))
                .findFirst();
    }

    JsonNode awaitRun(String thread, String what, Predicate<JsonNode> is) {
        return until(what + " in " + thread, () -> run(thread).filter(is), () -> texts(thread) + "\n" + run(thread));
    }

    public JsonNode awaitState(String thread, String state) {
        return awaitRun(
                thread, "state " + state, run -> run.get("state").asText().equals(state));
    }

    /** Until the next word in a thread is a person's or nothing follows any more; gives the state of its run then. */
    public String awaitRest(String thread, Duration longest) {
        return until("rest in " + thread, longest, () -> rest(thread), () -> texts(thread) + "\n" + run(thread));
    }

    /** Who spoke last is looked at first: what the bot answered came after the state it tells of. */
    private Optional<String> rest(String thread) {
        JsonNode messages = get("/api/local/messages?thread=" + thread);
        if (!messages.get(messages.size() - 1).get("bot").asBoolean()) {
            return Optional.empty();
        }
        return run(thread)
                .map(run -> run.get("state").asText())
                .filter(state -> !state.equals("planning") && !state.equals("acting"));
    }

    /** The branch of the run in a thread. */
    public String branch(String thread) {
        return run(thread).orElseThrow().get("branch").asText();
    }

    String awaitText(String thread, Predicate<String> is) {
        return until(
                "a text in " + thread,
                () -> texts(thread).stream().filter(is).findFirst(),
                () -> texts(thread).toString());
    }

    /** Asks for a small service, and gives its thread once the plan waits for a yes. */
    public String planned() {
        String thread = post(null, "@saywhen Note: text string required max 200, rank int min 0 max 5");
        awaitState(thread, "asking");
        awaitText(thread, text -> text.contains("`plan`"));
        post(thread, "plan");
        awaitState(thread, "awaiting-authorization");
        return thread;
    }

    /** Until a command of a run is under way; gives the process, with which all of the command die. */
    long awaitCommand() {
        return until("a command", this::command, () -> "leases: none");
    }

    private Optional<Long> command() {
        try (Stream<Path> leases = Files.list(home.resolve("leases"))) {
            return leases.map(file -> file.getFileName().toString())
                    .map(name -> Long.parseLong(name.substring(name.indexOf('-') + 1)))
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** A file of this name in the work tree of a run. */
    Path awaitFile(String what, String name) {
        return until(
                what,
                () -> {
                    try (Stream<Path> files = Files.walk(home.resolve("worktrees"))) {
                        return files.filter(file -> file.endsWith(name)).findFirst();
                    } catch (IOException | UncheckedIOException moved) {
                        return Optional.empty();
                    }
                },
                () -> name);
    }

    Stream<ProcessHandle> descendants() {
        return process.descendants();
    }

    /** Its processes but those of the database. */
    List<String> processesBesideTheDatabase() {
        return descendants()
                .map(child -> child.info().commandLine().orElse("ended"))
                .filter(line -> !line.contains("postgres") && !line.equals("ended"))
                .toList();
    }

    static <T> T until(String what, Supplier<Optional<T>> look, Supplier<String> otherwise) {
        return until(what, PATIENCE, look, otherwise);
    }

    private static <T> T until(String what, Duration longest, Supplier<Optional<T>> look, Supplier<String> otherwise) {
        long end = System.nanoTime() + longest.toNanos();
        Pause pause = new Pause(Duration.ofMillis(5));
        while (System.nanoTime() < end) {
            Optional<T> seen = look.get();
            if (seen.isPresent()) {
                return seen.get();
            }
            pause.make();
        }
        throw new AssertionError("not seen within " + longest + ": " + what + "\n" + otherwise.get());
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** As SIGTERM does, and waits until all of it has ended, the database too. */
    public void end() throws InterruptedException {
        // Not the process's own method: that closes what it writes to, and it has something to say while it ends.
        process.toHandle().destroy();
        process.waitFor();
    }

    void destroy() {
        process.destroyForcibly();
    }

    /** As {@code kill -9} does; its database lives on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP", process.pid());
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT", process.pid());
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** Ends what is left of the service and of its database. */
    public static void end(Path home) throws IOException, InterruptedException {
        Path file = home.resolve("postgres/data/postmaster.pid");
        if (Files.exists(file)) {
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            signal("INT", pid);
            until(
                    "the end of the database",
                    () -> ProcessHandle.of(pid).isEmpty() ? Optional.of(true) : Optional.empty(),
                    () -> "pid " + pid);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        if (endsDatabase) {
            end(home);
        }
    }

    @Override
    public String toString() {
        return address + "\n" + lines(home.resolve("logs/saywhen.log"));
    }

    private static String lines(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.collect(Collectors.joining("\n"));
        } catch (IOException none) {
            return "no log";
        }
    }
}
