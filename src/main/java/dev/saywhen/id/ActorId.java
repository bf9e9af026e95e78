package dev.saywhen.id;

/** Somebody or something that speaks on a platform. Written {@code platform:team:user}. */
public record ActorId(TeamId team, String user) {
    public ActorId {
        Names.checked("user", user);
    }

    /** Reads {@code platform:team:user}; anything else is an {@link IllegalArgumentException}. */
    public static ActorId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a person is written platform:team:user, not \"" + text + "\"");
        }
        return new ActorId(new TeamId(new Platform(parts[0]), parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        return team + ":" + user;
    }
}
