package dev.saywhen.plan;

/**
 * A tool of a server outside that a plan may call. Each is named by itself; there is no wildcard.
 *
 * @param server the operator's name for the server
 * @param url where the server is
 * @param onlyReads whether the operator declared that the tool changes nothing there
 * @param most how many calls one yes covers; 0 where they are not counted since it only reads, and in a plan that was made
 *     before plans said it
 */
public record ToolScope(String server, String url, String tool, boolean onlyReads, int most) {
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
        if (most < 0 || (onlyReads && most > 0)) {
            throw new IllegalArgumentException("calls are counted of tools that change something: " + most);
        }
    }

    /** Called once, if it changes something. */
    public ToolScope(String server, String url, String tool, boolean onlyReads) {
        this(server, url, tool, onlyReads, onlyReads ? 0 : 1);
    }

    /** The same tool, with another number of calls. */
    public ToolScope calledAtMost(int calls) {
        return new ToolScope(server, url, tool, onlyReads, onlyReads ? 0 : calls);
    }

    /** Whether the other is the same tool, called no more often. */
    public boolean covers(ToolScope other) {
        return calledAtMost(0).equals(other.calledAtMost(0)) && other.most <= most;
    }

    /** Whether one more call lies in the yes after so many that may have changed something. */
    public boolean allowsAfter(int calls) {
        return onlyReads || calls < allowed();
    }

    /** For people: {@code 2 calls}. */
    public String allowance() {
        return allowed() == 1 ? "1 call" : allowed() + " calls";
    }

    /** A plan that does not say it never meant more than one. */
    private int allowed() {
        return Math.max(1, most);
    }

    /** For people: {@code find_issue of tracker}. */
    public String name() {
        return tool + " of " + server;
    }

    @Override
    public String toString() {
        if (onlyReads) {
            return name() + " at " + url + "   (only reads)";
        }
        String counted = most == 0 ? "" : " by at most " + allowance();
        return name() + " at " + url + "   (changes things there" + counted + ", and `undo` does not take that back)";
    }
}
