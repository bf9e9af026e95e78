package dev.saywhen.adapter.database;

import dev.saywhen.plan.ChangeSet;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is there before a rehearsal begins. */
sealed interface Ground {
    /** The database that it stands for, for people. */
    String database();

    /** The role that owns it and runs change sets. */
    String role();

    /**
     * Makes the schema in an empty database of the role's.
     *
     * @param owner may do everything there
     * @param plain is the role, in auto-commit
     * @return how many rows it put in that were read somewhere
     */
    int layOut(Connection owner, Connection plain) throws SQLException, Unfit;

    /** Whether there are rows in it that were read somewhere, so that what they hold is not to be told. */
    boolean hasReadRows();

    /** Throws unless this is the schema that it stands for. */
    void check(Schema schema) throws Unfit;

    /**
     * The schema of a target, made again.
     *
     * @param rows statements that put masked rows in; those that don't fit are left out
     */
    record Copy(String database, String role, List<String> statements, Schema schema, List<String> rows)
            implements Ground {
        /** Where sequences stand is not among what is copied, and the rows use their numbers. */
        private static final String PAST_THE_ROWS = """
                SELECT format('SELECT setval(%L, least(greatest(max(%I)::numeric + 1, %s), %s)::bigint) FROM %s
                    HAVING max(%I) IS NOT NULL',
                  pg_get_serial_sequence(a.attrelid::regclass::text, a.attname), a.attname, s.seqmin, s.seqmax,
                  a.attrelid::regclass, a.attname)
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_sequence s
                    ON s.seqrelid = pg_get_serial_sequence(a.attrelid::regclass::text, a.attname)::regclass
                WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                  AND a.attnum > 0 AND NOT a.attisdropped
                  AND pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) IS NOT NULL
                """;

        private static final String UNFINISHED = """
                SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname !~ '^pg_' ORDER BY 1
                """;

        public Copy {
            statements = List.copyOf(statements);
            rows = List.copyOf(rows);
        }

        /**
         * @param connection to the target, in a read-only transaction
         * @param sample how many rows of each table are read
         */
        static Copy of(Connection connection, String target, int sample) throws SQLException, Unfit {
            refuseUnfinishedIndexes(connection);
            return new Copy(
                    target,
                    connection.getMetaData().getUserName(),
                    SchemaCopy.statements(connection),
                    Schema.of(connection),
                    Sample.read(connection, sample, Masks.anew()));
        }

        /** They can't be copied as they are, and are of no use to anybody. */
        private static void refuseUnfinishedIndexes(Connection connection) throws SQLException, Unfit {
            try (Statement statement = connection.createStatement();
                    ResultSet index = statement.executeQuery(UNFINISHED)) {
                if (index.next()) {
                    throw new Unfit(
                            "The index " + index.getString(1) + " is not valid: a build of it did not come to its"
                                    + " end. Drop it (DROP INDEX " + index.getString(1) + "), then I can plan.");
                }
            }
        }

        @Override
        public int layOut(Connection owner, Connection plain) throws SQLException, Unfit {
            List<String> failed = SchemaCopy.make(statements, owner);
            if (!failed.isEmpty()) {
                throw new Unfit("I can't make a copy of this database to try it on: " + failed.getFirst());
            }
            return rows.isEmpty() ? 0 : fill(owner);
        }

        @Override
        public boolean hasReadRows() {
            return !rows.isEmpty();
        }

        private int fill(Connection owner) throws SQLException {
            int fit = 0;
            try (Statement statement = owner.createStatement()) {
                statement.setEscapeProcessing(false);
                for (String row : rows) {
                    try {
                        fit += statement.executeUpdate(row);
                    } catch (SQLException doesNotFit) {
                        // Masked, it is not what a constraint asks for, or what it refers to was not read.
                    }
                }
                List<String> sequences = new ArrayList<>();
                try (ResultSet found = statement.executeQuery(PAST_THE_ROWS)) {
                    while (found.next()) {
                        sequences.add(found.getString(1));
                    }
                }
                for (String sequence : sequences) {
                    try {
                        statement.execute(sequence);
                    } catch (SQLException notOfNumbers) {
                        // One that stays where it is makes numbers that are taken, if anything.
                    }
                }
            }
            return fit;
        }

        @Override
        public void check(Schema made) throws Unfit {
            List<String> differences = schema.changesTo(made);
            if (!differences.isEmpty()) {
                throw new Unfit("I can't make an exact copy of this database to try it on; it differs in "
                        + Schema.few(differences) + ".");
            }
        }
    }

    /** The database that a program keeps for itself, after the change sets that it has had. */
    record Own(List<List<ChangeSet>> had) implements Ground {
        public Own {
            had = List.copyOf(had);
        }

        @Override
        public String database() {
            return "the service's own";
        }

        @Override
        public String role() {
            return "service";
        }

        @Override
        public int layOut(Connection owner, Connection plain) throws SQLException {
            plain.setAutoCommit(false);
            for (List<ChangeSet> step : had) {
                Changes.apply(plain, step);
                plain.commit();
            }
            return 0;
        }

        @Override
        public boolean hasReadRows() {
            return false;
        }

        @Override
        public void check(Schema schema) {
            // It is whatever its change sets made it.
        }
    }
}
