package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.adapter.blueprint.model.EntityModel;
import dev.saywhen.adapter.blueprint.model.Link;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change sets of a service's whole history. Each chapter only adds to those before it: a change set that was
 * written once comes out the same for ever.
 */
final class ChangeSets {

    private final Tables tables = new Tables();
    private final List<List<ChangeSet>> chapters = new ArrayList<>();
    private int number;

    /** @param history the service as it was after each request, the newest last */
    ChangeSets(List<ServiceModel> history) {
        for (int at = 0; at < history.size(); at++) {
            ServiceModel now = history.get(at);
            chapters.add(chapter(at == 0 ? Optional.empty() : Optional.of(history.get(at - 1)), now));
        }
    }

    /** Names as the change sets gave them. */
    Tables tables() {
        return tables;
    }

    List<ChangeSet> all() {
        return chapters.stream().flatMap(List::stream).toList();
    }

    /** What the newest chapter added. */
    List<ChangeSet> newest() {
        return chapters.getLast();
    }

    private List<ChangeSet> chapter(Optional<ServiceModel> before, ServiceModel now) {
        List<ChangeSet> added = new ArrayList<>();
        ServiceView view = new ServiceView(now, tables);
        Optional<ServiceView> old = before.map(model -> new ServiceView(model, tables));
        for (EntityView entity : view.entities()) {
            Optional<EntityView> known = old.flatMap(service -> service.entity(entity.type()));
            if (known.isEmpty()) {
                added.add(new SchemaChange(entity).create(next(entity.path())));
            } else {
                new SchemaChange(entity)
                        .since(known.get(), "%03d-change-%s".formatted(number + 1, entity.path()))
                        .ifPresent(change -> {
                            number++;
                            added.add(change);
                        });
            }
        }
        for (EntityModel entity : now.entities()) {
            for (Link link : now.linksOf(entity)) {
                boolean isKnown =
                        before.stream().anyMatch(model -> model.links().contains(link));
                if (!isKnown) {
                    LinkView made = new LinkView(link, tables);
                    added.add(made.create(next(made.table().replace('_', '-'))));
                }
            }
        }
        return List.copyOf(added);
    }

    private String next(String about) {
        number++;
        return "%03d-%s".formatted(number, about);
    }
}
