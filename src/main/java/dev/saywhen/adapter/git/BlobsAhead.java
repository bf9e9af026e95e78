package dev.saywhen.adapter.git;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads files by their blobs, and more of them at once for somebody who reads file after file: a process for each would make
 * a search through a large repository take minutes.
 */
final class BlobsAhead {
    private static final int MOST_AT_ONCE = 256;
    private static final int FASTER = 4;
    private static final int LEFT_OUT = 32;
    private static final long ROOM = 4_000_000;
    private static final long LONGEST = 20_000_000;

    private final ProjectClone clone;
    private final NavigableMap<String, String> blobs; // path -> blob
    private Map<String, byte[]> ahead = Map.of(); // guarded by this, as are the next two
    private String last = "";
    private int atOnce = 1;

    BlobsAhead(ProjectClone clone, NavigableMap<String, String> blobs) {
        this.clone = clone;
        this.blobs = blobs;
    }

    /** What the file holds; empty if there is no such file or it is too long. */
    synchronized Optional<byte[]> read(String path) {
        String blob = blobs.get(path);
        if (blob == null) {
            return Optional.empty();
        }
        byte[] known = ahead.get(path);
        if (known == null) {
            atOnce = follows(path) ? Math.min(atOnce * FASTER, MOST_AT_ONCE) : 1;
            ahead = atOnce == 1 ? Map.of() : several(path);
            known = ahead.get(path);
        }
        last = path;
        return known == null ? one(path, blob) : Optional.of(known);
    }

    /** Whether it comes soon after what was read last, in the order of all files. */
    private boolean follows(String path) {
        return path.compareTo(last) > 0
                && blobs.tailMap(last, false).keySet().stream().limit(LEFT_OUT).anyMatch(path::equals);
    }

    /** As many of the files from this one on as are asked for and have room; not this one if it has none. */
    private Map<String, byte[]> several(String first) {
        List<Map.Entry<String, String>> asked =
                blobs.tailMap(first, true).entrySet().stream().limit(atOnce).toList();
        String names = String.join("\n", asked.stream().map(Map.Entry::getValue).toList()) + "\n";
        byte[] output = clone.call()
                .outputLimit(ROOM)
                .input(names)
                .run("cat-file", "--batch")
                .output();
        Map<String, byte[]> read = new HashMap<>();
        int at = 0;
        for (Map.Entry<String, String> file : asked) {
            // <object> <type> <size>\n<contents>\n
            int end = lineEnd(output, at);
            String[] head = new String(output, at, end - at, StandardCharsets.US_ASCII).split(" ", -1);
            if (end == output.length || head.length != 3 || !head[0].equals(file.getValue())) {
                break;
            }
            long next = end + 1L + Long.parseLong(head[2]) + 1;
            if (next > output.length) {
                break;
            }
            read.put(file.getKey(), Arrays.copyOfRange(output, end + 1, (int) next - 1));
            at = (int) next;
        }
        return read;
    }

    private static int lineEnd(byte[] output, int from) {
        int at = from;
        while (at < output.length && output[at] != '\n') {
            at++;
        }
        return at;
    }

    private Optional<byte[]> one(String path, String blob) {
        GitCommand.Result result = clone.call().outputLimit(LONGEST).run("cat-file", "blob", blob);
        if (result.isCut()) {
            return Optional.empty();
        }
        if (!result.succeeded()) {
            throw clone.unreadable("reading " + path + ": " + result.complaint());
        }
        return Optional.of(result.output());
    }
}
