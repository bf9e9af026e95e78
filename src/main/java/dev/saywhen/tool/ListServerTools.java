package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.ToolServers;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Set;

/** Lists what can be asked of a server. What a server says of its tools is read here, and never stands among our own. */
public final class ListServerTools implements Tool<ListServerTools.Arguments> {
    private final ToolServers servers;

    ListServerTools(ToolServers servers) {
        this.servers = servers;
    }

    public record Arguments(@About("the server's name") String server) {}

    @Override
    public String name() {
        return "list_server_tools";
    }

    @Override
    public String purpose() {
        return "Lists what ask_server can ask of a server. Servers: " + String.join(", ", servers.names()) + ".";
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
        String server = arguments.server();
        return servers.names().contains(server)
                ? desk.shorten(servers.offered(desk.began(), server))
                : desk.refused("list a server's tools", "There is no server of that name.");
    }
}
