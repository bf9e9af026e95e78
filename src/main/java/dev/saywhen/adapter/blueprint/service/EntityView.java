package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One entity as the generated service spells it, in code, SQL, addresses and tests. */
public final class EntityView {

    private static final String COMPONENT_GAP = ",\n        ";
    private static final String ARGUMENT_GAP = ",\n                ";
    private static final String MEMBER_GAP = ", ";
    private static final String BODY_GAP = ",\n                ";

    /** What a line of 120 characters leaves for the response's constructor: its name and its arguments. */
    private static final int ROOM_FOR_ARGUMENTS = 120 - "        return new Response();".length();

    /** What a line of 120 characters leaves for an entry of a map, and for one component of a record. */
    private static final int ROOM_FOR_ENTRY = 120 - "            );".length();

    private static final int ROOM_FOR_COMPONENT = 120 - "        ) {}".length();

    private static final String TAG = "org.eclipse.microprofile.openapi.annotations.tags.Tag";

    /** A rule that only the database can check: its name, the SQL state it breaks with, what to tell. */
    public record Rule(String constraint, String state, String text) {

        /** The rule as an entry of a map in Java; on three lines where one is too short. */
        public String entry() {
            String line = "Map.entry(\"%s\", \"%s\")".formatted(constraint, text);
            return line.length() <= ROOM_FOR_ENTRY
                    ? line
                    : "Map.entry(\n                    \"%s\",\n                    \"%s\")"
                            .formatted(constraint, text);
        }
    }

    /** A JSON value, as a Java expression, to put into a field. */
    public record Trial(String field, String json) {}

    /** A sample in the middle, and the nearest values below and above it, all as they stand in a query. */
    public record Neighbours(String field, String below, String at, String above) {

        /** As a line of comma-separated values. */
        public String line() {
            return String.join(", ", field, below, at, above);
        }
    }

    /** Members that no two share together, as tests name and check it. */
    public record Unique(String snake, List<String> members, String text) {}

    /** Several columns that are unique together. */
    private record Group(String name, List<String> columns, List<String> members, String words) {}

    /** Whoever would be left alone by a deletion: how many there are, as SQL, and what to tell then. */
    public record Use(String sql, String text) {}

    /** A parent in the tests: whether the samples need a different one each. */
    public record Ancestor(String type, String idName, boolean varies) {}

    private final ServiceModel service;
    private final EntityModel entity;
    private final Noun noun;
    private final String table;
    private final String rootPackage;
    private final List<FieldView> fields;
    private final List<ParentView> parents;
    private final List<LinkView> links;
    private final List<Group> groups;
    private final Tables tables;

    EntityView(ServiceModel service, EntityModel entity, String rootPackage, Tables tables) {
        this.service = service;
        this.entity = entity;
        this.rootPackage = rootPackage;
        this.tables = tables;
        this.noun = new Noun(entity.name());
        this.table = tables.of(entity.name());
        this.fields = entity.fields().stream()
                .map(field -> new FieldView(field, table, tables.names()))
                .toList();
        this.parents = service.parentsOf(entity).stream()
                .map(relation -> new ParentView(relation, table, tables.of(relation.parent()), tables.names()))
                .toList();
        this.links = service.linksOf(entity).stream()
                .map(link -> new LinkView(link, tables))
                .toList();
        this.groups = entity.uniques().stream().map(this::group).toList();
    }

    private Group group(List<String> members) {
        List<String> columns = new ArrayList<>();
        List<String> json = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String member : members) {
            Optional<FieldView> field = fields.stream()
                    .filter(each -> each.name().equalsIgnoreCase(member))
                    .findFirst();
            field.ifPresent(each -> {
                columns.add(each.column());
                json.add(each.name());
                words.add(each.words());
            });
            parents.stream()
                    .filter(each -> field.isEmpty() && each.role().equals(member))
                    .forEach(each -> {
                        columns.add(each.column());
                        json.add(each.idName());
                        words.add(each.roleWords());
                    });
        }
        List<String> parts = new ArrayList<>(List.of(table));
        parts.addAll(columns);
        parts.add("key");
        return new Group(
                tables.names().name(parts.toArray(String[]::new)),
                List.copyOf(columns),
                List.copyOf(json),
                String.join(" and ", words));
    }

    public String type() {
        return entity.name();
    }

    public String pkg() {
        return entity.name().toLowerCase(Locale.ROOT);
    }

    public String variable() {
        return noun.variable();
    }

    public String table() {
        return table;
    }

    public String path() {
        return noun.pluralPath();
    }

    public String words() {
        return noun.words();
    }

    public String aWords() {
        return noun.aWords();
    }

    public String aWordsCapital() {
        return capital(noun.aWords());
    }

    public String pluralWords() {
        return noun.pluralWords();
    }

    public String pluralCapital() {
        return capital(noun.pluralWords());
    }

    public String snake() {
        return noun.snake();
    }

    public String aSnake() {
        return noun.aWords().replace(' ', '_');
    }

    public String pluralSnake() {
        return noun.pluralSnake();
    }

    public List<FieldView> fields() {
        return fields;
    }

    public List<ParentView> parents() {
        return parents;
    }

    public List<LinkView> links() {
        return links;
    }

    public boolean softDelete() {
        return entity.softDelete();
    }

    /** Whether others refer to it, so that not every one can be deleted. */
    public boolean isReferredTo() {
        return !service.childrenOf(entity).isEmpty() || !service.linksTo(entity).isEmpty();
    }

    /** Whether a request refers to others, which have to be there. */
    public boolean refersToOthers() {
        return !parents.isEmpty() || !links.isEmpty();
    }

    /** Whether replacing one by another changes anything at all. */
    public boolean canChange() {
        return fields.stream().anyMatch(field -> differs(field));
    }

    private static boolean differs(FieldView field) {
        List<String> fine = SampleValues.fine(field.name(), field.type());
        return !fine.get(0).equals(fine.get(1));
    }

    /** Those that keep one of these from being deleted; the schema itself does not, as the row stays. */
    public List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        for (Relation relation : service.childrenOf(entity)) {
            EntityModel child = service.entity(relation.child());
            ParentView parent = new ParentView(relation, tables.of(relation.child()), table, tables.names());
            uses.add(new Use(
                    "select count(*) from %s where %s = :id%s"
                            .formatted(
                                    parent.childTable(),
                                    parent.column(),
                                    child.softDelete() ? " and removed_at is null" : ""),
                    parent.text()));
        }
        for (Link link : service.linksTo(entity)) {
            LinkView view = new LinkView(link, tables);
            uses.add(new Use(
                    "select count(*) from %s where %s = :id".formatted(view.table(), view.otherColumn()), view.text()));
        }
        return uses;
    }

    // ---- the schema

    public List<String> columns() {
        return Stream.of(
                        fields.stream().map(FieldView::columnDefinition),
                        parents.stream().map(ParentView::columnDefinition),
                        Stream.of("lock_version integer not null default 0"),
                        softDelete() ? Stream.of("removed_at timestamp with time zone") : Stream.<String>empty())
                .flatMap(Function.identity())
                .toList();
    }

    /** Every column as PostgreSQL's own catalog tells it, sorted. */
    public List<String> catalog() {
        return columns().stream()
                .map(column -> table + "." + column.split(" ", 2)[0])
                .toList();
    }

    public List<String> constraints() {
        List<String> constraints = new ArrayList<>();
        constraints.add("constraint " + tables.names().name(table, "pkey") + " primary key (id)");
        fields.forEach(field -> constraints.addAll(field.constraints(softDelete())));
        parents.forEach(parent -> constraints.add(parent.constraint()));
        if (!softDelete()) {
            groups.forEach(group -> constraints.add(
                    "constraint %s unique (%s)".formatted(group.name(), String.join(", ", group.columns()))));
        }
        return constraints;
    }

    /** Indexes on times and on parents; and where deleted rows stay, what is unique is so among the others only. */
    List<String> indexes() {
        List<String> indexes = new ArrayList<>();
        fields.forEach(field -> field.indexDefinition(table).ifPresent(indexes::add));
        parents.forEach(parent -> indexes.add(parent.indexDefinition()));
        if (softDelete()) {
            for (FieldView field : fields) {
                field.uniqueName().ifPresent(name -> indexes.add(uniqueIndex(name, field.column())));
            }
            groups.forEach(group -> indexes.add(uniqueIndex(group.name(), String.join(", ", group.columns()))));
        }
        return indexes;
    }

    private String uniqueIndex(String name, String columns) {
        return "create unique index %s on %s (%s) where removed_at is null;".formatted(name, table, columns);
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (FieldView field : fields) {
            field.uniqueName().ifPresent(name -> rules.add(new Rule(name, "23505", uniqueText(field.words()))));
        }
        for (Group group : groups) {
            rules.add(new Rule(group.name(), "23505", uniqueText(group.words())));
        }
        for (ParentView parent : parents) {
            rules.add(new Rule(parent.foreignKey(), "23503", parent.text()));
        }
        links.forEach(link -> rules.add(link.rule()));
        return rules;
    }

    // ---- the code

    public List<String> entityImports() {
        Set<String> imports = new TreeSet<>(Set.of(
                "io.quarkus.hibernate.orm.panache.PanacheEntityBase",
                "jakarta.persistence.Entity",
                "jakarta.persistence.GeneratedValue",
                "jakarta.persistence.GenerationType",
                "jakarta.persistence.Column",
                "jakarta.persistence.Id",
                "jakarta.persistence.Table",
                "jakarta.persistence.Version"));
        fields.forEach(field -> imports.addAll(field.entityImports()));
        if (!parents.isEmpty()) {
            imports.addAll(Set.of(
                    "jakarta.persistence.FetchType",
                    "jakarta.persistence.JoinColumn",
                    "jakarta.persistence.ManyToOne"));
        }
        if (softDelete()) {
            imports.addAll(Set.of("java.time.Instant", "org.hibernate.annotations.SQLRestriction"));
        }
        if (refersToOthers()) {
            imports.add(rootPackage + ".http.References");
        }
        if (!links.isEmpty()) {
            imports.addAll(Set.of(
                    "jakarta.persistence.JoinColumn",
                    "jakarta.persistence.JoinTable",
                    "jakarta.persistence.ManyToMany",
                    "java.util.HashSet",
                    "java.util.Set"));
        }
        parents.forEach(parent -> imports.add(classOf(parent.type(), "")));
        links.forEach(link -> imports.add(classOf(link.type(), "")));
        return List.copyOf(imports);
    }

    public List<String> requestImports() {
        Set<String> imports = new TreeSet<>();
        fields.forEach(field -> imports.addAll(field.requestImports()));
        if (parents.stream().anyMatch(ParentView::required) || !links.isEmpty()) {
            imports.add("jakarta.validation.constraints.NotNull");
        }
        if (!links.isEmpty()) {
            imports.addAll(Set.of("jakarta.validation.constraints.Size", "java.util.Set"));
        }
        return List.copyOf(imports);
    }

    public String requestComponents() {
        return Stream.of(
                        fields.stream().map(EntityView::requestComponent),
                        parents.stream()
                                .map(parent -> (parent.required() ? "@NotNull " : "") + "Long " + parent.idName()),
                        links.stream().map(link -> "@Size(max = 1000) Set<@NotNull Long> " + link.idsName()))
                .flatMap(Function.identity())
                .collect(Collectors.joining(COMPONENT_GAP));
    }

    /** A component with its rules before it; each on a line of its own where one line is too short. */
    private static String requestComponent(FieldView field) {
        List<String> parts = new ArrayList<>(field.rules());
        parts.add(field.javaType() + " " + field.name());
        String line = String.join(" ", parts);
        return line.length() <= ROOM_FOR_COMPONENT ? line : String.join("\n        ", parts);
    }

    public List<String> responseImports() {
        Set<String> imports = new TreeSet<>(Set.of("org.eclipse.microprofile.openapi.annotations.media.Schema"));
        fields.forEach(field -> imports.addAll(field.typeImports()));
        if (!links.isEmpty()) {
            imports.add("java.util.List");
        }
        return List.copyOf(imports);
    }

    public String responseComponents() {
        return Stream.of(
                        Stream.of("@Schema(required = true) long id"),
                        fields.stream().map(field -> always(field.required()) + field.javaType() + " " + field.name()),
                        parents.stream().map(parent -> always(parent.required()) + "Long " + parent.idName()),
                        links.stream().map(link -> always(true) + "List<Long> " + link.idsName()))
                .flatMap(Function.identity())
                .collect(Collectors.joining(COMPONENT_GAP));
    }

    public String responseValues() {
        String row = variable() + ".";
        List<String> values = Stream.of(
                        Stream.of(row + "id"),
                        fields.stream().map(field -> row + field.name()),
                        parents.stream()
                                .map(parent -> parent.required()
                                        ? row + parent.role() + ".id"
                                        : row + parent.role() + " == null ? null : " + row + parent.role() + ".id"),
                        links.stream()
                                .map(link -> row + link.role() + ".stream().map(" + new Noun(link.type()).variable()
                                        + " -> " + new Noun(link.type()).variable() + ".id).sorted().toList()"))
                .flatMap(Function.identity())
                .toList();
        String line = String.join(MEMBER_GAP, values);
        boolean fits = line.length() + type().length() < ROOM_FOR_ARGUMENTS;
        return fits ? line : ARGUMENT_GAP.substring(1) + String.join(ARGUMENT_GAP, values);
    }

    public List<String> resourceImports() {
        Set<String> imports = new TreeSet<>(Set.of(
                "io.quarkus.hibernate.orm.panache.PanacheQuery",
                "jakarta.transaction.Transactional",
                "jakarta.validation.Valid",
                "jakarta.validation.constraints.Max",
                "jakarta.validation.constraints.Min",
                "jakarta.validation.constraints.NotNull",
                "jakarta.ws.rs.BeanParam",
                "jakarta.ws.rs.Consumes",
                "jakarta.ws.rs.DELETE",
                "jakarta.ws.rs.DefaultValue",
                "jakarta.ws.rs.GET",
                "jakarta.ws.rs.HeaderParam",
                "jakarta.ws.rs.NotFoundException",
                "jakarta.ws.rs.POST",
                "jakarta.ws.rs.PUT",
                "jakarta.ws.rs.Path",
                "jakarta.ws.rs.PathParam",
                "jakarta.ws.rs.Produces",
                "jakarta.ws.rs.QueryParam",
                "jakarta.ws.rs.core.Context",
                "jakarta.ws.rs.core.MediaType",
                "jakarta.ws.rs.core.UriInfo",
                "java.util.List",
                "java.util.Set",
                "org.eclipse.microprofile.openapi.annotations.Operation",
                "org.eclipse.microprofile.openapi.annotations.parameters.Parameter",
                "org.eclipse.microprofile.openapi.annotations.responses.APIResponse",
                "org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema",
                "org.jboss.resteasy.reactive.RestResponse",
                "org.jboss.resteasy.reactive.RestResponse.ResponseBuilder",
                "org.jboss.resteasy.reactive.RestResponse.Status"));
        for (String own : List.of("Page", "Search", "Sorting", "Versions")) {
            imports.add(rootPackage + ".http." + own);
        }
        if (!hidesTag()) {
            imports.add(TAG);
        }
        if (softDelete()) {
            imports.addAll(Set.of("java.time.Instant", "java.time.temporal.ChronoUnit"));
        }
        if (softDelete() && !uses().isEmpty()) {
            imports.add(rootPackage + ".http.References");
        }
        return List.copyOf(imports);
    }

    /** The query parameters that narrow a list. */
    public List<FilterView> filters() {
        List<FilterView> others = Stream.concat(
                        parents.stream().map(ParentView::filter),
                        links.stream().map(link -> FilterView.link(type(), link, new Noun(link.type()).aWords())))
                .toList();
        List<FilterView> filters = new ArrayList<>();
        for (FieldView field : fields) {
            field.filter().ifPresent(filters::add);
            filters.addAll(field.range(filterNames()));
        }
        filters.addAll(others);
        return List.copyOf(filters);
    }

    /** The names of all filters but those that are bounds of ranges. */
    private Set<String> filterNames() {
        return Stream.of(
                        FilterView.TAKEN.stream(),
                        fields.stream().map(FieldView::name),
                        parents.stream().map(ParentView::idName),
                        links.stream().map(LinkView::idName))
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The search that a filter makes of itself, one condition a line. */
    public String searchExpression() {
        return "new Search()"
                + filters().stream()
                        .filter(FilterView::hasCall)
                        .map(filter -> "\n                ." + filter.call())
                        .collect(Collectors.joining());
    }

    /** What a list can be sorted by as a set in Java; on a second line where one is too short. */
    public String sortableSet() {
        String names = sortable().stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        String line = "Set.of(" + names + ");";
        return "    private static final Set<String> SORTABLE = ".length() + line.length() <= 120
                ? " " + line
                : "\n            " + line;
    }

    public List<String> filterImports() {
        Set<String> imports = new TreeSet<>(Set.of(rootPackage + ".http.Search"));
        for (FilterView filter : filters()) {
            imports.addAll(Set.of(
                    "jakarta.ws.rs.QueryParam", "org.eclipse.microprofile.openapi.annotations.parameters.Parameter"));
            if (filter.hasPattern()) {
                imports.add("jakarta.validation.constraints.Pattern");
            }
            switch (filter.javaType()) {
                case "BigDecimal" -> imports.add("java.math.BigDecimal");
                case "LocalDate" -> imports.add("java.time.LocalDate");
                case "Instant" -> imports.add("java.time.Instant");
                case "UUID" -> imports.add("java.util.UUID");
                default -> {}
            }
        }
        return List.copyOf(imports);
    }

    /** What a list can be sorted by. */
    public List<String> sortable() {
        return Stream.concat(
                        Stream.of("id"),
                        fields.stream().filter(FieldView::isSortable).map(FieldView::name))
                .toList();
    }

    /** Fields in which the samples differ so much that a filter finds just one of them. */
    public List<String> telling() {
        return fields.stream()
                .filter(field -> field.filter().isPresent())
                .filter(field -> {
                    List<String> fine = SampleValues.fine(field.name(), field.type());
                    String one = fine.get(0).replace("\"", "").toLowerCase(Locale.ROOT);
                    String two = fine.get(1).replace("\"", "").toLowerCase(Locale.ROOT);
                    return !one.contains(two) && !two.contains(one);
                })
                .map(FieldView::name)
                .toList();
    }

    /** Fields that have a range and of which the three samples come one after the other, with what lies beside the second. */
    public List<Neighbours> ranges() {
        Set<String> taken = filterNames();
        return fields.stream()
                .filter(field -> !field.range(taken).isEmpty())
                .flatMap(field -> SampleValues.neighbours(field.name(), field.type()).stream())
                .toList();
    }

    /** Query strings that a list refuses: words that a filter does not take. */
    public List<String> wrongFilters() {
        List<String> wrong = new ArrayList<>();
        for (FilterView filter : filters()) {
            if (!filter.javaType().equals("String") || filter.hasPattern()) {
                wrong.add(filter.name() + "=!");
            }
        }
        return wrong;
    }

    /** The annotation that groups the operations: by its full name where the entity is itself called so. */
    public String tag() {
        return hidesTag() ? TAG : "Tag";
    }

    private boolean hidesTag() {
        return type().equals("Tag");
    }

    // ---- the tests

    public List<String> fixtureImports() {
        return parents.stream()
                .map(parent -> classOf(parent.type(), "Fixture"))
                .distinct()
                .sorted()
                .toList();
    }

    /** What the resource's tests import of other entities' fixtures. */
    public List<String> testImports() {
        return Stream.concat(
                        parents.stream().map(ParentView::type), links.stream().map(LinkView::type))
                .map(type -> classOf(type, "Fixture"))
                .distinct()
                .sorted()
                .toList();
    }

    /** The parents in the tests; where only parents make it unique, the last of them differs from sample to sample. */
    public List<Ancestor> ancestors() {
        Set<String> varying = groups.stream()
                .filter(group ->
                        parents.stream().map(ParentView::idName).toList().containsAll(group.members()))
                .map(group -> group.members().getLast())
                .collect(Collectors.toSet());
        return parents.stream()
                .map(parent -> new Ancestor(parent.type(), parent.idName(), varying.contains(parent.idName())))
                .toList();
    }

    /** The call that makes sample {@code number} with parents that are there; argument by argument where they are many. */
    public String fixtureCall() {
        List<String> arguments = new ArrayList<>(List.of("number"));
        for (Ancestor ancestor : ancestors()) {
            arguments.add(ancestor.type() + "Fixture." + (ancestor.varies() ? "some(number)" : "any()"));
        }
        String gap = arguments.size() > 3 ? ",\n                                " : MEMBER_GAP;
        return variable() + "(" + String.join(gap, arguments) + ")";
    }

    /** Three valid bodies as JSON; ids of parents are left to {@code formatted}. */
    public List<String> sampleBodies() {
        List<List<String>> columns = fields.stream()
                .map(field -> SampleValues.fine(field.name(), field.type()))
                .toList();
        List<String> bodies = new ArrayList<>();
        for (int sample = 0; sample < 3; sample++) {
            List<String> members = new ArrayList<>();
            for (int field = 0; field < fields.size(); field++) {
                members.add("\"" + fields.get(field).name() + "\": "
                        + columns.get(field).get(sample));
            }
            for (int parent = 0; parent < parents.size(); parent++) {
                members.add("\"" + parents.get(parent).idName() + "\": %" + (parent + 1) + "$d");
            }
            links.forEach(link -> members.add("\"" + link.idsName() + "\": []"));
            String line = "{" + String.join(MEMBER_GAP, members) + "}";
            bodies.add(
                    line.length() <= ROOM_FOR_ENTRY
                            ? line
                            : "{\n                " + String.join(BODY_GAP, members) + "\n            }");
        }
        return bodies;
    }

    public List<Trial> edges() {
        List<Trial> edges = new ArrayList<>();
        for (FieldView field : fields) {
            SampleValues.edges(field.type()).forEach(json -> edges.add(new Trial(field.name(), json)));
        }
        return edges;
    }

    public List<Trial> breaches() {
        List<Trial> breaches = new ArrayList<>();
        for (FieldView field : fields) {
            if (field.mustBeSaid()) {
                breaches.add(new Trial(field.name(), "\"null\""));
            }
            SampleValues.breaches(field.type(), field.mustBeSaid())
                    .forEach(json -> breaches.add(new Trial(field.name(), json)));
        }
        for (ParentView parent : parents) {
            if (parent.required()) {
                breaches.add(new Trial(parent.idName(), "\"null\""));
            }
        }
        return breaches;
    }

    /** Fields that have a default, with its JSON as a Java expression; those whose default is the time are not here. */
    public List<Trial> defaults() {
        return fields.stream()
                .filter(field -> field.defaultJson().isPresent())
                .map(field -> new Trial(field.name(), field.defaultJson().orElseThrow()))
                .toList();
    }

    /** Fields that are filled with the time where nobody says. */
    public List<String> timed() {
        return fields.stream()
                .filter(field -> field.hasDefault() && field.defaultJson().isEmpty())
                .map(FieldView::name)
                .toList();
    }

    public List<String> optionalNames() {
        return Stream.concat(
                        fields.stream().filter(field -> !field.required()).map(FieldView::name),
                        parents.stream().filter(parent -> !parent.required()).map(ParentView::idName))
                .toList();
    }

    /** The first field that takes any character at all, if there is one. */
    public List<FieldView> freeText() {
        return fields.stream()
                .filter(field -> field.type() instanceof Text text
                        && text.kind() != Text.Kind.EMAIL
                        && text.min() <= 3
                        && text.max() >= 3)
                .limit(1)
                .toList();
    }

    public List<Unique> uniques() {
        return Stream.concat(
                        fields.stream()
                                .filter(FieldView::unique)
                                .map(field ->
                                        new Unique(field.snake(), List.of(field.name()), uniqueText(field.words()))),
                        groups.stream()
                                .map(group -> new Unique(
                                        group.words().replace(' ', '_'), group.members(), uniqueText(group.words()))))
                .toList();
    }

    private String uniqueText(String members) {
        return "Another %s has this %s already.".formatted(words(), members);
    }

    private String classOf(String entityType, String suffix) {
        return rootPackage + "." + entityType.toLowerCase(Locale.ROOT) + "." + entityType + suffix;
    }

    /** Every member is always there; what is not required may be null. */
    private static String always(boolean required) {
        return required ? "@Schema(required = true) " : "@Schema(required = true, nullable = true) ";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
