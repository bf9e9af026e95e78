package dev.saywhen.adapter.blueprint.service;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One query parameter that narrows a list.
 *
 * @param name what it is called in the query
 * @param javaType what it is read as
 * @param description what it does, for the API's description
 * @param pattern the words it may be, as a regular expression; empty where its type says enough
 * @param call the call that adds its condition to a search; empty where another one's call adds it too
 */
public record FilterView(String name, String javaType, String description, String pattern, String call) {

    /** What a line of 120 characters leaves for a call, the last of which ends with a semicolon. */
    private static final int ROOM_FOR_CALL = 120 - "                .;".length();

    /** What lists are paged and sorted by, and so no filter's name. */
    static final Set<String> TAKEN = Set.of("page", "size", "sort");

    static FilterView contains(String name, String words) {
        return new FilterView(
                name,
                "String",
                "Only those whose %s has this in it, in any case of letters".formatted(words),
                "",
                "contains(\"%s\", %s)".formatted(name, name));
    }

    static FilterView equal(String name, String words, String javaType) {
        return new FilterView(
                name,
                javaType,
                "Only those whose %s is this".formatted(words),
                "",
                "equal(\"%s\", %s)".formatted(name, name));
    }

    /** The two that narrow a list to a range; the first adds the condition of both. */
    static List<FilterView> range(String name, String words, String javaType, boolean isTime) {
        String from = from(name);
        String to = to(name);
        return List.of(
                new FilterView(
                        from,
                        javaType,
                        "Only those whose %s is this or %s".formatted(words, isTime ? "later" : "more"),
                        "",
                        between(name, from, to)),
                new FilterView(
                        to,
                        javaType,
                        "Only those whose %s is this or %s".formatted(words, isTime ? "earlier" : "less"),
                        "",
                        ""));
    }

    /** The call on one line, or with a line for each argument where one is too short. */
    private static String between(String name, String from, String to) {
        String line = "between(\"%s\", %s, %s)".formatted(name, from, to);
        String gap = "\n                        ";
        return line.length() <= ROOM_FOR_CALL
                ? line
                : "between(%s\"%s\",%s%s,%s%s)".formatted(gap, name, gap, from, gap, to);
    }

    static String from(String name) {
        return name + "From";
    }

    static String to(String name) {
        return name + "To";
    }

    static FilterView word(String name, String words, List<String> values, boolean isFlag) {
        return new FilterView(
                name,
                "String",
                "Only those whose %s is this".formatted(words),
                values.stream().collect(Collectors.joining("|")),
                isFlag
                        ? "equal(\"%s\", %s == null ? null : Boolean.valueOf(%s))".formatted(name, name, name)
                        : "equal(\"%s\", %s)".formatted(name, name));
    }

    static FilterView parent(String idName, String role, String aParent) {
        return new FilterView(
                idName,
                "Long",
                "Only those that belong to %s with this id".formatted(aParent),
                "",
                "equal(\"%s.id\", %s)".formatted(role, idName));
    }

    static FilterView link(String entity, LinkView link, String aOther) {
        return new FilterView(
                link.idName(),
                "Long",
                "Only those that go with %s with this id".formatted(aOther),
                "",
                "linked(\"%s\", \"%s\", %s)".formatted(entity, link.role(), link.idName()));
    }

    boolean hasCall() {
        return !call.isEmpty();
    }

    public boolean hasPattern() {
        return !pattern.isEmpty();
    }

    /** What the pattern allows, in words. */
    public String words() {
        return pattern.replace("|", ", ");
    }
}
