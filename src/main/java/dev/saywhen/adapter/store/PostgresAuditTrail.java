package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The audit trail in PostgreSQL. In a transaction of the caller's a record is durable when that one is. */
@ApplicationScoped
public class PostgresAuditTrail implements AuditTrail, AuditLog, ModelUse {
    private final AuditChains chains;
    private final AuditHeadRows heads;
    private final AuditRows rows;
    private final Transactions transactions;

    PostgresAuditTrail(AuditChains chains, AuditHeadRows heads, AuditRows rows, Transactions transactions) {
        this.chains = chains;
        this.heads = heads;
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public AuditMark append(AuditChain chain, AuditEvent event) {
        return transactions.in(() -> chains.append(chain, List.of(event)));
    }

    @Override
    public AuditMark head(AuditChain chain) {
        return transactions.in(() -> heads.of(chain));
    }

    @Override
    public List<AuditRecord> records(AuditChain chain, long after, int limit) {
        return transactions.in(() ->
                rows.after(chain, after, limit).stream().map(AuditRow::entry).toList());
    }

    @Override
    public List<AuditChain> chains() {
        return sorted(transactions.in(rows::chains).stream()
                .map(PostgresAuditTrail::chain)
                .toList());
    }

    @Override
    public Map<String, Sum> ofRun(RunId run) {
        return transactions.in(() -> rows.useByAccount(AuditChain.of(run)));
    }

    @Override
    public Sum ofProject(ProjectName project, Instant since) {
        return transactions.in(() -> rows.useOf(project.toString(), since));
    }

    /** The chains that grew since this was asked last, also where the transaction is still open or was rolled back. */
    public Set<AuditChain> grown() {
        return chains.grown();
    }

    /** The installation's chain first, then the runs' by number. */
    static List<AuditChain> sorted(List<AuditChain> chains) {
        return chains.stream()
                .sorted(Comparator.comparingLong(PostgresAuditTrail::order))
                .toList();
    }

    static AuditChain chain(String name) {
        AuditChain installation = AuditChain.installation();
        if (name.equals(installation.toString())) {
            return installation;
        }
        if (!name.startsWith("run-")) {
            throw new IllegalStateException("the audit trail holds a chain of an unknown kind: " + name);
        }
        return AuditChain.of(RunId.parse(name.substring("run-".length())));
    }

    private static long order(AuditChain chain) {
        return switch (chain) {
            case AuditChain.Installation _ -> 0;
            case AuditChain.OfRun(RunId run) -> run.number();
        };
    }
}
