package dev.saywhen.adapter.slack;

import java.util.List;
import java.util.Optional;

/**
 * How Slack is reached.
 *
 * @param appToken with it events come by Socket Mode
 * @param signingSecret with it events come to {@code POST /slack/events}
 * @param apiUrl in front of the names of methods, with a slash at its end
 * @param join patterns of the names of channels to join by itself
 * @param botName what the bot is called in texts
 */
public record SlackSetting(
        String botToken,
        Optional<String> appToken,
        Optional<String> signingSecret,
        String apiUrl,
        List<String> join,
        String botName) {
    public SlackSetting {
        join = List.copyOf(join);
        if (!apiUrl.endsWith("/")) {
            throw new IllegalArgumentException("the address of Slack's methods ends with a slash, not " + apiUrl);
        }
        if (appToken.isEmpty() && signingSecret.isEmpty()) {
            throw new IllegalArgumentException("without an app token and a signing secret nothing can be heard");
        }
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "SlackSetting[" + apiUrl + "]";
    }
}
