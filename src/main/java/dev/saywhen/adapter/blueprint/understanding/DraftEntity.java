package dev.saywhen.adapter.blueprint.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An entity as far as it is known. */
final class DraftEntity {

    private static final Pattern UNIQUE =
            Pattern.compile("(?:unique|unique together)\\s*\\(([^()]*)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOFT_DELETE = Pattern.compile(
            "(?:with )?soft[- ]?delet(?:e|es|ed|ion)|(?:are |is )?deleted softly", Pattern.CASE_INSENSITIVE);

    /** After so many the point is made. */
    private static final int MOST_TWICE = 5;

    String name;
    final List<DraftField> fields = new ArrayList<>();
    /** Fields that were named twice in one breath; the second of each pair. */
    final List<DraftField> twice = new ArrayList<>();
    /** Members whose values no two share together, as they were said. */
    final List<List<String>> uniques = new ArrayList<>();
    /** Whether the service has it already: then what is said about a field adds to what is known of it. */
    boolean isThere;
    /** Whether what is deleted stays in the table, unseen. */
    boolean softDelete;
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
            if (takesRule(field.said)) {
                continue;
            }
            if (fresh.stream().anyMatch(other -> other.name.equalsIgnoreCase(field.name))) {
                if (twice.size() < MOST_TWICE) {
                    twice.add(field);
                }
                continue;
            }
            fresh.add(field);
            Optional<DraftField> known = field(field.name);
            if (known.isPresent()) {
                if (isThere) {
                    field.keepWhatIsNotSaid(known.get());
                }
                fields.set(fields.indexOf(known.get()), field);
            } else {
                fields.add(field);
            }
        }
    }

    /** Whether a text is a rule for the whole entity and names no field. */
    static boolean isRule(String said) {
        return UNIQUE.matcher(said).matches() || SOFT_DELETE.matcher(said).matches();
    }

    /** Takes {@code unique(number, building)} and {@code soft delete}, which stand among fields but are none. */
    private boolean takesRule(String said) {
        Matcher unique = UNIQUE.matcher(said);
        if (unique.matches()) {
            List<String> members = Arrays.stream(unique.group(1).split("[,+]|\\band\\b"))
                    .map(String::strip)
                    .filter(member -> !member.isEmpty())
                    .map(Names::field)
                    .distinct()
                    .toList();
            if (!uniques.contains(members)) {
                uniques.add(members);
            }
            return true;
        }
        boolean soft = SOFT_DELETE.matcher(said).matches();
        softDelete |= soft;
        return soft;
    }
}
