package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** A service of its own, to be frozen and killed: starts the nasty children and says how they ended. */
final class FrozenService {
    private FrozenService() {}

    /** Arguments: a folder, the name of an isolation, the hearing limit. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = System.out;
        try (Workshop shop = new Workshop(Path.of(arguments[0]), Duration.parse(arguments[2]))) {
            Isolation isolation = arguments[1].equals("unshare") ? shop.unshare() : shop.bubblewrap();
            RunningCommand running = isolation.start(shop.command(NastyChildren.argv(Duration.ofMillis(4))));
            out.println(running.pid());
            out.println(running.await().ending());
        }
    }
}
