package dev.saywhen.adapter.mcp;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.McpToolMetadataKeys;
import dev.saywhen.id.Digest;
import dev.saywhen.plan.PlanText;
import java.util.TreeMap;

/** What a server says of one of its tools now. */
record Definition(ToolSpecification said) {
    private static final int LONGEST_PURPOSE = 1_000;
    private static final int LONGEST_SCHEMA = 6_000;
    private static final int CODE = 16;

    /** Names exactly this: another description, schema or hint has another code. */
    String code() {
        String all = said.name() + "\0" + said.description() + "\0" + schema() + "\0" + new TreeMap<>(said.metadata());
        return Digest.of(all).hex().substring(0, CODE);
    }

    /** Its own hints can take away from what the operator declared, and never add to it. */
    boolean saysThatItDoesMoreThanRead() {
        return Boolean.FALSE.equals(said.metadata().get(McpToolMetadataKeys.READ_ONLY_HINT))
                || Boolean.TRUE.equals(said.metadata().get(McpToolMetadataKeys.DESTRUCTIVE_HINT));
    }

    /** For a model; each line of the server's is marked as that. */
    String told() {
        return "What the server says of it:\n> " + shown(String.valueOf(said.description()), LONGEST_PURPOSE)
                + "\nThe arguments, by its schema:\n> " + shown(schema(), LONGEST_SCHEMA)
                + "\nTo call it, give the code " + code() + ".";
    }

    private String schema() {
        return String.valueOf(said.parameters());
    }

    private static String shown(String text, int longest) {
        String visible = PlanText.visible(text);
        return visible.length() <= longest
                ? visible
                : visible.substring(0, longest) + "... (%,d characters left out)".formatted(visible.length() - longest);
    }
}
