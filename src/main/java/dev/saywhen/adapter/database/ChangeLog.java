package dev.saywhen.adapter.database;

import dev.saywhen.adapter.database.sql.ConcurrentIndex;
import dev.saywhen.adapter.database.sql.Refusals;
import dev.saywhen.adapter.database.sql.Script;
import dev.saywhen.adapter.database.sql.Statement;
import dev.saywhen.plan.ChangeSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.ChecksumVersion;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.core.EmptyChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.exception.ChangeLogParseException;
import liquibase.parser.core.formattedsql.FormattedSqlChangeLogParser;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;

/**
 * A change log in Liquibase's formatted SQL. Liquibase reads and names the change sets, so that its record of them is that
 * of any service; they are cut into statements and run by this package, which knows strings and bodies of functions.
 */
final class ChangeLog {
    /** What one statement may write where the change set does not say. */
    static final long MOST_ROWS = 1_000;

    private static final Pattern ROWS = Pattern.compile("(?m)^--\\s*rows:\\s*(\\d{1,12})\\s*$");

    private ChangeLog() {}

    /**
     * @param file the name under which Liquibase knows it
     * @throws Unfit if it can't be read, has no way back, or holds what is refused
     */
    static List<ChangeSet> read(String file, String text) throws Unfit {
        return read(file, text, Alone.REFUSED);
    }

    /** Whether an index may be built outside of a transaction. */
    enum Alone {
        REFUSED,
        ALLOWED
    }

    static List<ChangeSet> read(String file, String text, Alone alone) throws Unfit {
        DatabaseChangeLog log;
        try {
            log = new FormattedSqlChangeLogParser().parse(file, new ChangeLogParameters(), new OneFile(file, text));
        } catch (ChangeLogParseException unreadable) {
            throw new Unfit("I can't read " + file + " as Liquibase's formatted SQL: " + unreadable.getMessage());
        }
        List<ChangeSet> changeSets = new ArrayList<>();
        for (liquibase.changelog.ChangeSet each : log.getChangeSets()) {
            changeSets.add(new Reading(file, each, alone).changeSet());
        }
        if (changeSets.size() > 1 && changeSets.stream().anyMatch(ChangeSet::standsAlone)) {
            throw new Unfit(
                    "What builds an index CONCURRENTLY is a step of its own: put it into a change log of its own, not with the others of "
                            + file + ".");
        }
        if (changeSets.isEmpty()) {
            throw new Unfit(file + " holds no change set; each begins with a line `--changeset author:id`.");
        }
        return changeSets;
    }

    /** One change set, looked at from all sides. */
    private record Reading(String file, liquibase.changelog.ChangeSet from, Alone alone) {
        private static final String CHANGE = "its change";

        ChangeSet changeSet() throws Unfit {
            refuseAttributes();
            String apply = sql(from.getChanges(), CHANGE);
            List<Change> back = from.getRollback().getChanges();
            if (back.isEmpty() || back.stream().anyMatch(EmptyChange.class::isInstance)) {
                throw unfit("it has no way back: write a `--rollback` with SQL that undoes it");
            }
            String rollback = sql(back, "its rollback");
            String checksum = from.generateCheckSum(ChecksumVersion.latest()).toString();
            ChangeSet changeSet =
                    new ChangeSet(file, from.getAuthor(), from.getId(), checksum, apply, rollback, mostRows(apply));
            if (changeSet.standsAlone() == from.isRunInTransaction()) {
                throw unfit("what builds an index CONCURRENTLY begins with that, and its change set says"
                        + " runInTransaction:false");
            }
            return changeSet;
        }

        private void refuseAttributes() throws Unfit {
            if (from.isAlwaysRun() || from.isRunOnChange()) {
                throw unfit("runAlways and runOnChange make it more than one change; leave them out");
            }
            if (!from.isRunInTransaction() && alone == Alone.REFUSED) {
                throw unfit("runInTransaction:false can't be rolled back; leave it out");
            }
            boolean conditional = (from.getPreconditions() != null
                            && !from.getPreconditions().getNestedPreconditions().isEmpty())
                    || (from.getContextFilter() != null
                            && !from.getContextFilter().isEmpty())
                    || (from.getLabels() != null && !from.getLabels().isEmpty())
                    || (from.getDbmsSet() != null && !from.getDbmsSet().isEmpty())
                    || Boolean.FALSE.equals(from.getFailOnError())
                    || from.isIgnore();
            if (conditional) {
                throw unfit("it depends on conditions, so what was rehearsed need not be what is run; leave them out");
            }
        }

        private String sql(List<Change> changes, String what) throws Unfit {
            List<String> parts = new ArrayList<>();
            for (Change change : changes) {
                if (!(change instanceof AbstractSQLChange sql) || sql.getSql() == null) {
                    throw unfit(what + " is not SQL");
                }
                parts.add(sql.getSql());
            }
            String text = String.join("\n;\n", parts).strip();
            List<Statement> statements;
            try {
                statements = Script.statements(text);
            } catch (IllegalArgumentException unreadable) {
                throw unfit("in " + what + " " + unreadable.getMessage());
            }
            if (statements.isEmpty()) {
                throw unfit(what + " holds no statement");
            }
            if (!from.isRunInTransaction()) {
                return aloneOrThrow(text, statements, what);
            }
            refuse(statements);
            return text;
        }

        private void refuse(List<Statement> statements) throws Unfit {
            for (Statement statement : statements) {
                Optional<String> reason = Refusals.reason(statement);
                if (reason.isPresent()) {
                    throw unfit(reason.get());
                }
            }
        }

        /** The way back is a transaction of its own all the same, and is written as it is run. */
        private String aloneOrThrow(String text, List<Statement> statements, String what) throws Unfit {
            Statement only = statements.getFirst();
            boolean isOne = statements.size() == 1;
            if (isOne && !what.equals(CHANGE) && only.begins("drop", "index")) {
                refuse(statements);
                return text;
            }
            Optional<ConcurrentIndex> index =
                    isOne && what.equals(CHANGE) ? ConcurrentIndex.of(only) : Optional.empty();
            if (index.isEmpty()) {
                throw unfit("runInTransaction:false is for one CREATE INDEX CONCURRENTLY with a name, and a plain DROP"
                        + " INDEX of that name as its rollback; in " + what + " stands something else");
            }
            refuse(Script.statements(index.get().inATransaction()));
            return text;
        }

        private static long mostRows(String apply) {
            Matcher said = ROWS.matcher(apply);
            return said.find() ? Long.parseLong(said.group(1)) : MOST_ROWS;
        }

        private Unfit unfit(String why) {
            return new Unfit("Change set " + from.getAuthor() + ":" + from.getId() + ": " + why + ".");
        }
    }

    /** The only file there is: a change log includes no other and reads nothing. */
    private static final class OneFile extends AbstractResourceAccessor {
        private final String name;
        private final String text;

        OneFile(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public List<Resource> search(String path, boolean recursive) {
            return List.of();
        }

        @Override
        public List<Resource> search(String path, ResourceAccessor.SearchOptions options) {
            return List.of();
        }

        @Override
        public List<Resource> getAll(String path) {
            return path.equals(name) ? List.of(new TextResource(name, text)) : List.of();
        }

        @Override
        public List<String> describeLocations() {
            return List.of(name);
        }

        @Override
        public void close() {}
    }

    private static final class TextResource extends AbstractResource {
        private final String text;

        TextResource(String name, String text) {
            super(name, URI.create("text:/"));
            this.text = text;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream openOutputStream(boolean createIfNeeded) throws IOException {
            throw new IOException("a change log is not written");
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public Resource resolve(String other) {
            return new TextResource(other, "");
        }

        @Override
        public Resource resolveSibling(String other) {
            return new TextResource(other, "");
        }
    }
}
