package dev.saywhen.adapter.local;

/**
 * How the local chat is set up.
 *
 * @param botName the name that the bot's messages carry and that people mention
 * @param enabled whether it is served at all
 */
public record LocalChat(String botName, boolean enabled) {
    public LocalChat {
        if (botName.isBlank()) {
            throw new IllegalArgumentException("the bot has a name in the local chat");
        }
    }
}
