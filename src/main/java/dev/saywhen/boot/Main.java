package dev.saywhen.boot;

import dev.saywhen.boot.home.StartRefused;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;

/**
 * The program's entry point. Without arguments it serves; with a command's name it does that instead.
 *
 * <p>The first argument decides before the framework starts, so that a command works beside a living service and
 * without one.
 */
@QuarkusMain
public final class Main {
    /** Every command but {@code run}. A new one is a line here and one in the launcher's help. */
    private static final Map<String, Command> COMMANDS =
            Map.of("verify-audit", new VerifyAudit(), "doctor", new Doctor(System.out));

    Main() {}

    public static void main(String... arguments) {
        System.exit(exitCode(List.of(arguments)));
    }

    private static int exitCode(List<String> arguments) {
        String name = arguments.isEmpty() ? "run" : arguments.getFirst();
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        Command command = name.equals("run") ? new Serve() : COMMANDS.get(name);
        if (command == null) {
            System.err.println("There is no command " + name + ". `./saywhen help` lists what there is.");
            return 2;
        }
        try {
            return command.run(rest);
        } catch (StartRefused refused) {
            System.err.println(refused.getMessage());
            return 1;
        }
    }
}
