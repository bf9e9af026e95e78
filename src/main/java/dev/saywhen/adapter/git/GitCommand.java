package dev.saywhen.adapter.git;

import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.StopSwitch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The git command line, knowing nothing but what it is told: no environment, no configuration but its own, no hooks.
 *
 * <p>Output goes to files, not to pipes: a git whose reader is frozen ends all the same. Safe for use by several
 * threads; a thread that is interrupted ends its git.
 */
public final class GitCommand {
    /** What runs at the other end of a local fetch. The repository was configured by name: its owner may be another. */
    static final String UPLOAD_PACK =
            "git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=true" + " -c 'safe.directory=*' upload-pack";

    /** What runs at the other end of a local push: a hook of the user's would get our rights. */
    static final String RECEIVE_PACK = "git -c core.hooksPath=/dev/null -c core.alternateRefsCommand=true"
            + " -c core.fsmonitor=false -c receive.denyCurrentBranch=refuse -c receive.denyNonFastForwards=true"
            + " -c receive.denyDeletes=true -c receive.autogc=false -c gc.auto=0 -c maintenance.auto=false"
            + " -c 'safe.directory=*' receive-pack";

    private static final List<String> CONFIGURATION = List.of(
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "core.untrackedCache=false",
            "core.attributesFile=/dev/null",
            "core.excludesFile=/dev/null",
            "core.alternateRefsCommand=true",
            "core.autocrlf=false",
            "core.safecrlf=false",
            "core.fileMode=true",
            "core.symlinks=true",
            "core.protectHFS=true",
            "core.protectNTFS=true",
            "core.quotePath=false",
            // Two runs of one project can meet at a ref: git then waits for the lock instead of giving up.
            "core.filesRefLockTimeout=5000",
            "core.packedRefsTimeout=5000",
            "credential.helper=",
            "gc.auto=0",
            "merge.renames=false",
            "maintenance.auto=false",
            "submodule.recurse=false",
            "fetch.recurseSubmodules=false",
            "push.recurseSubmodules=no",
            "push.followTags=false",
            "push.gpgSign=false",
            "commit.gpgSign=false");

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final long OUTPUT_LIMIT = 50_000_000;
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Path scratch;
    private final String searchPath;
    private final Function<CutOff, StopSwitch.Registration> registration;
    private final long end; // of System.nanoTime; 0: none

    /** @param scratch a folder for what git prints, {@code cache/git} under {@code saywhen.home}; nothing stays in it */
    public GitCommand(Path scratch) {
        this(scratch, absoluteParts(System.getenv("PATH")));
    }

    /** @param searchPath where git and what it starts are looked for */
    GitCommand(Path scratch, String searchPath) {
        this(scratch, searchPath, _ -> () -> {}, 0);
    }

    private GitCommand(
            Path scratch, String searchPath, Function<CutOff, StopSwitch.Registration> registration, long end) {
        this.scratch = scratch.toAbsolutePath();
        this.searchPath = searchPath;
        this.registration = registration;
        this.end = end;
    }

    /** The same git, whose processes end with a STOP; none is started after it. */
    GitCommand cutOffBy(StopSwitch stops, StopSwitch.Epoch began) {
        return new GitCommand(scratch, searchPath, cutOff -> stops.onPull(began, cutOff), end);
    }

    /** The same git, all of whose commands together have this long from now. */
    GitCommand within(Duration time) {
        return new GitCommand(scratch, searchPath, registration, System.nanoTime() + time.toNanos());
    }

    /** A command outside any repository. */
    Call anywhere() {
        return new Call(this, null, Map.of(), "", TIME_LIMIT, OUTPUT_LIMIT);
    }

    /** A command in a git directory of our own. */
    Call in(Path gitDir) {
        return new Call(this, gitDir, Map.of(), "", TIME_LIMIT, OUTPUT_LIMIT);
    }

    /** Folders of a search path that do not depend on where a process stands. */
    private static String absoluteParts(@Nullable String path) {
        String found = Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .filter(part -> part.startsWith("/"))
                .collect(Collectors.joining(File.pathSeparator));
        return found.isEmpty() ? "/usr/local/bin:/usr/bin:/bin" : found;
    }

    /**
     * What is to be run, where and with what.
     *
     * @param outputLimit bytes; what is over it is not read
     */
    record Call(
            GitCommand git,
            @Nullable Path gitDir,
            Map<String, String> environment,
            String input,
            Duration timeLimit,
            long outputLimit) {
        Call with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(environment);
            more.put(name, value);
            return new Call(git, gitDir, more, input, timeLimit, outputLimit);
        }

        /** Transports that this command may use; without it there is none. */
        Call allowing(String protocols) {
            return with("GIT_ALLOW_PROTOCOL", protocols);
        }

        Call index(Path file) {
            return with("GIT_INDEX_FILE", file.toString());
        }

        Call tree(Path folder) {
            return with("GIT_WORK_TREE", folder.toString());
        }

        Call input(String text) {
            return new Call(git, gitDir, environment, text, timeLimit, outputLimit);
        }

        Call timeLimit(Duration limit) {
            return new Call(git, gitDir, environment, input, limit, outputLimit);
        }

        Call outputLimit(long bytes) {
            return new Call(git, gitDir, environment, input, timeLimit, bytes);
        }

        /** Runs it, whatever comes of it. Throws {@link GitBroke} only if it did not run to its end. */
        Result run(String... arguments) {
            return git.run(this, List.of(arguments));
        }

        /** Runs it and returns what it printed. Throws {@link GitBroke} if it failed or printed too much. */
        Result must(String doing, String... arguments) {
            Result result = run(arguments);
            if (!result.succeeded() || result.isCut()) {
                throw new GitBroke(doing + " did not work: "
                        + (result.isCut() ? "git printed more than " + outputLimit + " bytes" : result.complaint()));
            }
            return result;
        }
    }

    /** What a command came to. */
    static final class Result {
        private final int exit;
        private final byte[] output;
        private final boolean isCut;
        private final String complaint;

        private Result(int exit, byte[] output, boolean isCut, String complaint) {
            this.exit = exit;
            this.output = output;
            this.isCut = isCut;
            this.complaint = complaint;
        }

        int exit() {
            return exit;
        }

        /** Whether there was more than the limit; the output is then its beginning, and the exit means nothing. */
        boolean isCut() {
            return isCut;
        }

        /** What git complained about, on one line. */
        String complaint() {
            return complaint;
        }

        byte[] output() {
            return output;
        }

        boolean succeeded() {
            return exit == 0;
        }

        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** The first line without its end. */
        String line() {
            return text().lines().findFirst().orElse("");
        }

        /** What was printed between NUL characters. */
        List<String> items() {
            return Arrays.stream(text().split("\0"))
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
    }

    /** Nothing was run. */
    static final class NeverBegan extends GitBroke {
        private static final long serialVersionUID = 1;

        private NeverBegan(String message) {
            super(message);
        }

        private NeverBegan(String message, IOException cause) {
            super(message, cause);
        }
    }

    private Result run(Call call, List<String> arguments) {
        Duration limit = limit(call);
        String name = "git " + arguments.getFirst();
        Running running = new Running(arguments.getFirst());
        try {
            Files.createDirectories(scratch);
            Path folder = Files.createTempDirectory(scratch, "git");
            try {
                return run(call, arguments, running, folder, limit);
            } finally {
                Removal.of(folder);
            }
        } catch (IOException broken) {
            String why = name + " could not be run: " + broken.getMessage();
            throw running.hasBegun() ? new GitBroke(why, broken) : new NeverBegan(why, broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GitBroke(name + " was interrupted", interrupted);
        }
    }

    private Duration limit(Call call) {
        if (end == 0) {
            return call.timeLimit;
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        return left.compareTo(call.timeLimit) < 0 ? left : call.timeLimit;
    }

    private Result run(Call call, List<String> arguments, Running running, Path folder, Duration limit)
            throws IOException, InterruptedException {
        File output = folder.resolve("out").toFile();
        File errors = folder.resolve("err").toFile();
        ProcessBuilder builder = builder(call, arguments)
                .redirectOutput(output)
                .redirectError(errors)
                .redirectInput(input(call, folder));
        StopSwitch.Registration registered = registration.apply(running);
        try {
            Process process = running.start(builder);
            await(process, running, call, limit, output, errors);
            if (running.isCut()) {
                running.end(); // whoever catches this may look at what it left
                throw new GitBroke("git " + arguments.getFirst() + " was stopped");
            }
            return new Result(
                    process.exitValue(),
                    head(output, call.outputLimit),
                    output.length() > call.outputLimit,
                    complaint(new String(head(errors, 20_000), StandardCharsets.UTF_8)));
        } finally {
            if (running.alive().isEmpty()) { // else every later STOP has to end it and tell of it
                registered.close();
            }
        }
    }

    private ProcessBuilder builder(Call call, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("git", "--no-replace-objects", "--no-pager"));
        if (call.gitDir != null) {
            words.add("--git-dir=" + call.gitDir);
        }
        if (call.environment.containsKey("GIT_WORK_TREE")) {
            words.add("-c");
            words.add("core.bare=false");
        }
        CONFIGURATION.forEach(setting -> {
            words.add("-c");
            words.add(setting);
        });
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory((call.gitDir == null ? scratch : call.gitDir).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", searchPath);
        environment.put("HOME", "/dev/null"); // nothing can ever be in it
        environment.put("LC_ALL", "C");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ASKPASS", "/bin/false");
        environment.put("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_NO_REPLACE_OBJECTS", "1");
        environment.put("GIT_NO_LAZY_FETCH", "1"); // a partial clone may name a command to fetch with
        environment.put("GIT_LITERAL_PATHSPECS", "1");
        environment.put("GIT_ALLOW_PROTOCOL", "none");
        environment.putAll(call.environment);
        return builder;
    }

    private static File input(Call call, Path folder) throws IOException {
        if (call.input.isEmpty()) {
            return new File("/dev/null");
        }
        return Files.writeString(folder.resolve("in"), call.input).toFile();
    }

    private static void await(Process process, Running running, Call call, Duration limit, File output, File errors)
            throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                // An output that is only cut to be shown has no harm in it: git is ended and what it said is used.
                if (output.length() > call.outputLimit + 1_000_000 || errors.length() > 10_000_000) {
                    running.end();
                    process.waitFor();
                    return;
                }
                if (System.nanoTime() >= until) {
                    throw new GitBroke(
                            "git " + running.name + " took longer than " + limit.toSeconds() + " s and was ended");
                }
            }
        } finally {
            if (process.isAlive()) {
                boolean interrupted = Thread.interrupted();
                running.end();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static byte[] head(File file, long limit) throws IOException {
        try (InputStream in = Files.newInputStream(file.toPath())) {
            return in.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8));
        }
    }

    /** The first lines of what git complained about, on one line. */
    private static String complaint(String errors) {
        String said = errors.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("hint:"))
                .limit(3)
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .collect(Collectors.joining("; "));
        return GitProject.withoutPassword(said.isEmpty() ? "git said nothing" : said);
    }

    /** Whether a process can still do something: one that ended and was not yet reaped by its parent cannot. */
    static boolean isRunning(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return "ZX".indexOf(status.charAt(status.lastIndexOf(')') + 2)) < 0;
        } catch (IOException | IndexOutOfBoundsException unknown) {
            return handle.isAlive();
        }
    }

    /** One process, and what it started, that a STOP can end, whenever it comes. */
    private static final class Running implements CutOff {
        private final String name;
        private final Set<ProcessHandle> seen = new LinkedHashSet<>(); // since it is being ended; guarded by this
        private boolean cut; // guarded by this
        private @Nullable Process process; // guarded by this

        Running(String name) {
            this.name = name;
        }

        synchronized Process start(ProcessBuilder builder) throws IOException {
            if (cut) {
                throw new NeverBegan("git " + name + " was stopped before it began");
            }
            Process started = builder.start();
            process = started;
            return started;
        }

        synchronized boolean hasBegun() {
            return process != null;
        }

        synchronized boolean isCut() {
            return cut;
        }

        @Override
        public Report cut() {
            synchronized (this) {
                cut = true;
            }
            return end();
        }

        /**
         * Ends everything and looks. Asked politely first: a git that is killed outright leaves its lock files behind, in
         * the user's repository too. Whoever else is ending it, or has, told the same processes.
         */
        Report end() {
            List<ProcessHandle> all = found();
            all.forEach(ProcessHandle::destroy);
            if (!haveEnded()) {
                found().forEach(ProcessHandle::destroyForcibly);
                haveEnded();
            }
            List<String> survivors = found().stream()
                    .map(handle -> "git, process " + handle.pid())
                    .toList();
            return new Report(all.size(), survivors);
        }

        private boolean haveEnded() {
            long until = System.nanoTime() + GRACE.toNanos();
            while (!alive().isEmpty()) {
                if (System.nanoTime() >= until) {
                    return false;
                }
                LockSupport.parkNanos(1_000_000);
            }
            return true;
        }

        /** A process that has ended no longer names its children: what was found once is looked at from then on. */
        private synchronized List<ProcessHandle> found() {
            if (process != null) {
                seen.add(process.toHandle());
            }
            seen.addAll(alive().stream().flatMap(ProcessHandle::descendants).toList());
            return alive();
        }

        private synchronized List<ProcessHandle> alive() {
            return seen.stream().filter(GitCommand::isRunning).toList();
        }
    }
}
