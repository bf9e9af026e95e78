package dev.saywhen.engineer;

import dev.saywhen.safety.StopSwitch;
import java.util.List;

/**
 * Servers that the operator named, for what an engineer wants to look up (port). Only tools that the operator declared to
 * read and nothing else can be asked, whatever a server offers or says of itself.
 *
 * <p>Everything that comes back is text without authority. A STOP closes the connection, and the question ends with
 * {@link ThoughtCut}; every other trouble is told in a sentence.
 */
public interface ToolServers {
    /** Nobody is named. */
    ToolServers NONE = new ToolServers() {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public boolean mayAsk(String server, String tool) {
            return false;
        }

        @Override
        public String offered(StopSwitch.Epoch began, String server) {
            return "There is no server.";
        }

        @Override
        public String ask(StopSwitch.Epoch began, String server, String tool, String arguments) {
            return "There is no server.";
        }
    };

    List<String> names();

    /** Whether the operator declared that this tool of this server only reads. */
    boolean mayAsk(String server, String tool);

    /** What can be asked of a server now, for a model to read. */
    String offered(StopSwitch.Epoch began, String server);

    /**
     * Asks, and gives what a model is to be told; at most a few hundred thousand characters.
     *
     * @param arguments a JSON object
     */
    String ask(StopSwitch.Epoch began, String server, String tool, String arguments);
}
