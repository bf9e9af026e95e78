package dev.saywhen.id;

/** A message, by the platform's own id within its channel. Written {@code platform:team:channel:message}. */
public record MessageId(ChannelId channel, String value) {
    public MessageId {
        Names.checked("message", value);
    }

    /** Reads what {@link #toString} writes; anything else is an {@link IllegalArgumentException}. */
    public static MessageId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(
                    "a message is written platform:team:channel:message, not \"" + text + "\"");
        }
        TeamId team = new TeamId(new Platform(parts[0]), parts[1]);
        return new MessageId(new ChannelId(team, parts[2]), parts[3]);
    }

    @Override
    public String toString() {
        return channel + ":" + value;
    }
}
