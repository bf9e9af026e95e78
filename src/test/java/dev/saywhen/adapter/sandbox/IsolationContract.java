package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every isolation that deserves the name does, tried by real commands. */
abstract class IsolationContract {
    private static final Duration BEAT = Duration.ofMillis(4);

    @TempDir
    Path folder;

    Workshop shop;
    Isolation isolation;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder, Duration.ofSeconds(5));
        isolation = isolation(shop);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    abstract Isolation isolation(Workshop shop) throws IOException;

    @Test
    void a_command_ends_with_its_own_exit_code_and_its_output_is_kept_in_order() throws Exception {
        CommandResult result = run("echo one; echo two >&2; echo three; exit 7");

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(7, result.exitCode());
        assertEquals("one\ntwo\nthree\n", result.head());
        assertEquals("", result.tail());
        assertEquals(14, result.outputBytes());
        assertEquals("one\ntwo\nthree\n", Files.readString(result.outputFile()));
    }

    @Test
    void a_command_that_has_nowhere_to_write_is_not_begun() {
        SandboxCommand command = new SandboxCommand(
                List.of("touch", "begun"),
                shop.workTree,
                Map.of(),
                Workshop.LONG_ENOUGH,
                1 << 20,
                folder.resolve("missing").resolve("output"),
                false);
        assertThrows(IOException.class, () -> isolation.start(command));
        assertFalse(Files.exists(shop.workTree.resolve("begun")));
    }

    @Test
    void a_program_that_is_not_there_ends_with_127_and_says_so() throws Exception {
        CommandResult result =
                isolation.start(shop.command(List.of("no-such-program"))).await();

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(127, result.exitCode());
        assertTrue(result.head().contains("no-such-program"), result.head());
    }

    @Test
    void a_command_goes_behind_the_service_where_processors_are_short() throws Exception {
        Process own = new ProcessBuilder("nice").start();
        int ofService =
                Integer.parseInt(new String(own.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());

        assertEquals(Math.min(19, ofService + 15) + "\n", run("nice").head());
    }

    @Test
    void what_is_written_in_the_work_tree_is_there_afterwards() throws Exception {
        Files.writeString(shop.workTree.resolve("given"), "given\n");

        CommandResult result = run("pwd; cat given; echo made >made");

        assertEquals("/work\ngiven\n", result.head());
        assertEquals("made\n", Files.readString(shop.workTree.resolve("made")));
    }

    @Test
    void arguments_arrive_as_they_are() throws Exception {
        CommandResult result = isolation
                .start(shop.command(List.of("printf", "<%s>", "a b", "", "$HOME", "'\"*\n", "-x", "ä")))
                .await();

        assertEquals("<a b><><$HOME><'\"*\n><-x><ä>", result.head());
    }

    @Test
    void a_kill_takes_all_five_kinds_of_children() throws Exception {
        NastyChildren children = new NastyChildren(shop.workTree);
        RunningCommand running = isolation.start(shop.command(NastyChildren.argv(BEAT)));
        assertTrue(children.awaitAll());

        KillReport report = running.kill();

        assertEquals(List.of(), report.survivors());
        assertTrue(report.killed() >= NastyChildren.KINDS.size(), report::toString);
        assertFalse(isAlive(running.pid()));
        children.assertSilent();
        assertEquals(Ending.KILLED, running.await().ending());
    }

    @Test
    void the_time_limit_takes_all_five_kinds_of_children() throws Exception {
        NastyChildren children = new NastyChildren(shop.workTree);
        RunningCommand running = isolation.start(shop.command(NastyChildren.argv(BEAT), Duration.ofMillis(2_500)));
        assertTrue(children.awaitAll());

        CommandResult result = running.await();

        assertEquals(Ending.TIMED_OUT, result.ending());
        assertTrue(result.took().compareTo(Duration.ofMillis(2_500)) >= 0, result::toString);
        assertFalse(isAlive(running.pid()));
        children.assertSilent();
    }

    @Test
    void nothing_that_a_command_left_in_the_background_outlives_it() throws Exception {
        NastyChildren children = new NastyChildren(shop.workTree);
        RunningCommand running = isolation.start(shop.command(NastyChildren.argvThatLeavesThem(BEAT)));

        CommandResult result = running.await();

        assertEquals(Ending.EXITED, result.ending());
        assertEquals(0, result.exitCode());
        assertFalse(isAlive(running.pid()));
        children.assertSilent();
    }

    @Test
    void a_second_kill_reports_what_the_first_one_did() throws Exception {
        RunningCommand running = isolation.start(shop.command(List.of("sleep", "60")));
        FutureTask<KillReport> first = new FutureTask<>(running::kill);
        FutureTask<KillReport> second = new FutureTask<>(running::kill);
        Thread.ofVirtual().start(first);
        Thread.ofPlatform().start(second);

        assertSame(first.get(), second.get());
        assertSame(first.get(), running.kill());
        assertEquals(List.of(), first.get().survivors());
    }

    @Test
    void a_kill_after_the_end_kills_nothing() throws Exception {
        RunningCommand running = isolation.start(shop.command(List.of("true")));
        CommandResult result = running.await();

        assertEquals(new KillReport(0, List.of()), running.kill());
        assertSame(result, running.await());
    }

    @Test
    void a_flood_of_two_gigabytes_is_cut_at_the_limit() throws Exception {
        CommandResult result = run("head -c 2G /dev/zero");

        assertEquals(Ending.OUTPUT_LIMIT, result.ending());
        assertEquals(50L << 20, result.outputBytes());
        assertEquals(50L << 20, Files.size(result.outputFile()));
    }

    @Test
    void output_that_fills_the_limit_exactly_is_no_flood() throws Exception {
        CommandResult result = isolation
                .start(new SandboxCommand(
                        List.of("printf", "12345"),
                        shop.workTree,
                        Map.of(),
                        Workshop.LONG_ENOUGH,
                        5,
                        shop.output,
                        false))
                .await();

        assertEquals(Ending.EXITED, result.ending());
        assertEquals("12345", result.head());
    }

    @Test
    void a_command_started_from_a_thread_that_has_ended_lives_on() throws Exception {
        FutureTask<RunningCommand> platform = new FutureTask<>(() -> isolation.start(shop.bash("sleep 1.5; echo on")));
        FutureTask<RunningCommand> virtual = new FutureTask<>(() -> isolation.start(new SandboxCommand(
                List.of("bash", "-c", "sleep 1.5; echo on"),
                shop.workTree,
                Map.of(),
                Workshop.LONG_ENOUGH,
                1_000,
                folder.resolve("other-output"),
                false)));
        Thread.ofPlatform().start(platform).join();
        Thread.ofVirtual().start(virtual).join();

        assertNotEquals(ProcessHandle.current(), starterOf(platform.get()));
        assertNotEquals(ProcessHandle.current(), starterOf(virtual.get()));
        assertEquals("on\n", platform.get().await().head());
        assertEquals("on\n", virtual.get().await().head());
    }

    /** The process that put the sandbox up, whose death would be the sandbox's. */
    private static ProcessHandle starterOf(RunningCommand running) {
        ProcessHandle launcher =
                ProcessHandle.of(running.pid()).orElseThrow().parent().orElseThrow();
        return launcher.parent().orElseThrow();
    }

    @Test
    void the_environment_is_the_commands_own_and_a_few_names_of_the_tools() throws Exception {
        CommandResult result = isolation
                .start(new SandboxCommand(
                        List.of("env"),
                        shop.workTree,
                        Map.of("MINE", "1", "LANG", "C"),
                        Workshop.LONG_ENOUGH,
                        10_000,
                        shop.output,
                        false))
                .await();

        Set<String> names = new TreeSet<>(result.head()
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .filter(name -> !name.equals("PWD"))
                .toList());
        Set<String> expected = new TreeSet<>(Set.of("HOME", "JAVA_HOME", "LANG", "MAVEN_OPTS", "MINE", "PATH", "USER"));
        expected.addAll(LanguageSettings.of("", false).keySet());
        assertEquals(expected, names);
        assertTrue(result.head().lines().toList().containsAll(List.of("MINE=1", "LANG=C")), result.head());
    }

    @Test
    void no_descriptor_is_passed_on_but_the_three_standard_ones() throws Exception {
        CommandResult result = run("ls /proc/self/fd; readlink /proc/self/fd/0");

        assertEquals("0\n1\n2\n3\n/dev/null\n", result.head());
    }

    @Test
    void there_is_no_network_but_a_loopback_of_its_own() throws Exception {
        try (ServerSocketChannel host = ServerSocketChannel.open()) {
            host.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);

            CommandResult result = run("""
                    for address in 127.0.0.1/$1 192.0.2.1/80; do
                        (exec 3<>/dev/tcp/$address) 2>/dev/null && echo "reached $address"
                    done
                    perl -MIO::Socket::INET -e '
                        my $server = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die "listen: $!";
                        IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $server->sockport) or die "connect: $!";
                        print "own loopback works\n"'
                    """, host.socket().getLocalPort());

            assertEquals("own loopback works\n", result.head());
            assertNull(host.accept());
        }
    }

    @Test
    void a_socket_file_of_the_host_cannot_be_reached() throws Exception {
        Path path = folder.resolve("socket");
        try (ServerSocketChannel host = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            host.bind(UnixDomainSocketAddress.of(path)).configureBlocking(false);
            String connect = """
                    perl -MIO::Socket::UNIX -e 'print IO::Socket::UNIX->new(Peer => $ARGV[0]) ? "reached" : "no"' "$1"
                    """;

            assertEquals("no", run(connect, path).head());
            assertNull(host.accept());
            assertEquals(
                    "reached",
                    shop.unisolated().start(shop.bash(connect, path)).await().head(),
                    "the same without isolation");
        }
    }

    @Test
    void files_of_the_host_are_not_there() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret\n");
        Files.createSymbolicLink(shop.workTree.resolve("link"), secret);
        Files.createSymbolicLink(shop.workTree.resolve("up"), Path.of("../secret"));

        CommandResult result = run("""
                for path in "$1" link up /proc/1/root"$1" /proc/self/cwd/../"$1" /root /home/*/ /var/lib /var/run \
                        /etc/shadow /etc/ssl/private /sys /mnt /srv /boot /.outside /old_root; do
                    [[ -e $path ]] && echo "$path"
                done
                ls -A /tmp /run /home
                """, secret);

        assertEquals("/home/saywhen/\n/home:\nsaywhen\n\n/run:\n\n/tmp:\n", result.head());
    }

    @Test
    void no_process_of_the_host_is_seen() throws Exception {
        CommandResult result = run("""
                ls -d /proc/[0-9]* | wc -l
                tr '\\0' '\\n' </proc/1/environ | grep -c SECRET_OF_THE_TEST
                kill -0 "$1" 2>&1 | grep -o 'No such process'
                """, 9_999_999);

        int processes = Integer.parseInt(result.head().lines().findFirst().orElseThrow());
        assertTrue(processes <= 6, result.head());
        assertTrue(result.head().endsWith("0\nNo such process\n"), result.head());
    }

    @Test
    void nothing_but_the_work_tree_and_memory_can_be_written() throws Exception {
        CommandResult result = run("""
                for path in / /usr /usr/bin /etc /opt /dev /proc/sys/vm/drop_caches /proc/sys/kernel/core_pattern \
                        "$JAVA_HOME" ~/.m2/repository ~/.m2/settings.xml /etc/passwd /home; do
                    if [[ -d $path ]]; then target=$path/written; else target=$path; fi
                    (: >>"$target") 2>/dev/null && echo "$target"
                done
                for path in /tmp /run /var/tmp /dev/shm ~ /work; do
                    : >$path/written || echo "not $path"
                done
                mount -o remount,rw,bind /usr 2>/dev/null && echo remounted
                unshare --user --map-root-user true 2>/dev/null && echo "new user namespace"
                true
                """);

        assertEquals("", result.head());
        assertEquals(0, result.exitCode());
    }

    @Test
    void nothing_writable_is_shared_between_two_commands() throws Exception {
        RunningCommand first = isolation.start(shop.bash("touch /tmp/a /dev/shm/a /run/a ~/a ready; sleep 60"));
        while (Files.notExists(shop.workTree.resolve("ready"))) {
            LockSupport.parkNanos(1_000_000);
        }

        CommandResult second = isolation
                .start(new SandboxCommand(
                        List.of("bash", "-c", "ls -A /tmp /dev/shm /run ~; kill -9 -1; echo alone"),
                        Files.createDirectory(folder.resolve("other")),
                        Map.of(),
                        Workshop.LONG_ENOUGH,
                        10_000,
                        folder.resolve("other-output"),
                        false))
                .await();

        assertFalse(second.head().lines().anyMatch("a"::equals), second.head());
        assertTrue(isAlive(first.pid()));
        assertEquals(List.of(), first.kill().survivors());
    }

    @Test
    void calls_that_reach_around_the_namespaces_are_refused() throws Exception {
        CommandResult result = run("""
                perl -e 'socket(my $s, 40, 1, 0) and print "virtual socket\n"'
                perl -e '$! = 0; syscall(425, 1, 0); print "io_uring $!\n" unless $!{ENOSYS}'
                touch program
                chmod 4755 program 2>/dev/null && echo "set-user-id"
                perl -MFcntl -e 'sysopen(my $f, "born", O_CREAT | O_WRONLY, 04755) and print "born set-user-id\n"'
                chmod 755 program && echo "and modes can be changed"
                """);

        assertEquals("and modes can be changed\n", result.head());
    }

    @Test
    void a_command_is_user_1000_without_rights() throws Exception {
        CommandResult result = run("id; echo ~; grep -E '^(CapEff|NoNewPrivs|SigIgn)' /proc/self/status");

        assertTrue(result.head().startsWith("uid=1000(saywhen) gid=1000(saywhen)"), result.head());
        assertTrue(result.head().contains("\n/home/saywhen\n"), result.head());
        assertTrue(result.head().contains("CapEff:\t0000000000000000\nNoNewPrivs:\t1\n"), result.head());
    }

    @Test
    void memory_that_runs_out_takes_the_command_and_processes_are_limited() throws Exception {
        CommandResult result = run("cat /proc/self/oom_score_adj; ulimit -u; ulimit -c");

        List<String> lines = result.head().lines().toList();
        assertEquals("500", lines.get(0));
        assertTrue(Integer.parseInt(lines.get(1)) <= 4096, result.head());
        assertEquals("0", lines.get(2));
    }

    @Test
    void the_java_and_the_maven_of_the_toolchain_run() throws Exception {
        CommandResult result = run("java -version && mvn -v && java -XshowSettings:properties -version");

        assertEquals(0, result.exitCode(), result.head());
        assertTrue(result.head().contains(System.getProperty("java.runtime.version")), result.head());
        assertTrue(result.head().contains("Apache Maven 3"), result.head());
        assertTrue((result.head() + result.tail()).contains("user.home = /home/saywhen"), result.head());
    }

    @Test
    void a_command_that_cannot_be_started_leaves_nothing() {
        SandboxCommand command = new SandboxCommand(
                List.of("true"),
                folder.resolve("no-such-tree"),
                Map.of(),
                Workshop.LONG_ENOUGH,
                1_000,
                shop.output,
                false);
        List<ProcessHandle> before = ProcessHandle.current().children().toList();

        assertThrows(IOException.class, () -> isolation.start(command));

        assertEquals(before, ProcessHandle.current().children().toList());
    }

    CommandResult run(String script, Object... arguments) throws Exception {
        return isolation.start(shop.bash(script, arguments)).await();
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> !ProcessTree.isDead(process))
                .orElse(false);
    }
}
