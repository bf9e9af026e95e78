package dev.saywhen.boot;

import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.adapter.slack.SlackRefused;
import dev.saywhen.adapter.slack.SlackSetting;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.chat.ChatGateway;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Slack as the configuration has it. What is wrong stops the start with one line. */
final class ConfiguredSlack {
    private static final String KEY = "saywhen.slack.";

    private ConfiguredSlack() {}

    static boolean isConfigured(SaywhenConfig.Slack slack) {
        return slack.botToken().isPresent()
                || slack.appToken().isPresent()
                || slack.signingSecret().isPresent();
    }

    /** Asks Slack who it is and where; empty if no key is set. */
    static Optional<Slack> connected(SaywhenConfig config, Clock clock) {
        SaywhenConfig.Slack keys = config.slack();
        if (!isConfigured(keys)) {
            return Optional.empty();
        }
        SlackSetting setting = setting(keys, config.name());
        try {
            Slack slack = new Slack(setting, clock);
            slack.look();
            return Optional.of(slack);
        } catch (SlackRefused refused) {
            String key = refused.isAboutAppToken() ? "app-token" : "bot-token";
            throw new StartRefused(KEY + key + ": " + refused.getMessage(), refused);
        } catch (UncheckedIOException unreachable) {
            throw new StartRefused(
                    KEY + "api-url=" + keys.apiUrl() + " cannot be reached (" + unreachable.getMessage()
                            + "). Check the network of this machine.",
                    unreachable);
        } catch (ChatGateway.Busy busy) {
            throw new StartRefused(
                    KEY + "bot-token: Slack asks for a pause of " + busy.pause().toSeconds()
                            + " s. Start again after it.",
                    busy);
        }
    }

    /** The channels in which projects are talked about. */
    static List<String> channels(SaywhenConfig config) {
        return config.projects().values().stream()
                .flatMap(project ->
                        Stream.concat(project.channels().stream(), project.sharedChannels().orElse(List.of()).stream()))
                .distinct()
                .sorted()
                .toList();
    }

    private static SlackSetting setting(SaywhenConfig.Slack keys, String botName) {
        if (keys.botToken().isEmpty()) {
            throw new StartRefused(KEY + "bot-token is missing: it begins with xoxb-, see docs/slack.md.");
        }
        if (keys.appToken().isEmpty() && keys.signingSecret().isEmpty()) {
            throw new StartRefused(KEY + "app-token (for Socket Mode) or " + KEY
                    + "signing-secret (for HTTP) is missing: without one nothing can be heard. See docs/slack.md.");
        }
        try {
            return new SlackSetting(
                    keys.botToken().get(),
                    keys.appToken(),
                    keys.signingSecret(),
                    keys.apiUrl(),
                    keys.join().orElse(List.of()),
                    botName);
        } catch (IllegalArgumentException wrong) {
            throw new StartRefused(KEY + "api-url: " + wrong.getMessage(), wrong);
        }
    }
}
