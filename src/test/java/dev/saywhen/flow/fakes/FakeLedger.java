package dev.saywhen.flow.fakes;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The trail in memory, chained as the real one is, and readable. */
public final class FakeLedger implements AuditTrail, AuditLog, ModelUse {
    private final Map<String, List<AuditRecord>> chains = new LinkedHashMap<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private final InstantSource clock;
    private final Power power;

    public FakeLedger(InstantSource clock, Power power) {
        this.clock = clock;
        this.power = power;
    }

    /** Every event, over all chains, in the order of their recording. */
    public synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** The types of a run's records, in order. */
    public synchronized List<String> types(RunId run) {
        return chains.getOrDefault(AuditChain.of(run).toString(), List.of()).stream()
                .map(AuditRecord::type)
                .toList();
    }

    @Override
    public AuditMark append(AuditChain chain, AuditEvent event) {
        power.use();
        AuditMark mark = add(chain, event);
        power.count();
        return mark;
    }

    synchronized AuditMark add(AuditChain chain, AuditEvent event) {
        AuditRecord made = AuditRecord.after(newest(chain), chain, event, clock.instant());
        chains.computeIfAbsent(chain.toString(), _ -> new ArrayList<>()).add(made);
        events.add(event);
        return made.mark();
    }

    @Override
    public AuditMark head(AuditChain chain) {
        power.use();
        return newest(chain);
    }

    private synchronized AuditMark newest(AuditChain chain) {
        List<AuditRecord> known = chains.getOrDefault(chain.toString(), List.of());
        return known.isEmpty() ? AuditMark.START : known.getLast().mark();
    }

    @Override
    public synchronized List<AuditRecord> records(AuditChain chain, long after, int limit) {
        return chains.getOrDefault(chain.toString(), List.of()).stream()
                .filter(one -> one.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Map<String, Sum> ofRun(RunId run) {
        Map<String, Sum> use = new TreeMap<>();
        chains.getOrDefault(AuditChain.of(run).toString(), List.of()).stream()
                .filter(one -> one.type().equals("model-called"))
                .forEach(one -> use.merge(one.facts().get("account"), sum(one), Sum::plus));
        return use;
    }

    @Override
    public synchronized Sum ofProject(ProjectName project, Instant since) {
        return chains.values().stream()
                .filter(chain ->
                        project.toString().equals(chain.getFirst().facts().get("project")))
                .flatMap(List::stream)
                .filter(one -> one.type().equals("model-called") && one.time().isAfter(since))
                .map(FakeLedger::sum)
                .reduce(Sum.NONE, Sum::plus);
    }

    private static Sum sum(AuditRecord call) {
        String dollars = call.facts().get("dollars");
        return new Sum(
                1,
                Long.parseLong(call.facts().get("read")),
                Long.parseLong(call.facts().get("written")),
                dollars == null ? BigDecimal.ZERO : new BigDecimal(dollars),
                dollars == null ? 1 : 0);
    }

    @Override
    public synchronized List<AuditChain> chains() {
        return chains.keySet().stream()
                .map(name -> name.equals("installation")
                        ? AuditChain.installation()
                        : AuditChain.of(RunId.parse(name.substring("run-".length()))))
                .toList();
    }
}
