package dev.saywhen.adapter.discord;

import java.util.Optional;

/**
 * How Discord is reached.
 *
 * @param apiUrl in front of every path of the REST interface, with a slash at its end
 * @param gatewayUrl where the connection is opened; without it Discord is asked
 * @param botName what the bot is called in texts
 */
public record DiscordSetting(String token, String apiUrl, Optional<String> gatewayUrl, String botName) {
    public DiscordSetting {
        if (!apiUrl.endsWith("/")) {
            throw new IllegalArgumentException("the address of Discord's interface ends with a slash, not " + apiUrl);
        }
        if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("the token holds letters that no token has");
        }
    }

    /** Says nothing that could be shown or stored. */
    @Override
    public String toString() {
        return "DiscordSetting[" + apiUrl + "]";
    }
}
