package dev.saywhen.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands in the image and how it is started. The chart and {@link #USER} have to say the same; a test compares them.
 *
 * <p>What changes seldom comes first, so that a new version of Saywhen is a small layer. Nothing of it belongs to the user who
 * runs it.
 *
 * @param base {@code tar://FILE}, or an image's name in a registry
 * @param application the folder that Quarkus built
 * @param maven a Maven distribution
 * @param repository a local Maven repository with all that services of the blueprint need
 * @param labels of the image, beside its own
 */
public record ServiceImage(
        String base, Path application, Path maven, Path repository, String version, Map<String, String> labels) {
    public static final String NAME = "saywhen";
    public static final int USER = 1000;
    public static final String HOME_OF_USER = "/home/saywhen";
    public static final String HOME = "/var/lib/saywhen";
    public static final int PORT = 8080;

    private static final String APPLICATION = "/opt/saywhen";
    private static final String MAVEN = "/opt/maven";
    private static final String REPOSITORY = "/opt/maven-repository";
    private static final String START = "/usr/local/bin/saywhen";

    /** The first process also buries what commands leave behind, which Java would not. */
    private static final List<String> ENTRYPOINT = List.of("/usr/bin/tini", "--", START);

    public ServiceImage {
        labels = Map.copyOf(labels);
    }

    /**
     * Builds it as a file for {@code docker load} and its like.
     *
     * @param caches a folder for layers, kept from build to build
     */
    JibContainer into(Path tar, Path caches) throws Exception {
        JibContainerBuilder image = Jib.from(base)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setUser(USER + ":" + USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(HOME))
                .setEntrypoint(ENTRYPOINT)
                .setProgramArguments(List.of())
                .addExposedPort(Port.tcp(PORT))
                .addVolume(AbsoluteUnixPath.get(HOME))
                .addEnvironmentVariable("LANG", "C.UTF-8")
                .addEnvironmentVariable("SAYWHEN_HOME", HOME)
                .addEnvironmentVariable("MAVEN_HOME", MAVEN)
                .addLabel("org.opencontainers.image.title", "Saywhen")
                .addLabel("org.opencontainers.image.version", version)
                .addLabel("org.opencontainers.image.licenses", "Apache-2.0")
                .addFileEntriesLayer(layer("Maven", List.of(maven), maven, MAVEN))
                .addFileEntriesLayer(layer("what services are built with", List.of(repository), repository, REPOSITORY))
                .addFileEntriesLayer(layer("libraries", List.of(application.resolve("lib")), application, APPLICATION))
                .addFileEntriesLayer(layer("Saywhen", besidesLibraries(), application, APPLICATION))
                .addFileEntriesLayer(start(Files.createDirectories(caches)));
        labels.forEach(image::addLabel);
        return image.containerize(Containerizer.to(TarImage.at(tar).named(NAME + ":" + version))
                .setToolName(NAME)
                .setBaseImageLayersCache(caches.resolve("base"))
                .setApplicationLayersCache(caches.resolve("application"))
                .setOfflineMode(base.startsWith(Jib.TAR_IMAGE_PREFIX))
                .addEventHandler(LogEvent.class, ServiceImage::tell));
    }

    private List<Path> besidesLibraries() throws IOException {
        try (Stream<Path> entries = Files.list(application)) {
            return entries.filter(entry -> !entry.endsWith("lib")).sorted().toList();
        }
    }

    /** The paths, each where it is below the one folder, below the other. */
    private static FileEntriesLayer layer(String name, List<Path> paths, Path folder, String target)
            throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path path : paths) {
            String below = folder.relativize(path).toString();
            layer.addEntryRecursive(path, AbsoluteUnixPath.get(target).resolve(below), (file, _) -> permissions(file));
        }
        return layer.build();
    }

    private static FilePermissions permissions(Path file) {
        return FilePermissions.fromOctalString(Files.isDirectory(file) || Files.isExecutable(file) ? "755" : "644");
    }

    /** Jib takes files only, so the resource is laid out first. */
    private static FileEntriesLayer start(Path folder) throws IOException {
        Path file = folder.resolve("start");
        try (InputStream script = ServiceImage.class.getResourceAsStream("/image/saywhen")) {
            Files.copy(Objects.requireNonNull(script), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return FileEntriesLayer.builder()
                .setName("start")
                .addEntry(file, AbsoluteUnixPath.get(START), FilePermissions.fromOctalString("755"))
                .build();
    }

    /** As container images call it. Maven artifacts and Debian packages in the image are those of this machine's kind. */
    static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static void tell(LogEvent event) {
        switch (event.getLevel()) {
            case ERROR, WARN -> System.out.println(event.getMessage());
            case LIFECYCLE, PROGRESS, INFO, DEBUG -> {}
        }
    }
}
