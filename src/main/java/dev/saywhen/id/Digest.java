package dev.saywhen.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, 64 hexadecimal characters in lower case. */
public record Digest(String hex) {
    /** What stands before the first record of a chain. */
    public static final Digest ZERO = new Digest("0".repeat(64));

    public Digest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a digest is 64 hexadecimal characters in lower case");
        }
    }

    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Digest of(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The first eight characters: the code that stands in a plan message. */
    public String code() {
        return hex.substring(0, 8);
    }

    @Override
    public String toString() {
        return hex;
    }
}
