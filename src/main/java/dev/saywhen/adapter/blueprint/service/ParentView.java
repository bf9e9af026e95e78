package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;

/** What an entity belongs to, as the generated service spells it. */
public final class ParentView {

    private final Relation relation;
    private final String column;
    private final String foreignKey;
    private final String index;
    private final String parentTable;

    ParentView(Relation relation, String table, String parentTable, SqlNames names) {
        this.relation = relation;
        this.parentTable = parentTable;
        this.column = SqlNames.column(new Noun(relation.role()).snake() + "_id");
        this.foreignKey = names.name(table, column, "fkey");
        this.index = names.name(table, column, "idx");
    }

    public String type() {
        return relation.parent();
    }

    public String role() {
        return relation.role();
    }

    /** What it is called in JSON and in queries: the role and {@code Id}. */
    public String idName() {
        return relation.role() + "Id";
    }

    public boolean required() {
        return relation.required();
    }

    public String column() {
        return column;
    }

    public String index() {
        return index;
    }

    String foreignKey() {
        return foreignKey;
    }

    public String path() {
        return new Noun(relation.parent()).pluralPath();
    }

    public String snake() {
        return new Noun(relation.role()).snake();
    }

    public String aSnake() {
        return new Noun(relation.role()).aWords().replace(' ', '_');
    }

    public String roleWords() {
        return new Noun(relation.role()).words();
    }

    /** What to tell whoever breaks the relation, from either side. */
    public String text() {
        Noun child = new Noun(relation.child());
        Noun parent = new Noun(relation.parent());
        return "The %s of %s must exist, and %s with %s cannot be deleted."
                .formatted(roleWords(), child.aWords(), parent.aWords(), child.pluralWords());
    }

    String columnDefinition() {
        return column + " bigint" + (relation.required() ? " not null" : "");
    }

    String constraint() {
        return "constraint %s foreign key (%s) references %s (id)".formatted(foreignKey, column, parentTable);
    }
}
