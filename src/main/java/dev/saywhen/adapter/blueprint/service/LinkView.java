package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Noun;
import java.util.List;
import java.util.Locale;

/** Many of one entity with many of another, as the generated service spells it. */
public final class LinkView {

    private final Link link;
    private final String table;
    private final String ownerTable;
    private final String otherTable;
    private final String ownerColumn;
    private final String otherColumn;
    private final String primaryKey;
    private final String ownerKey;
    private final String otherKey;
    private final String index;

    LinkView(Link link, Tables tables) {
        this.link = link;
        this.ownerTable = tables.of(link.owner());
        this.otherTable = tables.of(link.other());
        SqlNames names = tables.names();
        this.table = names.name(ownerTable, otherTable);
        this.ownerColumn = SqlNames.column(new Noun(link.owner()).snake() + "_id");
        this.otherColumn = SqlNames.column(new Noun(link.other()).snake() + "_id");
        this.primaryKey = names.name(table, "pkey");
        this.ownerKey = names.name(table, ownerColumn, "fkey");
        this.otherKey = names.name(table, otherColumn, "fkey");
        this.index = names.name(table, otherColumn, "idx");
    }

    public String table() {
        return table;
    }

    /** The other entity's class. */
    public String type() {
        return link.other();
    }

    public String role() {
        return link.role();
    }

    public String idsName() {
        return link.idsName();
    }

    public String idName() {
        return link.idName();
    }

    public String ownerColumn() {
        return ownerColumn;
    }

    public String otherColumn() {
        return otherColumn;
    }

    public String otherPath() {
        return new Noun(link.other()).pluralPath();
    }

    public String otherPluralSnake() {
        return new Noun(link.other()).pluralSnake();
    }

    public String otherSnake() {
        return new Noun(link.other()).snake();
    }

    public String otherASnake() {
        return new Noun(link.other()).aWords().replace(' ', '_');
    }

    public String otherPackage() {
        return link.other().toLowerCase(Locale.ROOT);
    }

    /** What to tell whoever deletes one of the others too early. */
    public String text() {
        Noun owner = new Noun(link.owner());
        Noun other = new Noun(link.other());
        String aOther = other.aWords();
        return "%s with %s cannot be deleted."
                .formatted(aOther.substring(0, 1).toUpperCase(Locale.ROOT) + aOther.substring(1), owner.pluralWords());
    }

    EntityView.Rule rule() {
        return new EntityView.Rule(otherKey, "23503", text());
    }

    ChangeSet create(String name) {
        return new ChangeSet(
                name,
                List.of(
                        """
                        create table %s (
                            %s bigint not null,
                            %s bigint not null,
                            constraint %s primary key (%s, %s),
                            constraint %s foreign key (%s) references %s (id) on delete cascade,
                            constraint %s foreign key (%s) references %s (id)
                        );""".formatted(
                                        table,
                                        ownerColumn,
                                        otherColumn,
                                        primaryKey,
                                        ownerColumn,
                                        otherColumn,
                                        ownerKey,
                                        ownerColumn,
                                        ownerTable,
                                        otherKey,
                                        otherColumn,
                                        otherTable),
                        "create index %s on %s (%s);".formatted(index, table, otherColumn)),
                List.of("drop table " + table + ";"),
                "Keeps which %s go with which %s"
                        .formatted(new Noun(link.owner()).pluralWords(), new Noun(link.other()).pluralWords()));
    }
}
