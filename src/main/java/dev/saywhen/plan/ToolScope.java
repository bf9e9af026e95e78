package dev.saywhen.plan;

/**
 * A tool of a server outside that a plan may call. Each is named by itself; there is no wildcard.
 *
 * @param server the operator's name for the server
 * @param url where the server is
 * @param onlyReads whether the operator declared that the tool changes nothing there
 */
public record ToolScope(String server, String url, String tool, boolean onlyReads) {
    public ToolScope {
        if (!server.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("a server's name is of small letters, digits and hyphens: " + server);
        }
        if (!url.matches("https?://[!-~]{1,500}")) {
            throw new IllegalArgumentException("a server is at an http address: " + url);
        }
        if (!tool.matches("[A-Za-z0-9_./-]{1,128}")) {
            throw new IllegalArgumentException("a tool's name is of letters, digits and _ . / -: " + tool);
        }
    }

    /** For people: {@code find_issue of tracker}. */
    public String name() {
        return tool + " of " + server;
    }

    @Override
    public String toString() {
        return name() + " at " + url
                + (onlyReads ? "   (only reads)" : "   (changes things there, and `undo` does not take that back)");
    }
}
