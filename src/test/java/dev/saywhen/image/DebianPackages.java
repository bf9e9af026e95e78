package dev.saywhen.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The packages of a root file system and their versions, as dpkg keeps them there. */
final class DebianPackages {
    private static final String STATUS = "var/lib/dpkg/status";

    private DebianPackages() {}

    /** @param root a tar, not compressed */
    static SortedMap<String, String> in(Path root) throws IOException {
        try (InputStream file = Files.newInputStream(root);
                TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                if (entry.getName().replaceFirst("^\\./", "").equals(STATUS)) {
                    return named(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        throw new IOException(root + " has no " + STATUS + ", so it is no Debian root file system");
    }

    /** Fields of a paragraph for each package; those of more than one line go on with a space. */
    private static SortedMap<String, String> named(String status) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (String paragraph : status.split("\n\n")) {
            Map<String, String> fields = new TreeMap<>();
            paragraph
                    .lines()
                    .filter(line -> line.matches("(Package|Version): .*"))
                    .forEach(line -> {
                        int colon = line.indexOf(": ");
                        fields.put(line.substring(0, colon), line.substring(colon + 2));
                    });
            if (fields.size() == 2) {
                versions.put(fields.get("Package"), fields.get("Version"));
            }
        }
        return versions;
    }
}
