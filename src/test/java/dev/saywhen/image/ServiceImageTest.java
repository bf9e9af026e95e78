package dev.saywhen.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Built by Jib for real, of a root file system and an application that are a few files. */
final class ServiceImageTest {
    private static final String STATUS = """
            Package: git
            Status: install ok installed
            Description: fast version control
             Version: not a field, as it begins with a space
            Version: 1:2.47.3-0+deb13u1

            Package: bubblewrap
            Status: install ok installed
            Version: 0.12.0-1~deb13u1
            """;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void a_root_file_system() throws IOException {
        root = folder.resolve("root.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(root))) {
            byte[] status = STATUS.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("./var/lib/dpkg/status");
            entry.setSize(status.length);
            tar.putArchiveEntry(entry);
            tar.write(status);
            tar.closeArchiveEntry();
        }
    }

    @Test
    void packages_are_told_with_their_versions() throws IOException {
        assertEquals(
                new TreeMap<>(Map.of("bubblewrap", "0.12.0-1~deb13u1", "git", "1:2.47.3-0+deb13u1")),
                DebianPackages.in(root));
    }

    @Test
    void it_starts_the_service_as_an_ordinary_user_in_its_home() throws Exception {
        JsonNode image = configuration(built());

        JsonNode config = image.at("/config");
        assertEquals("linux", image.at("/os").asText());
        assertEquals("1000:1000", config.at("/User").asText());
        assertEquals(
                "[\"/usr/bin/tini\",\"--\",\"/usr/local/bin/saywhen\"]",
                config.at("/Entrypoint").toString());
        assertEquals("/var/lib/saywhen", config.at("/WorkingDir").asText());
        assertEquals("{\"8080/tcp\":{}}", config.at("/ExposedPorts").toString());
        assertEquals("{\"/var/lib/saywhen\":{}}", config.at("/Volumes").toString());
        assertEquals(
                List.of("LANG=C.UTF-8", "MAVEN_HOME=/opt/maven", "SAYWHEN_HOME=/var/lib/saywhen"),
                texts(config.at("/Env")).stream().sorted().toList());
        assertEquals(
                "git 1:2.47.3-0+deb13u1",
                config.at("/Labels").get("dev.saywhen.debian-packages").asText());
    }

    @Test
    void what_changes_seldom_comes_first_and_nothing_belongs_to_its_user() throws Exception {
        Map<String, byte[]> image = built();

        List<List<String>> layers = new ArrayList<>();
        for (JsonNode layer : manifest(image).at("/Layers")) {
            layers.add(files(image.get(layer.asText())));
        }
        assertEquals(
                List.of(
                        List.of("./var/lib/dpkg/status 644"),
                        List.of("opt/maven/bin/mvn 755", "opt/maven/conf/settings.xml 644"),
                        List.of("opt/maven-repository/org/example/a/1/a-1.jar 644"),
                        List.of("opt/saywhen/lib/main/a.jar 644"),
                        List.of("opt/saywhen/app/saywhen.jar 644", "opt/saywhen/quarkus-run.jar 644"),
                        List.of("usr/local/bin/saywhen 755")),
                layers);
        assertEquals("[\"saywhen:1.2.3\"]", manifest(image).at("/RepoTags").toString());
    }

    /** Whoever reads the launcher to see how the service is started has read the image, too. */
    @Test
    void the_virtual_machine_is_started_as_the_launcher_starts_it() throws IOException {
        List<String> launcher = options(Files.readString(Path.of("saywhen")), "exec \"$JDK/bin/java\" ", " \\$\\{");
        List<String> image = options(start(), "exec java ", " -Dmaven.repo");

        assertTrue(launcher.contains("-XX:+UseZGC"), launcher.toString());
        assertEquals(launcher, image);
    }

    @Test
    void the_launcher_fetches_all_that_is_started_from_the_image() throws IOException {
        String launcher = Files.readString(Path.of("saywhen"));

        assertTrue(launcher.contains("IMAGE_PACKAGES=(bubblewrap ca-certificates curl git openjdk-25-jdk-headless"
                + " openssh-client tini)"));
        assertTrue(launcher.contains("saywhen:x:%d:%1$d::%s:".formatted(ServiceImage.USER, ServiceImage.HOME_OF_USER)));
    }

    private static List<String> options(String script, String from, String to) {
        var command = Pattern.compile(Pattern.quote(from) + "(.*?)" + to, Pattern.DOTALL)
                .matcher(script);
        assertTrue(command.find());
        return List.of(command.group(1).replaceAll("[\\\\\\s]+", " ").strip().split(" "));
    }

    private static String start() throws IOException {
        try (InputStream script = ServiceImageTest.class.getResourceAsStream("/image/saywhen")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, byte[]> built() throws Exception {
        Path application = folder.resolve("application");
        file(application.resolve("quarkus-run.jar"));
        file(application.resolve("app/saywhen.jar"));
        file(application.resolve("lib/main/a.jar"));
        Path maven = folder.resolve("maven");
        file(maven.resolve("conf/settings.xml"));
        file(maven.resolve("bin/mvn"));
        assertTrue(maven.resolve("bin/mvn").toFile().setExecutable(true));
        Path repository = folder.resolve("repository");
        file(repository.resolve("org/example/a/1/a-1.jar"));
        Path base = folder.resolve("base.tar");
        BaseArchive.write(root, base);
        Path tar = folder.resolve("image.tar");
        new ServiceImage(
                        "tar://" + base,
                        application,
                        maven,
                        repository,
                        "1.2.3",
                        Map.of("dev.saywhen.debian-packages", "git 1:2.47.3-0+deb13u1"))
                .into(tar, folder.resolve("caches"));
        return entries(Files.newInputStream(tar));
    }

    private static void file(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, path.getFileName().toString());
    }

    private static JsonNode manifest(Map<String, byte[]> image) throws IOException {
        return new ObjectMapper().readTree(image.get("manifest.json")).get(0);
    }

    private static JsonNode configuration(Map<String, byte[]> image) throws IOException {
        return new ObjectMapper()
                .readTree(image.get(manifest(image).at("/Config").asText()));
    }

    private static List<String> files(byte[] layer) throws IOException {
        List<String> files = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                assertEquals(0, entry.getLongUserId(), entry.getName());
                if (entry.isFile()) {
                    files.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 0777));
                }
            }
        }
        return files.stream().sorted().toList();
    }

    private static Map<String, byte[]> entries(InputStream archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
