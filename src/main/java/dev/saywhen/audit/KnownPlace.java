package dev.saywhen.audit;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A record of a chain as something outside the trail knows it: a plan, a receipt, a closing message, a commit.
 *
 * @param hash the beginning of the record's hash: all of it in a commit, eight characters in a message
 * @param where what knows it, for people: {@code commit 91c07aa}
 */
public record KnownPlace(long sequence, String hash, String where) {
    /** As it stands in messages: {@code Audit 12 7f2c81aa.} */
    private static final Pattern IN_TEXT = Pattern.compile("\\bAudit ([0-9]{1,18}) ([0-9a-f]{8})\\.");

    public KnownPlace {
        if (!hash.matches("[0-9a-f]{8,64}")) {
            throw new IllegalArgumentException("the beginning of a hash has 8 to 64 hexadecimal characters");
        }
    }

    public static KnownPlace of(AuditMark mark, String where) {
        return new KnownPlace(mark.sequence(), mark.hash().hex(), where);
    }

    /** The places that a message of Saywhen's names. */
    public static Stream<KnownPlace> in(String text, String where) {
        return IN_TEXT.matcher(text)
                .results()
                .map(found -> new KnownPlace(Long.parseLong(found.group(1)), found.group(2), where));
    }

    boolean agreesWith(AuditMark mark) {
        return mark.hash().hex().startsWith(hash);
    }

    boolean agreesWith(KnownPlace other) {
        return hash.startsWith(other.hash) || other.hash.startsWith(hash);
    }
}
