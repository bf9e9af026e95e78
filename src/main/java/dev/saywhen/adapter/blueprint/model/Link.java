package dev.saywhen.adapter.blueprint.model;

/**
 * Many of the one go with many of the other.
 *
 * @param owner name of the entity whose requests say which others it goes with
 * @param other name of the entity that it goes with
 */
public record Link(String owner, String other) {

    public Link {
        if (owner.equals(other)) {
            throw new IllegalArgumentException("an entity that is linked with itself: " + owner);
        }
    }

    /** What the owner calls the others, lower camel case: {@code tags}. */
    public String role() {
        StringBuilder role = new StringBuilder();
        for (String word : new Noun(other).pluralWords().split(" ")) {
            role.append(role.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return role.toString();
    }

    /** What the list of their ids is called in JSON: {@code tagIds}. */
    public String idsName() {
        return new Noun(other).variable() + "Ids";
    }

    /** What a list of owners is narrowed by: {@code tagId}. */
    public String idName() {
        return new Noun(other).variable() + "Id";
    }
}
