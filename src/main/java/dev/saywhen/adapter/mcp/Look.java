package dev.saywhen.adapter.mcp;

import dev.saywhen.plan.ToolScope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A look at a server for its operator: whether it is there and offers what was declared. Nothing is called. */
public final class Look {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Look() {}

    /** How a server is found now, in a line. */
    public static String at(McpServer server) {
        String first = Stream.concat(server.reads().stream(), server.changes().stream())
                .findFirst()
                .orElseThrow();
        CallUnderWay look = new CallUnderWay(new ToolScope(server.name(), server.url(), first, true));
        try {
            return server + ": " + look.within(PATIENCE, () -> found(server));
        } catch (RuntimeException broken) {
            return server + ": "
                    + (look.wasLate()
                            ? "gave no answer within " + PATIENCE.toSeconds() + " s"
                            : Trouble.of(broken).what());
        }
    }

    private static String found(McpServer server) {
        try (Session session = new Session(server, () -> {})) {
            List<Definition> offered = session.offered();
            List<String> lacking = Stream.concat(
                            server.reads().stream()
                                    .filter(tool -> named(offered, tool)
                                            .filter(one -> !one.saysThatItDoesMoreThanRead())
                                            .isEmpty()),
                            server.changes().stream()
                                    .filter(tool -> named(offered, tool).isEmpty()))
                    .toList();
            return lacking.isEmpty()
                    ? "offers all %d tools that it was declared for"
                            .formatted(server.reads().size() + server.changes().size())
                    : "does not offer " + String.join(", ", lacking) + ", or says that it does more than read";
        }
    }

    private static Optional<Definition> named(List<Definition> offered, String tool) {
        return offered.stream().filter(one -> one.said().name().equals(tool)).findFirst();
    }
}
