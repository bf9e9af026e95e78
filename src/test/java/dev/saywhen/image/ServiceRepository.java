package dev.saywhen.image;

import dev.saywhen.adapter.blueprint.FolderTree;
import dev.saywhen.adapter.blueprint.Requests;
import dev.saywhen.adapter.sandbox.Toolchain;
import dev.saywhen.plan.Brief;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The local Maven repository in the image. Inside the sandbox Maven is offline, so it has to hold all that a service of the
 * blueprint is built and tested with, and it holds nothing else: a service is built into it for real.
 */
final class ServiceRepository {
    private static final List<String> REQUEST = List.of("Note: text string required max 200", "plan");

    /** Before the project's own repository comes what this machine has; only what is missing there is fetched. */
    private static final String SETTINGS = """
            <settings>
              <profiles>
                <profile>
                  <id>this-machine</id>
                  <repositories>
                    <repository><id>this-machine</id><url>%1$s</url><snapshots><enabled>false</enabled></snapshots></repository>
                  </repositories>
                  <pluginRepositories>
                    <pluginRepository><id>this-machine</id><url>%1$s</url><snapshots><enabled>false</enabled></snapshots></pluginRepository>
                  </pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>this-machine</activeProfile></activeProfiles>
            </settings>
            """;

    private ServiceRepository() {}

    /** @param folder for the service and its log; empty or not there yet */
    static void fill(Path repository, Path folder, Toolchain tools) throws IOException, InterruptedException {
        Path service = Files.createDirectories(folder.resolve("service"));
        FolderTree tree = new FolderTree(service);
        Brief brief = Requests.brief(REQUEST);
        Requests.write(Requests.plan(brief, Requests.outline(brief, tree)), tree);
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                SETTINGS.formatted(tools.mavenRepository().toUri()));
        Path log = folder.resolve("service.log");
        ProcessBuilder maven = new ProcessBuilder(
                        tools.mavenHome().resolve("bin/mvn").toString(),
                        "-B",
                        "-ntp",
                        "-gs",
                        settings.toString(),
                        "-Dmaven.repo.local=" + repository,
                        "verify")
                .directory(service.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        maven.environment().put("JAVA_HOME", tools.javaHome().toString());
        if (maven.start().waitFor() != 0) {
            throw new IOException("A service of the blueprint could not be built, see " + log);
        }
        forgetOrigins(repository);
    }

    /** Maven takes an artifact for missing that came from a repository which the build at hand does not name. */
    private static void forgetOrigins(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path file : files.filter(ServiceRepository::tellsOrigin).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean tellsOrigin(Path file) {
        String name = file.getFileName().toString();
        return name.equals("_remote.repositories")
                || name.equals("resolver-status.properties")
                || name.endsWith(".lastUpdated");
    }
}
