package dev.saywhen.adapter.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request as it arrives at the door, before anything looks at what it wants.
 *
 * @param loopback whether the connection itself comes from this machine
 * @param scheme {@code http} or {@code https}
 * @param port the port at which it arrived
 * @param target the path as it was sent, with the query
 * @param headers by name in lower case, each with all its values
 */
record Knock(
        boolean loopback, String scheme, int port, String method, String target, Map<String, List<String>> headers) {
    Knock {
        headers = headers.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT),
                        entry -> List.copyOf(entry.getValue()),
                        (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream())
                                .toList(),
                        TreeMap::new));
    }

    List<String> all(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** Whether it only reads. */
    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    boolean hasBody() {
        List<String> lengths = all("content-length");
        return !all("transfer-encoding").isEmpty() || !(lengths.isEmpty() || lengths.equals(List.of("0")));
    }
}
