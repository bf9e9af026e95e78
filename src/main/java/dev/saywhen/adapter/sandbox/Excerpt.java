package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The beginning and the end of a command's output, as text; invalid UTF-8 is replaced.
 *
 * @param tail empty where {@code head} is everything
 */
record Excerpt(String head, String tail) {
    private static final int HEAD = 4_000;
    private static final int TAIL = 6_000;
    private static final int BYTES_PER_CHARACTER = 4;

    static Excerpt of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int enough = (HEAD + TAIL) * BYTES_PER_CHARACTER;
            if (size <= enough) {
                return of(read(channel, 0, (int) size));
            }
            String head = read(channel, 0, HEAD * BYTES_PER_CHARACTER);
            String tail = read(channel, size - TAIL * BYTES_PER_CHARACTER, TAIL * BYTES_PER_CHARACTER);
            return new Excerpt(first(head), last(tail));
        }
    }

    private static Excerpt of(String text) {
        return text.length() <= HEAD + TAIL ? new Excerpt(text, "") : new Excerpt(first(text), last(text));
    }

    private static String first(String text) {
        int end = Math.min(HEAD, text.length());
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    private static String last(String text) {
        int start = Math.max(0, text.length() - TAIL);
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    private static String read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // read on
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
}
