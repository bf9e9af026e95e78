package dev.saywhen.adapter.store;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database behind the store's back: what an operator or an attacker could do, and cleaning up. */
@ApplicationScoped
class TestRows {
    /** Chains from here on belong to tests and to no run. */
    static final long FIRST_CHAIN = 1_000_000;

    private final AgroalDataSource database;

    TestRows(AgroalDataSource database) {
        this.database = database;
    }

    Connection connection() throws SQLException {
        return database.getConnection();
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            sql(connection, sql);
        }
    }

    void sql(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** What somebody with the rights of the table's owner could do. */
    void sqlPastTheTriggers(String table, String sql) throws SQLException {
        sql("alter table %1$s disable trigger user; %2$s; alter table %1$s enable trigger user".formatted(table, sql));
    }

    /** Takes away everything that a test left: the application and its database are shared with all other tests. */
    void clean() throws SQLException {
        String chains = """
                (chain in (select 'run-' || id from run where requester like 'store-test:%%')
                    or chain ~ '^run-[0-9]+$' and substring(chain from 5)::bigint >= %d)
                """.formatted(FIRST_CHAIN);
        String runs = " in (select id from run where requester like 'store-test:%')";
        sqlPastTheTriggers("audit_record", "delete from audit_record where " + chains);
        sqlPastTheTriggers("audit_head", "delete from audit_head where " + chains);
        sqlPastTheTriggers("plan_revision", "delete from plan_revision where run" + runs);
        sqlPastTheTriggers("used_message", "delete from used_message where run" + runs);
        sql("delete from run where requester like 'store-test:%'");
        sql("delete from outgoing where platform like 'store-test%'");
        sql("delete from kept_message where message like 'store-test:%'");
        sql("delete from local_message where id >= " + PostgresMessageArchiveTest.FIRST_ID);
    }
}
