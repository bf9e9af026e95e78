package dev.saywhen.adapter.blueprint.service;

import java.util.List;

/**
 * One change of the schema and the way back.
 *
 * @param name what its file and its id are called: a number that grows, and what it is about
 * @param up statements that make the change
 * @param down statements that take it back
 * @param what the change in words, for a plan
 */
public record ChangeSet(String name, List<String> up, List<String> down, String what) {
    public ChangeSet {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    public String file() {
        return name + ".sql";
    }

    /** The way back line by line, as a formatted change set wants it. */
    public List<String> downLines() {
        return down.stream().flatMap(String::lines).map(String::strip).toList();
    }
}
