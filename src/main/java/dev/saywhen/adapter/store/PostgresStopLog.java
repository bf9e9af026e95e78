package dev.saywhen.adapter.store;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopOrder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** STOPs in PostgreSQL. Recording the same one again, after an answer that got lost, changes nothing. */
@ApplicationScoped
public class PostgresStopLog implements StopLog {
    private final StopRows rows;
    private final Transactions transactions;

    PostgresStopLog(StopRows rows, Transactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public long newestEpoch() {
        return transactions.in(rows::newestEpoch);
    }

    @Override
    public void record(StopOrder order, long epoch, List<RunId> covered) {
        transactions.run(() -> rows.add(StopRow.of(order, epoch, covered)));
    }
}
