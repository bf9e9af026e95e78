package dev.saywhen.boot;

import dev.saywhen.adapter.discord.Discord;
import dev.saywhen.adapter.discord.DiscordRefused;
import dev.saywhen.adapter.discord.DiscordSetting;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.chat.ChatGateway;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;

/** Discord as the configuration has it. What is wrong stops the start with one line. */
final class ConfiguredDiscord {
    private static final String KEY = "saywhen.discord.";

    private ConfiguredDiscord() {}

    static boolean isConfigured(SaywhenConfig.Discord discord) {
        return discord.token().isPresent();
    }

    /** Asks Discord who it is and where; empty if no token is set. */
    static Optional<Discord> connected(SaywhenConfig config, Clock clock) {
        SaywhenConfig.Discord keys = config.discord();
        if (keys.token().isEmpty()) {
            return Optional.empty();
        }
        try {
            Discord discord = new Discord(
                    new DiscordSetting(keys.token().get(), keys.apiUrl(), keys.gatewayUrl(), config.name()), clock);
            discord.look();
            return Optional.of(discord);
        } catch (IllegalArgumentException wrong) {
            String key = keys.apiUrl().endsWith("/") ? "token" : "api-url";
            throw new StartRefused(KEY + key + ": " + wrong.getMessage(), wrong);
        } catch (DiscordRefused refused) {
            throw new StartRefused(KEY + "token: " + refused.getMessage(), refused);
        } catch (UncheckedIOException unreachable) {
            throw new StartRefused(
                    KEY + "api-url=" + keys.apiUrl() + " cannot be reached (" + unreachable.getMessage()
                            + "). Check the network of this machine.",
                    unreachable);
        } catch (ChatGateway.Busy busy) {
            throw new StartRefused(
                    KEY + "token: Discord asks for a pause of " + busy.pause().toSeconds()
                            + " s. Start again after it.",
                    busy);
        }
    }
}
