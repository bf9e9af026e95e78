package dev.saywhen.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.security.auth.module.UnixSystem;
import dev.saywhen.bench.Folders;
import dev.saywhen.boot.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Tries {@code target/saywhen-image.tar} on a machine without a container engine: unpacks its layers, lets bubblewrap make of
 * them what the chart's pod is (the image's user, no capabilities, nothing writable but the home and {@code /tmp}), asks the
 * doctor, starts the service as the image says and takes one task through it, from the first word to the finished branch.
 *
 * <p>It has an embedded database and the local chat, as a pod has not, and the machine's network.
 */
public final class ImageTrial {
    private static final Path IMAGE = Path.of("target", "saywhen-image.tar").toAbsolutePath();
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path root;
    private final Path home;
    private final JsonNode configuration;

    private ImageTrial(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.root = Files.createDirectory(folder.resolve("root"));
        this.home = Files.createDirectory(folder.resolve("home"));
        this.configuration = unpacked();
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // Not below target: a checkout may lie where the image's user may not go.
        Path folder = Files.createTempDirectory("saywhen-image");
        boolean good;
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            good = new ImageTrial(folder).isGood();
        } finally {
            Folders.remove(folder);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean isGood() throws IOException, InterruptedException {
        if (isRoot()) {
            Files.setAttribute(home, "unix:uid", ServiceImage.USER);
            Files.setAttribute(home, "unix:gid", ServiceImage.USER);
        }
        if (exitCode(container(List.of("doctor"))) != 0) {
            return false;
        }
        long begun = System.nanoTime();
        try (ServiceProcess service = ServiceProcess.startedBy(container(List.of()), home)) {
            System.out.printf("listens after %.1f s%n", seconds(begun));
            String thread = service.planned();
            service.post(thread, "proceed");
            String state = service.awaitRest(thread, LONGEST);
            service.texts(thread).forEach(System.out::println);
            System.out.printf("the run is %s after %.0f s%n", state, seconds(begun));
            boolean ended = ends(service);
            System.out.println(ended ? "the service ended when told to" : "THE SERVICE DID NOT END");
            return state.equals("completed") && ended;
        }
    }

    /** Tells the first process inside, as a container engine does; bubblewrap ends with it. */
    private static boolean ends(ServiceProcess service) throws InterruptedException {
        Optional<ProcessHandle> first = service.handle().children().findFirst();
        first.ifPresent(ProcessHandle::destroy);
        try {
            service.handle().onExit().orTimeout(60, TimeUnit.SECONDS).join();
            return first.isPresent();
        } catch (CompletionException late) {
            return false;
        }
    }

    /** What starts the image with these arguments. */
    private List<String> container(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            String user = Integer.toString(ServiceImage.USER);
            command.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
        }
        command.addAll(
                List.of("bwrap", "--unshare-all", "--share-net", "--die-with-parent", "--as-pid-1", "--clearenv"));
        command.addAll(List.of("--uid", "" + ServiceImage.USER, "--gid", "" + ServiceImage.USER));
        command.addAll(List.of("--ro-bind", root.toString(), "/", "--bind", home.toString(), ServiceImage.HOME));
        command.addAll(List.of("--tmpfs", "/tmp", "--proc", "/proc", "--dev", "/dev"));
        command.addAll(
                List.of("--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "QUARKUS_HTTP_PORT", "0"));
        for (JsonNode variable : configuration.at("/Env")) {
            String[] parts = variable.asText().split("=", 2);
            command.addAll(List.of("--setenv", parts[0], parts[1]));
        }
        command.addAll(List.of("--chdir", configuration.at("/WorkingDir").asText(), "--"));
        configuration.at("/Entrypoint").forEach(part -> command.add(part.asText()));
        command.addAll(arguments);
        return command;
    }

    private JsonNode unpacked() throws IOException, InterruptedException {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        done("tar", "-xf", IMAGE.toString(), "-C", archive.toString());
        JsonNode manifest =
                JSON.readTree(archive.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.at("/Layers")) {
            // Devices are the container engine's to make. GNU tar does not know a time that Jib writes, nor need it.
            done(
                    "tar",
                    "--warning=no-unknown-keyword",
                    "-xf",
                    archive.resolve(layer.asText()).toString(),
                    "-C",
                    root.toString(),
                    "--exclude=./dev/*");
        }
        return JSON.readTree(archive.resolve(manifest.at("/Config").asText()).toFile())
                .at("/config");
    }

    private static void done(String... command) throws IOException, InterruptedException {
        if (exitCode(List.of(command)) != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static int exitCode(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
