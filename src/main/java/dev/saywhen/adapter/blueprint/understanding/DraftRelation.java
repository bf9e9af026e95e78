package dev.saywhen.adapter.blueprint.understanding;

import org.jspecify.annotations.Nullable;

/** A relation as it was said; its ends are names that may turn out to be nobody's. */
final class DraftRelation {

    /** How many stand on each side. */
    enum Kind {
        ONE_TO_MANY,
        ONE_TO_ONE,
        MANY_TO_MANY
    }

    final String said;
    String parent;
    String child;
    Kind kind;
    boolean required = true;
    /** What the child calls the parent; none said: the parent's own name. */
    @Nullable
    String role;

    DraftRelation(String said, String parent, Kind kind, String child) {
        this.said = said;
        this.parent = parent;
        this.kind = kind;
        this.child = child;
    }

    /** Whether it stands between these two, whichever is the parent. */
    boolean connects(String one, String other) {
        return (parent.equalsIgnoreCase(one) && child.equalsIgnoreCase(other))
                || (parent.equalsIgnoreCase(other) && child.equalsIgnoreCase(one));
    }
}
