package dev.saywhen.adapter.console;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.flow.RunStore;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.run.Pending;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.run.RunState.Acting;
import dev.saywhen.run.RunState.Asking;
import dev.saywhen.run.RunState.AwaitingAuthorization;
import dev.saywhen.run.RunState.Cancelled;
import dev.saywhen.run.RunState.Completed;
import dev.saywhen.run.RunState.Failed;
import dev.saywhen.run.RunState.Held;
import dev.saywhen.run.RunState.Planning;
import dev.saywhen.run.RunState.Posting;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts together what is shown of a run: its state, its newest plan, and the yes that stands in the trail. */
@Singleton
final class RunViews {
    private static final int PAGE = 1_000;

    private final RunStore runs;
    private final AuditLog audit;
    private final ModelUse use;

    RunViews(RunStore runs, AuditLog audit, ModelUse use) {
        this.runs = runs;
        this.audit = audit;
        this.use = use;
    }

    RunView of(Run run) {
        RunState state = run.state();
        Optional<PlanRevision> newest = newestPlan(run);
        return new RunView(
                run.id().toString(),
                PlanText.visible(newest.map(plan -> plan.outline().title())
                        .orElseGet(() -> wordsOf(run.brief().task()))),
                run.project().toString(),
                run.thread().platform().toString(),
                run.thread().team().value(),
                run.thread().channel().value(),
                run.thread().root().value(),
                run.requester().toString(),
                Times.written(run.openedAt()),
                state.phase().name(),
                state.name(),
                newest.map(plan -> plan(plan, state)).orElse(null),
                authorization(run),
                state instanceof Held held ? held(held.hold()) : null,
                run.commits().isEmpty() ? null : run.id().branch(),
                run.commits().stream().map(commit -> commit.hash()).toList(),
                cost(run));
    }

    /** Of every call of a model for the run; empty where none was made. */
    private Map<String, Number> cost(Run run) {
        ModelUse.Sum all = use.ofRun(run.id()).values().stream().reduce(ModelUse.Sum.NONE, ModelUse.Sum::plus);
        Map<String, Number> cost = new LinkedHashMap<>();
        if (all.calls() > 0) {
            cost.put("modelCalls", all.calls());
            cost.put("tokensRead", all.read());
            cost.put("tokensWritten", all.written());
            if (all.unpriced() == 0) {
                cost.put("dollars", all.dollars());
            }
        }
        return cost;
    }

    /** A task for a title: without its code, where it has words besides. */
    private static String wordsOf(String task) {
        String words = task.replaceAll("(?s)```.*?(?:```|\\z)", " ").strip();
        return words.isEmpty() ? "change sets or code, see the thread" : words;
    }

    Optional<PlanRevision> newestPlan(Run run) {
        RevisionNumber newest = run.newest();
        return newest == null ? Optional.empty() : runs.plan(run.id(), newest);
    }

    Optional<PlanRevision> plan(Run run, RevisionNumber revision) {
        return runs.plan(run.id(), revision);
    }

    /** The newest revisions, the newest first. */
    List<PlanRevision> plans(Run run, int limit) {
        RevisionNumber newest = run.newest();
        if (newest == null) {
            return List.of();
        }
        return IntStream.iterate(newest.value(), number -> number >= 1, number -> number - 1)
                .mapToObj(number -> runs.plan(run.id(), new RevisionNumber(number)))
                .flatMap(Optional::stream)
                .limit(limit)
                .toList();
    }

    private static RunView.Plan plan(PlanRevision plan, RunState state) {
        Pending pending = state instanceof AwaitingAuthorization awaiting
                        && awaiting.revision().equals(plan.number())
                ? awaiting.pending()
                : null;
        return new RunView.Plan(
                plan.number().value(),
                plan.digest().hex(),
                pending == null ? null : Times.written(pending.postedAt()),
                pending == null ? null : Times.written(pending.expiresAt()),
                plan.outline().request().sentence());
    }

    /** Once a run acts no longer, its yes is only in the trail; a yes to an older plan than the newest is none. */
    private RunView.@Nullable Authorization authorization(Run run) {
        return switch (run.state()) {
            case Asking _, Planning _, Posting _ -> null;
            case AwaitingAuthorization awaiting ->
                awaiting.pending().approvals().isEmpty() ? null : recorded(run, "approved");
            case Acting acting ->
                new RunView.Authorization(
                        acting.yes().by().toString(),
                        acting.yes().phrase(),
                        Times.written(acting.yes().at()),
                        acting.revision().value(),
                        0);
            case Held _, Completed _, Failed _, Cancelled _ -> recorded(run, "permit-minted");
        };
    }

    private RunView.@Nullable Authorization recorded(Run run, String type) {
        RevisionNumber newest = run.newest();
        if (newest == null) {
            return null;
        }
        RunView.Authorization found = null;
        String phrase = null;
        long after = 0;
        for (List<AuditRecord> some = page(run, after); !some.isEmpty(); some = page(run, after)) {
            for (AuditRecord one : some) {
                phrase = one.facts().getOrDefault("phrase", phrase);
                if (one.type().equals(type)
                        && newest.toString().equals(one.facts().get("revision"))) {
                    found = authorization(one, phrase, newest);
                }
            }
            after = some.getLast().sequence();
        }
        return found;
    }

    private static RunView.Authorization authorization(
            AuditRecord said, @Nullable String phrase, RevisionNumber revision) {
        return new RunView.Authorization(
                String.valueOf(said.actor()),
                phrase,
                Times.written(said.time()),
                revision.value(),
                Integer.parseInt(said.facts().getOrDefault("missing", "0")));
    }

    private List<AuditRecord> page(Run run, long after) {
        return audit.records(AuditChain.of(run.id()), after, PAGE);
    }

    private static RunView.Held held(RunState.Hold hold) {
        return new RunView.Held(hold.by(), Times.written(hold.at()), hold.words());
    }
}
