package dev.saywhen.adapter.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The five kinds of children that outlive a careless kill. Each beats: it adds the time to a file of its own in the work
 * tree, again and again.
 */
public final class NastyChildren {
    public static final List<String> KINDS = List.of("child", "session", "orphan", "deaf", "respawned");

    private static final String SCRIPT = """
            [[ -p never ]] || mkfifo never
            export BEAT='
                exec 8<>never
                while :; do
                    printf "%s\\n" "$EPOCHREALTIME" >>"beats-$1"
                    read -r -t "$2" -u 8
                done'
            bash -c "$BEAT" beat child "$1" &
            setsid bash -c "$BEAT" beat session "$1" &
            (bash -c "$BEAT" beat orphan "$1" &) &
            bash -c "trap '' HUP INT TERM QUIT; $BEAT" beat deaf "$1" &
            while :; do bash -c "$BEAT" beat respawned "$1"; done &
            """;

    private final Path workTree;

    public NastyChildren(Path workTree) {
        this.workTree = workTree;
    }

    /** Starts them, and waits for ever. */
    public static List<String> argv(Duration interval) {
        return script(interval, SCRIPT + "wait");
    }

    /** Starts them, and ends by itself once all have beaten. */
    static List<String> argvThatLeavesThem(Duration interval) {
        return script(
                interval, SCRIPT + "until [[ $(ls beats-* | wc -l) == " + KINDS.size() + " ]]; do sleep 0.01; done");
    }

    private static List<String> script(Duration interval, String script) {
        return List.of("bash", "-c", script, "nasty", "%.6f".formatted(interval.toNanos() / 1e9));
    }

    /** Until each has beaten since now; false when one has not in 20 s. */
    public boolean awaitAll() throws IOException {
        Map<String, Long> before = sizes();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!grown(before)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    void assertSilent() throws IOException {
        Map<String, Long> before = sizes();
        LockSupport.parkNanos(Duration.ofMillis(80).toNanos());
        assertEquals(before, sizes(), "bytes of beats, before and after a moment");
        assertTrue(before.values().stream().allMatch(size -> size > 0), () -> "each has lived: " + before);
    }

    public Path beats(String kind) {
        return workTree.resolve("beats-" + kind);
    }

    private boolean grown(Map<String, Long> before) throws IOException {
        Map<String, Long> now = sizes();
        return KINDS.stream().allMatch(kind -> now.getOrDefault(kind, 0L) > before.getOrDefault(kind, 0L));
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String kind : KINDS) {
            sizes.put(kind, Files.exists(beats(kind)) ? Files.size(beats(kind)) : 0L);
        }
        return sizes;
    }
}
