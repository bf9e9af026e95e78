package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A service of a user that owns nothing but one folder: tries both levels and says whether they hold. */
final class UnprivilegedService {
    private UnprivilegedService() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        Path home = Path.of(arguments[0]);
        Files.createDirectories(home.resolve("maven/conf"));
        Toolchain tools = new Toolchain(
                Path.of(System.getProperty("java.home")),
                home.resolve("maven"),
                Files.createDirectories(home.resolve("repository")));
        try (Lease lease = new Lease(Duration.ofSeconds(5))) {
            for (SandboxLevel level : List.of(SandboxLevel.BUBBLEWRAP, SandboxLevel.UNSHARE)) {
                SandboxChoice choice = level.choose(tools, home.resolve("sandbox"), lease);
                SelfTest test = choice.tried().getLast();
                out.println(test.level() + " " + test.passes() + test.reason());
            }
        }
    }
}
