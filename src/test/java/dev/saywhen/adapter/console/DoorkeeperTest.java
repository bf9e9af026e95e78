package dev.saywhen.adapter.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DoorkeeperTest {
    private static final Map<String, List<String>> OWN = Map.of("Host", List.of("localhost:8080"));

    @Test
    void a_program_on_this_machine_may_come_in() {
        assertEquals(Optional.empty(), Doorkeeper.refusal(knock(true, "/api/runs", OWN)));
    }

    @Test
    void another_machine_sees_health_and_nothing_else() {
        assertEquals(
                Optional.of(new Problem(
                        "Forbidden",
                        403,
                        "Only this machine may ask. For another machine use a chat platform or an SSH tunnel.")),
                Doorkeeper.refusal(knock(false, "/api/runs", OWN)));
        assertEquals(Optional.empty(), Doorkeeper.refusal(knock(false, "/q/health/ready", Map.of())));
        assertEquals(
                403,
                Doorkeeper.refusal(knock(false, "/q/health/../metrics", OWN))
                        .orElseThrow()
                        .status());
    }

    @Test
    void what_slack_signs_may_come_from_elsewhere_and_nothing_that_only_looks_like_it() {
        Map<String, List<String>> proxied =
                Map.of("host", List.of("saywhen.example"), "x-forwarded-for", List.of("192.0.2.1"));
        assertEquals(Optional.empty(), Doorkeeper.refusal(knock(false, "/slack/events", proxied)));
        for (String target :
                List.of("/slack/events/", "/slack/events?a", "/slack/events/../../api/stop", "/api/stop")) {
            assertEquals(
                    403,
                    Doorkeeper.refusal(knock(false, target, proxied))
                            .orElseThrow()
                            .status(),
                    target);
        }
        assertEquals(
                413,
                Doorkeeper.refusal(knock(false, "/slack/events", Map.of("content-length", List.of("1000001"))))
                        .orElseThrow()
                        .status());
    }

    @Test
    void two_hosts_are_no_host() {
        var two = Map.of("Host", List.of("localhost:8080", "localhost:8080"));

        assertEquals(
                403,
                Doorkeeper.refusal(knock(true, "/api/runs", two)).orElseThrow().status());
    }

    private static Knock knock(boolean loopback, String target, Map<String, List<String>> headers) {
        return new Knock(loopback, "http", 8080, "GET", target, headers);
    }
}
