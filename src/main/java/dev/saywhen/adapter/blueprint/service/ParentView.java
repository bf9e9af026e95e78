package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;
import java.util.Locale;

/** What an entity belongs to, as the generated service spells it. */
public final class ParentView {

    private final Relation relation;
    private final String column;
    private final String foreignKey;
    private final String index;
    private final String table;
    private final String parentTable;

    ParentView(Relation relation, String table, String parentTable, SqlNames names) {
        this.relation = relation;
        this.table = table;
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

    String indexDefinition() {
        return "create index %s on %s (%s);".formatted(index, table, column);
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

    /** What to tell whoever deletes a parent too early. */
    public String text() {
        String parent = new Noun(relation.parent()).aWords();
        return "%s with %s cannot be deleted."
                .formatted(
                        parent.substring(0, 1).toUpperCase(Locale.ROOT) + parent.substring(1),
                        new Noun(relation.child()).pluralWords());
    }

    /** The table of the children that would be left without their parent. */
    public String childTable() {
        return table;
    }

    FilterView filter() {
        return FilterView.parent(idName(), role(), new Noun(relation.parent()).aWords());
    }

    String columnDefinition() {
        return column + " bigint" + (relation.required() ? " not null" : "");
    }

    String constraint() {
        return "constraint %s foreign key (%s) references %s (id)".formatted(foreignKey, column, parentTable);
    }
}
