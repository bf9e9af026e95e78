package dev.saywhen.adapter.store;

import dev.saywhen.flow.HearingLog;
import dev.saywhen.id.TeamId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Until when each team was heard, in PostgreSQL. */
@ApplicationScoped
public class PostgresHearingLog implements HearingLog {
    private final HeardTeamRows rows;
    private final Transactions transactions;

    PostgresHearingLog(HeardTeamRows rows, Transactions transactions) {
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    public Optional<Instant> heardUntil(TeamId team) {
        return transactions.in(() -> rows.findByIdOptional(team.toString()).map(HeardTeamRow::heardUntil));
    }

    @Override
    public void record(TeamId team, Instant until) {
        transactions.run(() -> rows.record(team.toString(), until));
    }
}
