package dev.saywhen.image;

import com.google.cloud.tools.jib.api.Jib;
import dev.saywhen.adapter.sandbox.Toolchain;
import dev.saywhen.adapter.sandbox.Tools;
import dev.saywhen.bench.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Builds {@code target/saywhen-image.tar} of the application as it is built.
 *
 * <p>Arguments: the version; {@code root.tar}, a Debian root file system, or the name of an image with all that it would hold;
 * the packages to name in a label.
 */
public final class ImageBuild {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("image");

    private ImageBuild() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        List<String> given = new ArrayList<>(List.of(arguments));
        String version = given.removeFirst();
        String base = given.removeFirst();
        Map<String, String> labels = new HashMap<>();
        if (base.equals("root.tar")) {
            base = ofDebian(FOLDER.resolve(base), given, labels);
        }
        Toolchain tools =
                Tools.find().orElseThrow(() -> new IllegalStateException("There is no Maven; ./mvnw gets one."));
        Path tar = TARGET.resolve("saywhen-image.tar");
        var image = new ServiceImage(
                        base, TARGET.resolve("quarkus-app"), tools.mavenHome(), repository(tools), version, labels)
                .into(tar, FOLDER.resolve("layers"));
        System.out.printf(
                "%s:%s, %d MB, %s%n", ServiceImage.NAME, version, Files.size(tar) / 1_000_000, image.getImageId());
        System.out.println(tar);
    }

    private static String ofDebian(Path root, List<String> asked, Map<String, String> labels) throws IOException {
        SortedMap<String, String> packages = DebianPackages.in(root);
        Files.write(
                TARGET.resolve("saywhen-image.packages"),
                packages.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .toList());
        labels.put(
                "dev.saywhen.debian-packages",
                asked.stream().map(name -> name + " " + packages.get(name)).collect(Collectors.joining(", ")));
        Path archive = FOLDER.resolve("base.tar");
        BaseArchive.write(root, archive);
        return Jib.TAR_IMAGE_PREFIX + archive;
    }

    private static Path repository(Toolchain tools) throws IOException, InterruptedException {
        Path repository = FOLDER.resolve("maven-repository");
        Path work = FOLDER.resolve("blueprint");
        System.out.println("Building a service, for the Maven repository of the image ...");
        for (Path old : List.of(repository, work)) {
            if (Files.exists(old)) {
                Folders.remove(old);
            }
        }
        ServiceRepository.fill(repository, work, tools);
        return repository;
    }
}
