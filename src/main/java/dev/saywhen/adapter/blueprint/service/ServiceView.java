package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The whole service as its files spell it. */
public final class ServiceView {

    /** Below this many connections a pool is not worth having, above it a PostgreSQL suffers. */
    private static final int SMALLEST_POOL = 8;

    private static final int LARGEST_POOL = 64;

    /** A character needs six bytes at most: an escape in JSON. */
    private static final long BYTES_PER_CHARACTER = 6;

    private static final long MEGABYTE = 1024 * 1024;

    private final ServiceModel model;
    private final List<EntityView> entities;

    ServiceView(ServiceModel model, Tables tables) {
        this.model = model;
        this.entities = model.entities().stream()
                .map(entity -> new EntityView(model, entity, pkg(), tables))
                .toList();
    }

    Optional<EntityView> entity(String type) {
        return entities.stream().filter(entity -> entity.type().equals(type)).findFirst();
    }

    public boolean hasApiKey() {
        return model.security() == Security.API_KEY;
    }

    public boolean hasOidc() {
        return model.security() == Security.OIDC;
    }

    /** Whether anybody is refused. */
    public boolean secured() {
        return model.security() != Security.NONE;
    }

    public boolean softDelete() {
        return entities.stream().anyMatch(EntityView::softDelete);
    }

    /** Whether the code itself has to keep those that are referred to from being deleted. */
    public boolean softUses() {
        return entities.stream()
                .anyMatch(entity -> entity.softDelete() && !entity.uses().isEmpty());
    }

    public boolean links() {
        return entities.stream().anyMatch(entity -> !entity.links().isEmpty());
    }

    /** Whether anything refers to anything. */
    boolean hasReferences() {
        return entities.stream().anyMatch(EntityView::refersToOthers);
    }

    /** All tables, those that links are kept in too. */
    public List<String> tables() {
        return Stream.concat(
                        entities.stream().map(EntityView::table),
                        entities.stream()
                                .flatMap(entity -> entity.links().stream())
                                .map(LinkView::table))
                .toList();
    }

    /** Every column of every table, as {@code table.column}. */
    public List<String> catalog() {
        return Stream.concat(
                        entities.stream()
                                .flatMap(entity ->
                                        Stream.concat(Stream.of(entity.table() + ".id"), entity.catalog().stream())),
                        entities.stream()
                                .flatMap(entity -> entity.links().stream())
                                .flatMap(link -> Stream.of(
                                        link.table() + "." + link.ownerColumn(),
                                        link.table() + "." + link.otherColumn())))
                .sorted()
                .toList();
    }

    public String artifact() {
        return model.name();
    }

    public String pkg() {
        return "com.example." + model.name();
    }

    public String directory() {
        return pkg().replace('.', '/');
    }

    public List<EntityView> entities() {
        return entities;
    }

    public Load load() {
        return model.load();
    }

    /** By Little's law as many requests are under way as come in during one answer; twice that leaves room. */
    public int poolSize() {
        long underWay = model.load().peakPerSecond() * model.load().p99().toMillis() / 1000;
        return Math.clamp(2 * underWay, SMALLEST_POOL, LARGEST_POOL);
    }

    /** The least whole number of megabytes that the longest valid body fits in. */
    public String bodyLimit() {
        long largest = model.entities().stream()
                .mapToLong(entity -> entity.fields().stream()
                        .map(FieldModel::type)
                        .mapToLong(type -> type instanceof Text text ? text.max() * BYTES_PER_CHARACTER : 0)
                        .sum())
                .max()
                .orElse(0);
        return (largest / MEGABYTE + 1) + "M";
    }

    public List<EntityView.Rule> rules() {
        return entities.stream()
                .flatMap(entity -> entity.rules().stream())
                .sorted(Comparator.comparing(EntityView.Rule::constraint))
                .toList();
    }
}
