package dev.saywhen.adapter.git;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * File names as git has them, in UTF-8, whatever the locale of this process.
 *
 * <p>Java names files in the locale's encoding and refuses what that lacks; in the C locale of many service managers
 * that is every letter but ASCII. Through a {@code file:} address it takes bytes as they are.
 */
final class RawPath {
    private RawPath() {}

    /** The entry of this name in a folder. */
    static Path entry(Path folder, String name) {
        if (name.chars().allMatch(letter -> letter > 0 && letter < 128)) {
            return folder.resolve(name);
        }
        StringBuilder escaped = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(octet & 0xff));
        }
        String parent = folder.toUri().getRawPath();
        return Path.of(URI.create("file://" + parent + (parent.endsWith("/") ? "" : "/") + escaped));
    }

    /** The name of an entry; empty if it is not UTF-8. */
    static Optional<String> name(Path entry) {
        String plain = String.valueOf(entry.getFileName());
        if (plain.chars().allMatch(letter -> letter > 0 && letter < 128)) {
            return Optional.of(plain);
        }
        String path = entry.toAbsolutePath().toUri().getRawPath();
        String raw = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets(raw.substring(raw.lastIndexOf('/') + 1))))
                    .toString());
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
    }

    private static byte[] octets(String escaped) {
        byte[] bytes = new byte[escaped.length()];
        int length = 0;
        for (int at = 0; at < escaped.length(); at++) {
            if (escaped.charAt(at) == '%') {
                bytes[length++] = (byte) Integer.parseInt(escaped, at + 1, at + 3, 16);
                at += 2;
            } else {
                bytes[length++] = (byte) escaped.charAt(at);
            }
        }
        return java.util.Arrays.copyOf(bytes, length);
    }
}
