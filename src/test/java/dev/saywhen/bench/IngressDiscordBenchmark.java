package dev.saywhen.bench;

import dev.saywhen.adapter.discord.DiscordUnderLoad;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Discord's ingress: how soon a STOP is heard behind a burst of ordinary events while runs act, over the gateway's real
 * socket with JDA behind it. Discord acknowledges nothing, so that there is no more to measure.
 *
 * <p>{@code ./saywhen bench ingress discord}. Arguments: STOPs (200), events in a burst (1,000).
 */
public final class IngressDiscordBenchmark {
    private IngressDiscordBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Machine machine = Machine.now();
        StopsHeard heard =
                StopsHeard.of(List.of(arguments).stream().map(Integer::valueOf).toList());
        Map<String, Object> figures = new LinkedHashMap<>();
        boolean met;
        try (DiscordUnderLoad discord = new DiscordUnderLoad(StopsHeard.ACTING)) {
            met = heard.measured("Discord's gateway", discord, figures);
        }
        System.out.printf("%s%n", machine);
        System.out.printf("targets: %s%n", met ? "met" : machine.isQuiet() ? "MISSED" : "not measurable");
        Report.write("ingress-discord", machine, figures);
    }
}
