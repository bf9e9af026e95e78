package dev.saywhen.id;

/** A channel or direct conversation. Written {@code platform:team:channel}. */
public record ChannelId(TeamId team, String value) {
    public ChannelId {
        Names.checked("channel", value);
    }

    public Platform platform() {
        return team.platform();
    }

    @Override
    public String toString() {
        return team + ":" + value;
    }
}
