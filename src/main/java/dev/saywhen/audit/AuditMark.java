package dev.saywhen.audit;

import dev.saywhen.id.Digest;

/** A place in a chain: sequence and hash of a record. Written {@code 12 7f2c81aa...}. */
public record AuditMark(long sequence, Digest hash) {
    /** The place before the first record. */
    public static final AuditMark START = new AuditMark(0, Digest.ZERO);

    @Override
    public String toString() {
        return sequence + " " + hash;
    }
}
