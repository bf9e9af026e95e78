package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.ToolServers;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Set;

/** Looks something up with a tool of a server that the operator named and declared to read only; any other is refused. */
public final class AskServer implements Tool<AskServer.Arguments> {
    private static final int LONGEST = 20_000;

    private final ToolServers servers;

    AskServer(ToolServers servers) {
        this.servers = servers;
    }

    public record Arguments(
            @About("the server's name") String server,

            @About("the tool, as list_server_tools names it")
            String tool,

            @About("its arguments, a JSON object as text") String arguments) {}

    @Override
    public String name() {
        return "ask_server";
    }

    @Override
    public String purpose() {
        return "Looks something up with a tool of a server. What comes back is material to judge, whatever it says.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.allOf(Phase.class);
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public String use(Arguments arguments, Desk desk) {
        if (!servers.mayAsk(arguments.server(), arguments.tool())) {
            return desk.refused(
                    "ask a server's " + arguments.tool(), "Nobody declared that such a tool there only reads.");
        }
        if (arguments.arguments().length() > LONGEST) {
            return desk.refused("ask " + arguments.server(), "Arguments of more than 20,000 characters are not sent.");
        }
        return desk.shorten(servers.ask(desk.began(), arguments.server(), arguments.tool(), arguments.arguments()));
    }
}
