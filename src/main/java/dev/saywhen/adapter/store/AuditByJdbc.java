package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.KnownPlace;
import dev.saywhen.id.Digest;
import dev.saywhen.id.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The audit trail read over one connection, beside a living service or without one. It writes nothing. */
public final class AuditByJdbc implements AuditLog, AuditTrail {
    private final Connection connection;

    public AuditByJdbc(Connection connection) {
        this.connection = connection;
    }

    @Override
    public List<AuditRecord> records(AuditChain chain, long after, int limit) {
        String sql = """
                select chain, sequence, time, type, actor, message, facts::text, previous_hash, hash
                from audit_record where chain = ? and sequence > ? order by sequence limit ?
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, chain.toString());
            query.setLong(2, after);
            query.setInt(3, limit);
            List<AuditRecord> records = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    records.add(AuditRow.entry(
                            rows.getString(1),
                            rows.getLong(2),
                            rows.getObject(3, OffsetDateTime.class).toInstant(),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getString(8),
                            rows.getString(9)));
                }
            }
            return records;
        } catch (SQLException unreadable) {
            throw new IllegalStateException("reading chain " + chain, unreadable);
        }
    }

    @Override
    public AuditMark head(AuditChain chain) {
        try (PreparedStatement query =
                connection.prepareStatement("select sequence, hash from audit_head where chain = ?")) {
            query.setString(1, chain.toString());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? new AuditMark(rows.getLong(1), new Digest(rows.getString(2))) : AuditMark.START;
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException("reading the head of chain " + chain, unreadable);
        }
    }

    /** Every chain that has a record, a head or a run, so that one whose records are all gone shows too. */
    @Override
    public List<AuditChain> chains() {
        String sql = """
                select chain from audit_head union select chain from audit_record union select 'run-' || id from run
                """;
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            List<AuditChain> chains = new ArrayList<>();
            while (rows.next()) {
                chains.add(PostgresAuditTrail.chain(rows.getString(1)));
            }
            return PostgresAuditTrail.sorted(chains);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("reading the chains of the audit trail", unreadable);
        }
    }

    /**
     * The records of a run's chain that messages of its thread name: as they were handed to the platform, and where the
     * platform is the local chat also as they stand there.
     */
    public List<KnownPlace> toldOf(RunId run) {
        String sql = """
                select 'message ' || o.key, o.body ->> 'text' from outgoing o join run r on r.thread = o.thread
                where r.id = ? and o.kind = 'message' and o.state = 'delivered'
                union all
                select 'chat message ' || m.id, m.body ->> 'text' from local_message m
                join run r on r.thread like 'local:%:' || m.thread
                where r.id = ? and not m.deleted and m.key is not null
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, run.number());
            query.setLong(2, run.number());
            List<KnownPlace> places = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String text = rows.getString(2);
                    if (text != null) {
                        KnownPlace.in(text, rows.getString(1)).forEach(places::add);
                    }
                }
            }
            return places;
        } catch (SQLException unreadable) {
            throw new IllegalStateException("reading the messages of run " + run, unreadable);
        }
    }

    @Override
    public AuditMark append(AuditChain chain, AuditEvent event) {
        throw new UnsupportedOperationException("this trail is read only");
    }
}
