package dev.saywhen.boot.postgres;

import dev.saywhen.boot.home.Home;
import dev.saywhen.boot.home.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of this installation's own, on a port of the loopback address, its records in the home.
 *
 * <p>It lives from {@link #start} to {@link #close}. A server that a killed service left behind is ended by the next
 * start, with whatever statements it still ran, and the folder is opened anew: never two servers on one folder.
 */
public final class EmbeddedServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern REASON = Pattern.compile("(FATAL|PANIC|error): .*|could not .*");
    private static final String HELD_MEMORY = "is still in use";
    private static final int ATTEMPTS = 5;
    private static final long FIRST_START_BYTES = 300_000_000;
    private static final long LATER_START_BYTES = 50_000_000;

    private final Path folder;
    private final DataFolder data;
    private final ServerPrograms programs;
    private final DatabaseAccess superuser;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServer(Path folder, DataFolder data, ServerPrograms programs, DatabaseAccess superuser, int port) {
        this.folder = folder;
        this.data = data;
        this.programs = programs;
        this.superuser = superuser;
        this.port = port;
    }

    /**
     * Starts the server, on a new data folder at first and on the kept one ever after.
     *
     * @param home claimed, and kept claimed until the server is closed
     * @throws StartRefused with what to do, if it does not come up
     */
    public static EmbeddedServer start(Home home) {
        try {
            return new Starting(home).start();
        } catch (IOException e) {
            throw refused(home, e);
        }
    }

    /** PostgreSQL's own programs, unpacked into the cache where they are not there yet. */
    public static Path programs(Path cache) throws IOException {
        return ServerBinaries.unpacked(cache).folder();
    }

    /** The way into a server that another process started on this home, if one lives and lets us in. */
    public static Optional<DatabaseAccess> running(Path home, String database) {
        Path folder = home.resolve("postgres");
        try {
            Optional<DataFolder.Owner> owner = new DataFolder(folder.resolve("data")).owner();
            Optional<String> password = new PasswordFile(folder, checked(database)).password();
            if (owner.isEmpty() || owner.get().port().isEmpty() || password.isEmpty()) {
                return Optional.empty();
            }
            DatabaseAccess access =
                    DatabaseAccess.local(owner.get().port().getAsInt(), database, database, password.get());
            return letsIn(access) ? Optional.of(access) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public int port() {
        return port;
    }

    /**
     * The way into a database of this name, made if it is missing: owned by a role of the same name that is no
     * superuser and may log in to no other.
     *
     * @param name lower case letters, digits and underscores
     */
    public DatabaseAccess database(String name) {
        try {
            PasswordFile file = new PasswordFile(folder, checked(name));
            boolean known = file.password().isPresent();
            DatabaseAccess access = DatabaseAccess.local(port, name, name, file.passwordMadeIfMissing());
            if (!known || !letsIn(access)) {
                make(access);
            }
            return access;
        } catch (IOException | SQLException e) {
            throw new StartRefused(
                    "The database " + name + " could not be made on the embedded PostgreSQL (" + e.getMessage()
                            + "). Its log: " + programs.log(),
                    e);
        }
    }

    /** Ends the server, open connections included. What was committed is on the disk. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && !programs.stop(data.path(), "fast", 60)) {
            programs.stop(data.path(), "immediate", 10);
        }
    }

    private void make(DatabaseAccess access) throws SQLException {
        String name = access.username();
        // Names and password are letters, digits and underscores; DDL takes no parameters.
        String login = " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '" + access.password() + "'";
        try (Connection connection = superuser.login();
                Statement statement = connection.createStatement()) {
            boolean roleKnown = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name);
            statement.execute((roleKnown ? "ALTER ROLE " : "CREATE ROLE ") + name + login);
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + name);
            }
            for (String closed : List.of(name, "postgres", "template1")) {
                statement.execute("REVOKE ALL ON DATABASE " + closed + " FROM PUBLIC");
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static boolean letsIn(DatabaseAccess access) {
        try (Connection connection = access.login()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            // Not there yet, not ours, or not a PostgreSQL: for the caller it is one answer.
            return false;
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a database name is lower case letters, digits, underscores: " + name);
        }
        return name;
    }

    private static StartRefused refused(Home home, IOException e) {
        String what = String.valueOf(e);
        return what.contains("No space left on device")
                ? diskFull(home.path())
                : new StartRefused(
                        "The embedded PostgreSQL under " + home.path() + " cannot be used (" + what + ")", e);
    }

    private static StartRefused diskFull(Path path) {
        return new StartRefused("The disk of " + path + " is full, and PostgreSQL will not start on it. Free some space"
                + " (300 MB for a first start), or choose another folder: ./saywhen -- saywhen.home=FOLDER");
    }

    /** One start, from looking at the folder to the first login. */
    private static final class Starting {
        private final Home home;
        private final Path folder;
        private final DataFolder data;
        private final PasswordFile password;
        private final boolean known;
        private final ServerPrograms programs;

        Starting(Home home) throws IOException {
            this.home = home;
            this.folder = Folders.made(home.postgres(), "rwx--x--x");
            this.data = new DataFolder(folder.resolve("data"));
            this.password = new PasswordFile(folder, SUPERUSER);
            this.known = data.holdsRecords();
            if (Files.getFileStore(folder).getUsableSpace() < (known ? LATER_START_BYTES : FIRST_START_BYTES)) {
                throw diskFull(home.path());
            }
            this.programs = new ServerPrograms(
                    ServerBinaries.unpacked(home.cache()),
                    ServerUser.toServe(data.path()),
                    home.logs().resolve("postgres.log"));
        }

        EmbeddedServer start() throws IOException {
            if (known) {
                endOrphan();
                programs.user().own(data.path());
            } else {
                makeData();
            }
            int port = startOnSomePort();
            EmbeddedServer server =
                    new EmbeddedServer(folder, data, programs, superuser(port, password.passwordMadeIfMissing()), port);
            if (!letsIn(server.superuser)) {
                server.close();
                throw new StartRefused("The PostgreSQL on " + data.path() + " does not take the password in "
                        + password.file() + ". Put back the file that belongs to it, or move both away to begin anew.");
            }
            return server;
        }

        private void makeData() throws IOException {
            DataFolder unfinished = data.unfinished();
            Folders.removeTree(unfinished.path());
            Folders.made(unfinished.path(), "rwx------");
            programs.user().own(unfinished.path());
            // initdb reads it as the server's user, who must not read the file that stays.
            Path handed = folder.resolve("handed.password");
            PasswordFile.write(handed, password.passwordMadeIfMissing());
            programs.user().own(handed);
            long mark = programs.logSize();
            try {
                if (!programs.initialise(unfinished.path(), handed)) {
                    throw refused(programs.loggedSince(mark));
                }
            } finally {
                Files.deleteIfExists(handed);
            }
            unfinished.moveTo(data);
        }

        private int startOnSomePort() throws IOException {
            for (int attempt = 1; ; attempt++) {
                int port = port(attempt);
                data.configure(port, programs.user());
                long mark = programs.logSize();
                if (programs.start(data.path())) {
                    return port;
                }
                String said = programs.loggedSince(mark);
                boolean portTaken = said.contains("could not bind") || said.contains("could not create any TCP/IP");
                // The children of a server that was killed hold its memory for a moment longer.
                boolean endingStill = said.contains(HELD_MEMORY);
                if (attempt == ATTEMPTS || !(portTaken || endingStill)) {
                    programs.stop(data.path(), "immediate", 10);
                    throw refused(said);
                }
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            }
        }

        private int port(int attempt) throws IOException {
            OptionalInt last = data.configuredPort();
            if (attempt == 1 && last.isPresent() && isFree(last.getAsInt())) {
                return last.getAsInt();
            }
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return any.getLocalPort();
            }
        }

        private static boolean isFree(int port) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                return socket.isBound();
            } catch (IOException e) {
                return false;
            }
        }

        /** Ends the server of a service that was killed; a note that only looks like one is removed. */
        private void endOrphan() throws IOException {
            Optional<DataFolder.Owner> owner = data.owner();
            if (owner.isEmpty()) {
                return;
            }
            long pid = owner.get().pid();
            Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
            if (process.isEmpty()) {
                // PostgreSQL sees that for itself.
                return;
            }
            if (servesUs(owner.get()) || runsOnOurFolder(process.get())) {
                end(process.get());
            } else if (process.get().info().command().isPresent() || isZombie(pid)) {
                // Dead, or after a reboot or in a new container the number belongs to somebody else.
                data.forgetOwner();
                programs.user().own(data.path());
            } else {
                throw new StartRefused("Process " + pid + " may be a PostgreSQL on " + data.path()
                        + ", and this user cannot see what it is. End it if it is one, else remove "
                        + data.path().resolve("postmaster.pid") + ", then start again.");
            }
        }

        /** In order if it can be, by force if not: what was committed is on the disk either way. */
        private void end(ProcessHandle orphan) throws IOException {
            if (programs.stop(data.path(), "fast", 15) || programs.stop(data.path(), "immediate", 5)) {
                return;
            }
            orphan.destroyForcibly();
            try {
                orphan.onExit().get(5, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                if (!isZombie(orphan.pid())) {
                    throw new StartRefused("A PostgreSQL of an earlier start (process " + orphan.pid()
                            + ") still runs on " + data.path() + " and cannot be ended. End it, then start again.");
                }
                data.forgetOwner();
                programs.user().own(data.path());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Dead, but nobody has taken note: in a container without a reaping first process that lasts. */
        private static boolean isZombie(long pid) {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                return stat.startsWith(") Z", stat.lastIndexOf(')'));
            } catch (IOException e) {
                // No such process any more, or a system without /proc.
                return false;
            }
        }

        private boolean servesUs(DataFolder.Owner owner) throws IOException {
            Optional<String> known = password.password();
            if (owner.port().isEmpty() || known.isEmpty()) {
                return false;
            }
            try (Connection connection =
                            superuser(owner.port().getAsInt(), known.get()).login();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT current_setting('data_directory')")) {
                return result.next() && data.path().equals(Path.of(result.getString(1)));
            } catch (SQLException e) {
                return false;
            }
        }

        private boolean runsOnOurFolder(ProcessHandle process) {
            String[] arguments = process.info().arguments().orElse(new String[0]);
            return List.of(arguments).contains(data.path().toString());
        }

        private static DatabaseAccess superuser(int port, String password) {
            return DatabaseAccess.local(port, "postgres", SUPERUSER, password);
        }

        private StartRefused refused(String said) {
            if (said.contains("No space left on device")) {
                return diskFull(home.path());
            }
            if (!programs.canRun()) {
                return new StartRefused(
                        "The PostgreSQL that Saywhen brings does not run here as the user it must run as"
                                + " (see " + programs.log()
                                + "). Choose a saywhen.home that other users can reach and programs"
                                + " may be started from, or name a database of your own: quarkus.datasource.jdbc.url");
            }
            if (said.contains(HELD_MEMORY)) {
                return new StartRefused("Processes of an earlier PostgreSQL still hold " + data.path()
                        + ". End them (ps shows them as postgres), then start again.");
            }
            String reason = said.lines()
                    .map(REASON::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::group)
                    .findFirst()
                    .orElse("no reason given");
            return new StartRefused(
                    "PostgreSQL did not start on " + data.path() + " (" + reason + "). Put back a copy of"
                            + " that folder, or move it away to begin anew. Its log: " + programs.log());
        }
    }
}
