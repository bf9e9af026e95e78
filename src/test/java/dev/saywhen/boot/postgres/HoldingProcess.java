package dev.saywhen.boot.postgres;

import dev.saywhen.boot.home.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A service reduced to its home and its database, in a process of its own, so that it can be killed. */
public final class HoldingProcess implements AutoCloseable {
    private final Process process;

    private HoldingProcess(Process process) {
        this.process = process;
    }

    /** Returns when it holds the home and its server takes logins. */
    public static HoldingProcess on(Path home) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldingProcess.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (!"holding".equals(line)) {
            process.destroyForcibly();
            throw new IOException("the process said " + line);
        }
        return new HoldingProcess(process);
    }

    long pid() {
        return process.pid();
    }

    /** As by {@code kill -9}: no hook and no finally runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // The end of its input ends it in order.
        process.getOutputStream().close();
        process.waitFor();
    }

    /** Holds the home of its first argument until its input ends. */
    public static void main(String... arguments) throws IOException {
        try (Home home = Home.claim(Path.of(arguments[0]));
                EmbeddedServer server = EmbeddedServer.start(home)) {
            server.database("saywhen");
            System.out.println("holding");
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (input.readLine() != null) {
                // hold on
            }
        }
    }
}
