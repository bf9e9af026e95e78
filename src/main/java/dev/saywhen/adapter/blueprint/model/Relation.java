package dev.saywhen.adapter.blueprint.model;

/**
 * One parent has any number of children; a child belongs to one parent.
 *
 * @param parent name of the entity that has
 * @param child name of the entity that belongs
 * @param role what the child calls its parent, lower camel case; usually the parent's own name
 * @param required false: a child may be without a parent
 */
public record Relation(String parent, String child, String role, boolean required) {

    public Relation {
        if (!role.matches("[a-z][A-Za-z0-9]{0,39}")) {
            throw new IllegalArgumentException("no name for a relation: " + role);
        }
        Reserved.role(role).ifPresent(owner -> {
            throw new IllegalArgumentException(role + " is " + owner);
        });
    }
}
