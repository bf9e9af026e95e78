package dev.saywhen.adapter.database;

import dev.saywhen.plan.Loss;
import dev.saywhen.plan.Loss.How;
import dev.saywhen.plan.Loss.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What several rollbacks take, one after the other, as a rehearsal sees it. Each is told by what it is called right before
 * its rollback, and by what it is called before the first of them, where it can be counted.
 */
final class Tolls {
    private final List<List<Loss>> rollbacks = new ArrayList<>();
    private Map<Place, List<Place>> now = new LinkedHashMap<>();

    /** @param start before the first rollback */
    Tolls(Holders start) {
        start.places().forEach(place -> now.put(place, List.of(place)));
    }

    /**
     * The next rollback.
     *
     * @param first what it took of the rows that were there
     * @param again what it took once its change sets had written theirs: as many rows as are its own
     * @param emptied tables of which it left no row
     */
    void add(Toll first, Toll again, Set<String> emptied) {
        List<Loss> ofOthers = new ArrayList<>();
        first.losses().forEach(loss -> ofOthers.add(loss.holding(0)));
        first.missed().stream()
                .filter(again.missed()::contains)
                .forEach(place -> ofOthers.add(new Loss(place, How.ROWS_GO, List.of(), 0)));
        rollbacks.add(new Allowance(again.losses())
                .and(ofOthers).losses().stream()
                        .map(loss -> counted(loss, emptied))
                        .filter(loss -> !isPutBack(loss))
                        .toList());
        now = after(first);
    }

    private Loss counted(Loss loss, Set<String> emptied) {
        boolean isAll =
                loss.how() == How.ROWS_GO && emptied.contains(loss.place().table());
        return loss.counting(places(loss.place())).holding(isAll ? Allowance.ALL : loss.held());
    }

    private boolean isPutBack(Loss loss) {
        return Toll.isPutBack(loss) && places(loss.place()).stream().allMatch(Toll::isKept);
    }

    private List<Place> places(Place place) {
        return now.getOrDefault(place, List.of());
    }

    /** What is made again holds what is in the tables that went for it, or in its own, as far as it is anybody's. */
    private Map<Place, List<Place>> after(Toll toll) {
        Set<Place> gone = new LinkedHashSet<>();
        toll.before().byId().forEach((id, table) -> {
            if (!toll.after().byId().containsKey(id)) {
                gone.addAll(places(table.place()));
            }
        });
        Map<Place, List<Place>> then = new LinkedHashMap<>();
        toll.after().byId().forEach((id, table) -> {
            Holders.Table was = toll.before().byId().get(id);
            List<Place> whole = was == null ? List.copyOf(gone) : places(was.place());
            then.put(table.place(), whole);
            table.columns()
                    .keySet()
                    .forEach(number -> then.put(
                            table.column(number),
                            was == null || !was.columns().containsKey(number) ? whole : places(was.column(number))));
        });
        return then;
    }

    /** For each rollback; with the first, what later ones take is looked at too. */
    List<List<Loss>> losses() {
        List<List<Loss>> all = new ArrayList<>(rollbacks);
        if (!all.isEmpty()) {
            Set<Loss> first = new LinkedHashSet<>(all.getFirst());
            all.stream()
                    .skip(1)
                    .flatMap(List::stream)
                    .filter(Loss::isCountedFirst)
                    .forEach(loss -> loss.now().stream()
                            .filter(place -> place.isTable() == loss.place().isTable())
                            .forEach(place -> first.add(new Loss(place, How.GOES_LATER, List.of(place), 0))));
            all.set(0, List.copyOf(first));
        }
        return all;
    }
}
