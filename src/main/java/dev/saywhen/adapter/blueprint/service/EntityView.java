package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.model.Relation;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** What a line of 120 characters leaves for the response's constructor: its name and its arguments. */
    private static final int ROOM_FOR_ARGUMENTS = 120 - "        return new Response();".length();

    private static final String TAG = "org.eclipse.microprofile.openapi.annotations.tags.Tag";

    /** A rule that only the database can check: its name, the SQL state it breaks with, what to tell. */
    public record Rule(String constraint, String state, String text) {}

    /** A JSON value, as a Java expression, to put into a field. */
    public record Trial(String field, String json) {}

    /** A field that must be unique, as tests name and check it. */
    public record Unique(String snake, String json, String text) {}

    private final ServiceModel service;
    private final EntityModel entity;
    private final Noun noun;
    private final String table;
    private final String rootPackage;
    private final int number;
    private final List<FieldView> fields;
    private final List<ParentView> parents;

    EntityView(ServiceModel service, EntityModel entity, String rootPackage, Tables tables, int number) {
        this.service = service;
        this.entity = entity;
        this.rootPackage = rootPackage;
        this.number = number;
        this.noun = new Noun(entity.name());
        this.table = tables.of(entity.name());
        this.fields = entity.fields().stream()
                .map(field -> new FieldView(field, table, tables.names()))
                .toList();
        this.parents = service.parentsOf(entity).stream()
                .map(relation -> new ParentView(relation, table, tables.of(relation.parent()), tables.names()))
                .toList();
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

    public boolean hasChildren() {
        return !service.childrenOf(entity).isEmpty();
    }

    /** Whether adding or replacing one can run into what is stored already. */
    public boolean mayConflict() {
        return !parents.isEmpty() || fields.stream().anyMatch(FieldView::unique);
    }

    // ---- the change set

    public String changeSet() {
        return "%03d-%s".formatted(number, path());
    }

    public List<String> columns() {
        return Stream.concat(
                        fields.stream().map(FieldView::columnDefinition),
                        parents.stream().map(ParentView::columnDefinition))
                .toList();
    }

    public List<String> constraints() {
        List<String> constraints = new ArrayList<>();
        constraints.add("constraint " + new SqlNames().name(table, "pkey") + " primary key (id)");
        fields.forEach(field -> constraints.addAll(field.constraints()));
        parents.forEach(parent -> constraints.add(parent.constraint()));
        return constraints;
    }

    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (FieldView field : fields) {
            field.uniqueName().ifPresent(name -> rules.add(new Rule(name, "23505", uniqueText(field))));
        }
        for (ParentView parent : parents) {
            rules.add(new Rule(parent.foreignKey(), "23503", parent.text()));
        }
        return rules;
    }

    // ---- the code

    public List<String> entityImports() {
        Set<String> imports = new TreeSet<>(Set.of(
                "io.quarkus.hibernate.orm.panache.PanacheEntityBase",
                "jakarta.persistence.Entity",
                "jakarta.persistence.GeneratedValue",
                "jakarta.persistence.GenerationType",
                "jakarta.persistence.Id",
                "jakarta.persistence.Table"));
        if (!fields.isEmpty()) {
            imports.add("jakarta.persistence.Column");
        }
        fields.forEach(field -> imports.addAll(field.entityImports()));
        if (!parents.isEmpty()) {
            imports.addAll(Set.of(
                    "jakarta.persistence.FetchType",
                    "jakarta.persistence.JoinColumn",
                    "jakarta.persistence.ManyToOne"));
        }
        parents.forEach(parent -> imports.add(classOf(parent, "")));
        return List.copyOf(imports);
    }

    public List<String> requestImports() {
        Set<String> imports = new TreeSet<>();
        fields.forEach(field -> imports.addAll(field.requestImports()));
        if (parents.stream().anyMatch(ParentView::required)) {
            imports.add("jakarta.validation.constraints.NotNull");
        }
        return List.copyOf(imports);
    }

    public String requestComponents() {
        return Stream.concat(
                        fields.stream()
                                .map(field -> Stream.concat(
                                                field.rules().stream(),
                                                Stream.of(field.javaType() + " " + field.name()))
                                        .collect(Collectors.joining(" "))),
                        parents.stream()
                                .map(parent -> (parent.required() ? "@NotNull " : "") + "Long " + parent.idName()))
                .collect(Collectors.joining(COMPONENT_GAP));
    }

    public List<String> responseImports() {
        Set<String> imports = new TreeSet<>(Set.of("org.eclipse.microprofile.openapi.annotations.media.Schema"));
        fields.forEach(field -> imports.addAll(field.typeImports()));
        return List.copyOf(imports);
    }

    public String responseComponents() {
        return Stream.of(
                        Stream.of("@Schema(required = true) long id"),
                        fields.stream().map(field -> always(field.required()) + field.javaType() + " " + field.name()),
                        parents.stream().map(parent -> always(parent.required()) + "Long " + parent.idName()))
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
                                        : row + parent.role() + " == null ? null : " + row + parent.role() + ".id"))
                .flatMap(Function.identity())
                .toList();
        String line = String.join(MEMBER_GAP, values);
        boolean fits = line.length() + type().length() < ROOM_FOR_ARGUMENTS;
        return fits ? line : ARGUMENT_GAP.substring(1) + String.join(ARGUMENT_GAP, values);
    }

    public List<String> resourceImports() {
        Set<String> imports = new TreeSet<>(Set.of(
                "io.quarkus.hibernate.orm.panache.PanacheQuery",
                "io.quarkus.panache.common.Sort",
                "jakarta.transaction.Transactional",
                "jakarta.validation.Valid",
                "jakarta.validation.constraints.Max",
                "jakarta.validation.constraints.Min",
                "jakarta.validation.constraints.NotNull",
                "jakarta.ws.rs.Consumes",
                "jakarta.ws.rs.DELETE",
                "jakarta.ws.rs.DefaultValue",
                "jakarta.ws.rs.GET",
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
                "org.eclipse.microprofile.openapi.annotations.Operation",
                "org.eclipse.microprofile.openapi.annotations.responses.APIResponse",
                "org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema",
                "org.jboss.resteasy.reactive.RestResponse",
                "org.jboss.resteasy.reactive.RestResponse.ResponseBuilder",
                "org.jboss.resteasy.reactive.RestResponse.Status"));
        imports.add(rootPackage + ".http.Page");
        if (!hidesTag()) {
            imports.add(TAG);
        }
        if (parents.size() > 1) {
            imports.addAll(Set.of(
                    "java.util.LinkedHashMap", "java.util.Map", "java.util.Objects", "java.util.stream.Collectors"));
        }
        return List.copyOf(imports);
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
                .map(parent -> classOf(parent, "Fixture"))
                .distinct()
                .sorted()
                .toList();
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
            bodies.add("{" + String.join(MEMBER_GAP, members) + "}");
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
            if (field.required()) {
                breaches.add(new Trial(field.name(), "\"null\""));
            }
            SampleValues.breaches(field.type(), field.required())
                    .forEach(json -> breaches.add(new Trial(field.name(), json)));
        }
        for (ParentView parent : parents) {
            if (parent.required()) {
                breaches.add(new Trial(parent.idName(), "\"null\""));
            }
        }
        return breaches;
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
        return fields.stream()
                .filter(FieldView::unique)
                .map(field -> new Unique(field.snake(), field.name(), uniqueText(field)))
                .toList();
    }

    List<Relation> relations() {
        return service.parentsOf(entity);
    }

    private String uniqueText(FieldView field) {
        return "Another %s has this %s already.".formatted(words(), field.words());
    }

    private String classOf(ParentView parent, String suffix) {
        return rootPackage + "." + parent.type().toLowerCase(Locale.ROOT) + "." + parent.type() + suffix;
    }

    /** Every member is always there; what is not required may be null. */
    private static String always(boolean required) {
        return required ? "@Schema(required = true) " : "@Schema(required = true, nullable = true) ";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
