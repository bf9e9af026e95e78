package dev.saywhen.adapter.blueprint.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands out names for tables, constraints and indexes: no longer than PostgreSQL keeps them, none twice, and the same
 * name whenever the same thing is asked about again.
 */
final class SqlNames {

    private static final int LONGEST = 63;
    private static final int HASH = 8;

    private final Map<List<String>, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    String name(String... parts) {
        return given.computeIfAbsent(List.of(parts), this::fresh);
    }

    private String fresh(List<String> parts) {
        String full = String.join("_", parts);
        String name = full.length() <= LONGEST ? full : shortened(full);
        if (!taken.add(name)) {
            name = shortened(full + "_" + taken.size());
            taken.add(name);
        }
        return name;
    }

    /** A column needs to differ from its neighbours only, and their names differ already. */
    static String column(String snake) {
        return snake.length() <= LONGEST ? snake : shortened(snake);
    }

    private static String shortened(String full) {
        String start = full.substring(0, Math.min(full.length(), LONGEST - HASH - 1));
        return start + "_" + hash(full);
    }

    private static String hash(String full) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(full.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
