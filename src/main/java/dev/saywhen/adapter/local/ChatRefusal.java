package dev.saywhen.adapter.local;

/** A request that the local chat does not carry out, with a sentence for the one who sent it. */
final class ChatRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Whose fault it is. */
    enum Kind {
        /** The request itself is wrong. */
        BAD,
        /** It names something that is not there. */
        UNKNOWN,
        /** It is right and cannot be carried out now. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String detail;

    private ChatRefusal(Kind kind, String detail, Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.detail = detail;
    }

    private ChatRefusal(Kind kind, String detail) {
        super(detail);
        this.kind = kind;
        this.detail = detail;
    }

    static ChatRefusal bad(String detail) {
        return new ChatRefusal(Kind.BAD, detail);
    }

    static ChatRefusal unknown(String detail) {
        return new ChatRefusal(Kind.UNKNOWN, detail);
    }

    static ChatRefusal unavailable(String detail, Throwable cause) {
        return new ChatRefusal(Kind.UNAVAILABLE, detail, cause);
    }

    Kind kind() {
        return kind;
    }

    String detail() {
        return detail;
    }
}
