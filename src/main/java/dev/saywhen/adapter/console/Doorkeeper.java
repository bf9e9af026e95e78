package dev.saywhen.adapter.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets in only what the person at this machine sends on purpose.
 *
 * <p>The service has no login. So nothing from another machine comes in, nothing through a proxy, and nothing that a
 * page of another site makes the browser send: such a page can neither hide its {@code Origin} nor the {@code Host} of a
 * name that was rebound to this machine. Health is open to all; it shows nothing and does nothing.
 */
final class Doorkeeper {
    private static final Pattern HOST = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(?::([0-9]{1,5}))?");
    private static final Pattern HEALTH = Pattern.compile("/q/health(/[a-z]+)?(\\?.*)?");
    /** Comes from outside and through proxies; its signature is checked where it is taken in. */
    private static final String SIGNED = "/slack/events";

    private static final List<String> FORWARDING = List.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded";
    private static final long MOST_BYTES = 1_000_000;

    private Doorkeeper() {}

    /** The reason to turn it away; empty for what may come in. */
    static Optional<Problem> refusal(Knock knock) {
        if (HEALTH.matcher(knock.target()).matches()) {
            return Optional.empty();
        }
        if (knock.target().equals(SIGNED)) {
            return tooLarge(knock);
        }
        return notFromHere(knock)
                .or(() -> forwarded(knock))
                .or(() -> otherHost(knock))
                .or(() -> otherSite(knock))
                .or(() -> otherBody(knock));
    }

    private static Optional<Problem> notFromHere(Knock knock) {
        return knock.loopback()
                ? Optional.empty()
                : forbidden("Only this machine may ask. For another machine use a chat platform or an SSH tunnel.");
    }

    private static Optional<Problem> forwarded(Knock knock) {
        return knock.headers().keySet().stream()
                .filter(name -> FORWARDING.contains(name) || name.startsWith(FORWARDING_PREFIX))
                .findFirst()
                .flatMap(name -> forbidden("This came through a proxy (it has the header " + name
                        + "), so who sent it is not known. Ask without one."));
    }

    private static Optional<Problem> otherHost(Knock knock) {
        List<String> hosts = knock.all("host");
        boolean own = hosts.size() == 1 && knock.target().startsWith("/") && isOwn(hosts.getFirst(), knock);
        return own
                ? Optional.empty()
                : forbidden("The Host must be localhost:" + knock.port() + " or 127.0.0.1:" + knock.port()
                        + "; other names for this machine are not answered.");
    }

    private static Optional<Problem> otherSite(Knock knock) {
        String own = knock.scheme() + "://" + knock.all("host").getFirst();
        boolean ownOrigin = knock.all("origin").stream().allMatch(origin -> origin.equalsIgnoreCase(own));
        boolean ownSite = knock.all("sec-fetch-site").stream()
                .allMatch(site -> site.equals("same-origin") || (knock.isRead() && site.equals("none")));
        return ownOrigin && ownSite
                ? Optional.empty()
                : forbidden("This was sent by a page of another site. Only Saywhen's own page may, or a program"
                        + " that is no browser. To open the page, type its address.");
    }

    private static Optional<Problem> otherBody(Knock knock) {
        if (knock.isRead() || !knock.hasBody()) {
            return Optional.empty();
        }
        Optional<Problem> large = tooLarge(knock);
        if (large.isPresent()) {
            return large;
        }
        List<String> types = knock.all("content-type");
        boolean json =
                types.size() == 1 && types.getFirst().split(";", 2)[0].strip().equalsIgnoreCase("application/json");
        return json
                ? Optional.empty()
                : Optional.of(new Problem(
                        "Unsupported media type", 415, "A body must be sent with Content-Type: application/json."));
    }

    private static Optional<Problem> tooLarge(Knock knock) {
        return knock.all("content-length").stream().allMatch(Doorkeeper::isSmall)
                ? Optional.empty()
                : Optional.of(new Problem("Content too large", 413, "A body has at most 1,000,000 bytes."));
    }

    private static boolean isOwn(String host, Knock knock) {
        Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return false;
        }
        int standard = knock.scheme().equals("https") ? 443 : 80;
        int port = parts.group(2) == null ? standard : Integer.parseInt(parts.group(2));
        return port == knock.port();
    }

    private static boolean isSmall(String length) {
        return length.matches("[0-9]{1,9}") && Long.parseLong(length) <= MOST_BYTES;
    }

    private static Optional<Problem> forbidden(String detail) {
        return Optional.of(new Problem("Forbidden", 403, detail));
    }
}
