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
    private static final Map<String, List<String>> SERVICES = new LinkedHashMap<>();
    private static final Map<String, String> ACTS = new LinkedHashMap<>();

    static {
        for (String line : lines()) {
            Optional<DraftRelation> relation = RelationNotation.read(line);
            int equals = line.indexOf(" = ");
            int arrow = line.indexOf(" -> ");
            if (equals > 0) {
                SERVICES.put(
                        line.substring(0, equals),
                        List.of(line.substring(equals + 3).split(", ")));
            } else if (arrow > 0) {
                ACTS.put(line.substring(0, arrow), line.substring(arrow + 4));
            } else if (relation.isPresent()) {
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

    /** What an entity's field of this name usually is, in the notation without its name. */
    static Optional<String> field(String entity, String name) {
        return FieldNotation.fields(fields(entity)).stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(field -> field.said.substring(field.name.length()).strip())
                .findFirst();
    }

    static boolean hasField(String entity, String name) {
        return field(entity, name).isPresent();
    }

    /** What a service of a well-known kind usually keeps; empty where the kind is not known. */
    static List<String> service(String kind) {
        return SERVICES.getOrDefault(kind.toLowerCase(Locale.ROOT), List.of());
    }

    /** What somebody makes who does this: who borrows makes a loan. */
    static Optional<String> act(String verb) {
        return Optional.ofNullable(ACTS.get(verb));
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
