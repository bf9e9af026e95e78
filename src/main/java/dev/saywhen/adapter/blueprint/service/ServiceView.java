package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.FieldModel;
import dev.saywhen.adapter.blueprint.model.FieldType.Text;
import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;

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

    ServiceView(ServiceModel model) {
        this.model = model;
        Tables tables = new Tables(model.entities());
        List<EntityView> views = new ArrayList<>();
        for (int i = 0; i < model.entities().size(); i++) {
            views.add(new EntityView(model, model.entities().get(i), pkg(), tables, i + 1));
        }
        this.entities = List.copyOf(views);
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
        return entities.stream().flatMap(entity -> entity.rules().stream()).toList();
    }
}
