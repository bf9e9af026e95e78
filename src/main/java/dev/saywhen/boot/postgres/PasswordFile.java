package dev.saywhen.boot.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** A password made once per installation and kept in a file that only its owner can read. */
final class PasswordFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    PasswordFile(Path folder, String role) {
        this.file = folder.resolve(role + ".password");
    }

    Path file() {
        return file;
    }

    Optional<String> password() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    String passwordMadeIfMissing() throws IOException {
        Optional<String> known = password();
        if (known.isPresent()) {
            return known.get();
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        write(file, password);
        return password;
    }

    /** Written aside and moved, so that a full disk or a crash leaves no half a password. */
    static void write(Path file, String password) throws IOException {
        Path aside = Files.createTempFile(file.toAbsolutePath().getParent(), "password", null, OWNER_ONLY);
        try {
            Files.writeString(aside, password + "\n");
            Files.move(aside, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
