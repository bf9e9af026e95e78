package dev.saywhen.id;

/** A thread, named by its first message. */
public record ThreadId(MessageId root) {
    /** Reads what {@link #toString} writes; anything else is an {@link IllegalArgumentException}. */
    public static ThreadId parse(String text) {
        return new ThreadId(MessageId.parse(text));
    }

    public ChannelId channel() {
        return root.channel();
    }

    public TeamId team() {
        return root.channel().team();
    }

    public Platform platform() {
        return team().platform();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
