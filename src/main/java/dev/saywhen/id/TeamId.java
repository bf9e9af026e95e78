package dev.saywhen.id;

/** A team on a platform: a Slack team, a Discord guild, or the local chat. Written {@code platform:team}. */
public record TeamId(Platform platform, String value) {
    public TeamId {
        Names.checked("team", value);
    }

    /** Reads {@code platform:team}; anything else is an {@link IllegalArgumentException}. */
    public static TeamId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a team is written platform:team, not \"" + text + "\"");
        }
        return new TeamId(new Platform(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
        return platform + ":" + value;
    }
}
