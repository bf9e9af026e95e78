package dev.saywhen.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes a root file system into an image of one layer, in the form of {@code docker save}, which Jib takes as a base. */
final class BaseArchive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BaseArchive() {}

    /** @param root a tar, not compressed */
    static void write(Path root, Path archive) throws IOException {
        byte[] configuration = JSON.writeValueAsBytes(Map.of(
                "architecture", ServiceImage.architecture(),
                "os", "linux",
                "config", Map.of(),
                "rootfs", Map.of("type", "layers", "diff_ids", List.of("sha256:" + sha256(root)))));
        byte[] manifest = JSON.writeValueAsBytes(List.of(
                Map.of("Config", "config.json", "RepoTags", List.of("base:latest"), "Layers", List.of("root.tar"))));
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            put(tar, "manifest.json", manifest);
            put(tar, "config.json", configuration);
            TarArchiveEntry layer = new TarArchiveEntry("root.tar");
            layer.setSize(Files.size(root));
            tar.putArchiveEntry(layer);
            Files.copy(root, tar);
            tar.closeArchiveEntry();
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                content.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
