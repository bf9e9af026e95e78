package dev.saywhen.boot.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.saywhen.boot.home.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per version from the archive on the class path. */
record ServerBinaries(Path folder) {

    /** @throws StartRefused if the build brought no archive for this platform */
    static ServerBinaries unpacked(Path cache) throws IOException {
        String archive = archiveName(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        // The digest keeps the programs of two versions apart and finds those of an upgrade missing.
        ServerBinaries binaries = new ServerBinaries(cache.resolve("postgresql-" + digest(archive)));
        if (!Files.isExecutable(binaries.program("postgres"))) {
            Folders.removeTree(binaries.folder);
            Path aside = cache.resolve(binaries.folder.getFileName() + ".unpacking");
            Folders.removeTree(aside);
            Folders.made(cache, "rwxr-xr-x");
            try (InputStream packed = resource(archive)) {
                unpack(packed, aside);
            }
            Files.move(aside, binaries.folder, ATOMIC_MOVE);
        }
        return binaries;
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    static String archiveName(String system, String architecture) {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        String cpu = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
        return "postgres-" + os + "-" + cpu + ".txz";
    }

    private static InputStream resource(String archive) {
        @Nullable InputStream found = ServerBinaries.class.getResourceAsStream("/" + archive);
        if (found == null) {
            throw new StartRefused("This build brings no PostgreSQL for this platform (" + archive
                    + "). Run one and name it: ./saywhen -- quarkus.datasource.jdbc.url=jdbc:postgresql://HOST/DATABASE"
                    + " quarkus.datasource.username=... quarkus.datasource.password=...");
        }
        return found;
    }

    private static String digest(String archive) throws IOException {
        try (InputStream in = resource(archive)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry of the archive leaves its folder: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            boolean executable = (entry.getMode() & 0b001_000_000) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
