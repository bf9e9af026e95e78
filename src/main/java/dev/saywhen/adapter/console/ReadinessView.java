package dev.saywhen.adapter.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a STOP would be heard, as the HTTP API shows it. */
record ReadinessView(
        boolean ready, List<Ear> hearing, @Nullable Drill lastDrill, String sandbox, String status) {
    /** Where a node listens. */
    record Ear(
            String platform,
            String team,
            String node,
            @Nullable String lastHeard,
            List<String> notHeard) {}

    /** A STOP that was tried out. */
    record Drill(String at, long millis, boolean confirmed) {}

    static ReadinessView of(Readiness.Report report) {
        return new ReadinessView(
                report.ready(),
                report.hearing().stream().map(ReadinessView::ear).toList(),
                drill(report.lastDrill()),
                report.sandbox(),
                report.status());
    }

    private static Ear ear(Readiness.Ear ear) {
        return new Ear(ear.platform(), ear.team(), ear.node(), Times.writtenOrNull(ear.lastHeard()), ear.notHeard());
    }

    private static @Nullable Drill drill(Readiness.@Nullable Drill drill) {
        return drill == null
                ? null
                : new Drill(Times.written(drill.at()), drill.took().toMillis(), drill.confirmed());
    }
}
