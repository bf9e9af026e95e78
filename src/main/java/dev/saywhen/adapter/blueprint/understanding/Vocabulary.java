package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Noun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What things of a well-known kind usually have: only ever a proposal, and always shown as one. */
final class Vocabulary {

    private static final String RESOURCE = "/blueprint/vocabulary.txt";

    /** What something unheard of is taken to have. */
    private static final String OTHERWISE = "name string required max 100";

    private static final Map<String, String> FIELDS = new LinkedHashMap<>();
    private static final List<DraftRelation> RELATIONS = new ArrayList<>();

    static {
        for (String line : lines()) {
            Optional<DraftRelation> relation = RelationNotation.read(line);
            if (relation.isPresent()) {
                RELATIONS.add(relation.get());
            } else {
                int colon = line.indexOf(':');
                FIELDS.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
    }

    private Vocabulary() {}

    /** The fields that an entity of this name is taken to have, in the notation. */
    static String fields(String entity) {
        String known = FIELDS.get(entity.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        String lastWord = new Noun(entity).words().replaceFirst(".* ", "");
        return FIELDS.getOrDefault(lastWord, OTHERWISE);
    }

    static boolean knows(String entity) {
        return FIELDS.containsKey(entity.toLowerCase(Locale.ROOT));
    }

    /** The relation that two entities usually have, whichever of them is the parent. */
    static Optional<DraftRelation> relation(String one, String other) {
        return RELATIONS.stream()
                .filter(relation -> (relation.parent.equalsIgnoreCase(one) && relation.child.equalsIgnoreCase(other))
                        || (relation.parent.equalsIgnoreCase(other) && relation.child.equalsIgnoreCase(one)))
                .findFirst();
    }

    private static List<String> lines() {
        try (InputStream stream = Vocabulary.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the build: " + RESOURCE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("could not be read: " + RESOURCE, e);
        }
    }
}
