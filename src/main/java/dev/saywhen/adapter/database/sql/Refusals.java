package dev.saywhen.adapter.database.sql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is not run, not even on a copy: statements that end the transaction, reach out of the database, or are no business
 * of a change set. Whatever is not known is refused.
 *
 * <p>This is no wall: words can be put together at run time. The wall is a role without privileges, on a server that
 * reaches nothing. This saves the attempt and says why.
 */
public final class Refusals {
    private static final Set<String> TRANSACTION =
            Set.of("begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare");
    private static final Set<String> DATA = Set.of("insert", "update", "delete", "merge", "truncate");
    private static final Set<String> PLAIN =
            Set.of("select", "with", "values", "table", "call", "do", "comment", "analyze", "refresh", "lock");
    private static final Set<String> DEFINES = Set.of("create", "alter", "drop");
    private static final Set<String> MODIFIERS = Set.of(
            "or",
            "replace",
            "global",
            "local",
            "temp",
            "temporary",
            "unlogged",
            "unique",
            "recursive",
            "constraint",
            "trusted",
            "procedural",
            "default");
    private static final Set<String> OBJECTS = Set.of(
            "table",
            "index",
            "view",
            "materialized",
            "sequence",
            "type",
            "domain",
            "schema",
            "function",
            "procedure",
            "routine",
            "trigger",
            "policy",
            "rule",
            "statistics",
            "collation",
            "extension");
    private static final Map<String, String> CLOSED = Map.ofEntries(
            Map.entry("role", "roles are not a change set's business"),
            Map.entry("user", "roles are not a change set's business"),
            Map.entry("group", "roles are not a change set's business"),
            Map.entry("database", "databases are not a change set's business"),
            Map.entry("tablespace", "tablespaces are not a change set's business"),
            Map.entry("system", "the server's settings are not a change set's business"),
            Map.entry("language", "a language runs code that no transaction takes back"),
            Map.entry("foreign", "foreign data lies outside this transaction"),
            Map.entry("server", "foreign data lies outside this transaction"),
            Map.entry("subscription", "replication lies outside this transaction"),
            Map.entry("publication", "replication lies outside this transaction"),
            Map.entry("event", "an event trigger acts on everybody's changes and wants a superuser"));
    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");

    /** Extensions whose functions stay inside the database; all are trusted, so that no superuser is needed. */
    static final Set<String> EXTENSIONS = Set.of(
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "fuzzystrmatch",
            "hstore",
            "intarray",
            "isn",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "seg",
            "tablefunc",
            "tcn",
            "tsm_system_rows",
            "unaccent",
            "uuid-ossp");

    private static final Pattern UNTRUSTED = Pattern.compile("pg_(read_|ls_|stat_file|file_|terminate_backend"
            + "|cancel_backend|reload_conf|rotate_logfile|promote|switch_wal|create_restore_point|notify|log_backend"
            + "|logical_|replication_|wal_replay|backup_|try_advisory|advisory|drop_replication|create_.*_slot).*"
            + "|lo_.*|lowrite|dblink.*|set_config|query_to_xml_file|txid_status_reset");

    private Refusals() {}

    /** Why this statement is not run; empty if nothing speaks against trying it on a copy. */
    public static Optional<String> reason(Statement statement) {
        return kind(statement)
                .or(() -> tablespace(statement))
                .or(() -> concurrently(statement))
                .or(() -> inside(statement))
                .map(why -> "`" + statement.brief() + "`: " + why);
    }

    private static Optional<String> kind(Statement statement) {
        String first = statement.word(0);
        if (TRANSACTION.contains(first)) {
            return Optional.of("a change set neither begins nor ends a transaction; I keep the plan's in one");
        }
        if (first.equals("copy")) {
            return Optional.of("COPY reads or writes files, programs or the client; use INSERT");
        }
        if (first.equals("set") || first.equals("reset")) {
            return statement.begins("set", "constraints") || statement.begins("set", "local", "search_path")
                    ? Optional.empty()
                    : Optional.of("a change set changes no settings and no role; name schemas in full");
        }
        if (first.equals("grant") || first.equals("revoke")) {
            return statement.has("on")
                    ? Optional.empty()
                    : Optional.of("membership in roles is not a change set's business");
        }
        if (DEFINES.contains(first)) {
            return object(statement);
        }
        if (first.equals("do")) {
            return language(statement);
        }
        return DATA.contains(first) || PLAIN.contains(first)
                ? Optional.empty()
                : Optional.of("I don't know this kind of statement, so I don't run it");
    }

    private static Optional<String> object(Statement statement) {
        int at = 1;
        while (MODIFIERS.contains(statement.word(at))) {
            at++;
        }
        String object = statement.word(at);
        if (CLOSED.containsKey(object)) {
            return Optional.of(CLOSED.getOrDefault(object, ""));
        }
        if (statement.begins("alter", "default") || statement.begins("drop", "owned")) {
            return Optional.of("rights of roles are not a change set's business; grant on the objects it makes");
        }
        if (!OBJECTS.contains(object)) {
            return Optional.of("I can't compare this kind of object before and after, so I don't change it");
        }
        if (object.equals("extension")) {
            return extension(statement, at);
        }
        boolean makesRoutine = statement.begins("create") && (object.equals("function") || object.equals("procedure"));
        return makesRoutine ? language(statement) : Optional.empty();
    }

    private static Optional<String> extension(Statement statement, int at) {
        int name = at + 1;
        while (Set.of("if", "not", "exists").contains(statement.word(name))) {
            name++;
        }
        String extension =
                name < statement.tokens().size() ? statement.tokens().get(name).text() : "";
        return EXTENSIONS.contains(extension)
                ? Optional.empty()
                : Optional.of(
                        "the extension " + extension + " is not on the list of those that stay inside the database");
    }

    private static Optional<String> language(Statement statement) {
        for (int at = 0; at + 1 < statement.tokens().size(); at++) {
            if (statement.tokens().get(at).is("language")) {
                String language = statement.tokens().get(at + 1).text().replace("'", "");
                if (!LANGUAGES.contains(language.toLowerCase(java.util.Locale.ROOT))) {
                    return Optional.of("code in " + language + " is not run; sql and plpgsql are");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tablespace(Statement statement) {
        return DEFINES.contains(statement.word(0)) && statement.has("tablespace")
                ? Optional.of("where a server keeps its files is not a change set's business")
                : Optional.empty();
    }

    /** Refreshing a materialized view so is an ordinary statement of a transaction. */
    private static Optional<String> concurrently(Statement statement) {
        return statement.has("concurrently") && !statement.begins("refresh")
                ? Optional.of(
                        "CONCURRENTLY can't be part of a transaction, so it can't be rolled back; leave the word out")
                : Optional.empty();
    }

    /** What may be hidden in it: functions that reach out, commands of psql, and in bodies the end of the transaction. */
    private static Optional<String> inside(Statement statement) {
        boolean hasBody = statement.begins("do")
                || (statement.begins("create") && (statement.has("function") || statement.has("procedure")));
        for (Token token : statement.tokens()) {
            if (token.isSymbol("\\")) {
                return Optional.of("commands of psql are no SQL");
            }
            if (hasBody && token.kind() == Token.Kind.DOLLAR_STRING) {
                Optional<String> found = body(token.text());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return reachingOut(statement.tokens());
    }

    private static Optional<String> reachingOut(List<Token> tokens) {
        for (int at = 0; at + 1 < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (token.isName()
                    && tokens.get(at + 1).isSymbol("(")
                    && UNTRUSTED.matcher(token.text()).matches()) {
                return Optional.of(token.text() + " reaches out of this transaction");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> body(String text) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(text);
        } catch (Lexer.Unreadable broken) {
            return Optional.empty(); // PostgreSQL says so better when it is tried
        }
        boolean begins = true;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            if (begins && isEndOfTransaction(tokens, at)) {
                return Optional.of("a body neither begins nor ends a transaction; I keep the plan's in one");
            }
            begins = token.isSymbol(";")
                    || Stream.of("begin", "then", "else", "loop").anyMatch(token::is);
        }
        return reachingOut(tokens);
    }

    private static boolean isEndOfTransaction(List<Token> tokens, int at) {
        boolean verb = tokens.get(at).is("commit") || tokens.get(at).is("rollback");
        boolean whole = at + 1 < tokens.size()
                && (tokens.get(at + 1).isSymbol(";")
                        || tokens.get(at + 1).is("and")
                        || tokens.get(at + 1).is("work")
                        || tokens.get(at + 1).is("transaction"));
        return verb && whole;
    }
}
