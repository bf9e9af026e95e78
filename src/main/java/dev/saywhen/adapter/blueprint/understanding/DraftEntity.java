package dev.saywhen.adapter.blueprint.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An entity as far as it is known. */
final class DraftEntity {

    /** After so many the point is made. */
    private static final int MOST_TWICE = 5;

    String name;
    final List<DraftField> fields = new ArrayList<>();
    /** Fields that were named twice in one breath; the second of each pair. */
    final List<DraftField> twice = new ArrayList<>();
    /** Whether somebody said that it has no fields of its own. */
    boolean bare;

    DraftEntity(String name) {
        this.name = name;
    }

    Optional<DraftField> field(String fieldName) {
        return fields.stream()
                .filter(field -> field.name.equalsIgnoreCase(fieldName))
                .findFirst();
    }

    /** Takes over fields that were said together: a name that is known already is described anew. */
    void describe(List<DraftField> described) {
        List<DraftField> fresh = new ArrayList<>();
        for (DraftField field : described) {
            if (fresh.stream().anyMatch(other -> other.name.equalsIgnoreCase(field.name))) {
                if (twice.size() < MOST_TWICE) {
                    twice.add(field);
                }
                continue;
            }
            fresh.add(field);
            Optional<DraftField> known = field(field.name);
            if (known.isPresent()) {
                fields.set(fields.indexOf(known.get()), field);
            } else {
                fields.add(field);
            }
        }
    }
}
