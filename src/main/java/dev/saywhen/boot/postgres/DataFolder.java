package dev.saywhen.boot.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.saywhen.boot.home.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server's data folder, from outside the server: is it there, is it ours, who runs on it, what is configured. */
record DataFolder(Path path) {
    private static final String VERSION = "17";
    private static final String IMPOSSIBLE_PID = Integer.toString(Integer.MAX_VALUE);
    private static final Pattern PORT = Pattern.compile("(?m)^port = (\\d{1,5})$");

    /** The server's own note of who runs on the folder ({@code postmaster.pid}). */
    record Owner(long pid, OptionalInt port) {}

    /** Whether there are records to start from. */
    boolean holdsRecords() throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        Path version = path.resolve("PG_VERSION");
        if (!Files.exists(version)) {
            if (isEmpty()) {
                return false;
            }
            throw new StartRefused(path + " holds files, but none of a PostgreSQL. Move them away, or choose another"
                    + " folder: ./saywhen -- saywhen.home=FOLDER");
        }
        String found = Files.readString(version).strip();
        if (!found.equals(VERSION)) {
            throw new StartRefused("The records in " + path + " were written by PostgreSQL " + found
                    + ", and this Saywhen brings " + VERSION + ". Start the Saywhen they are from, or choose another"
                    + " folder: ./saywhen -- saywhen.home=FOLDER");
        }
        return true;
    }

    /** Where a new folder is made, to be moved into place only when it is whole. */
    DataFolder unfinished() {
        return new DataFolder(path.resolveSibling(path.getFileName() + ".unfinished"));
    }

    void moveTo(DataFolder place) throws IOException {
        // The place is missing or empty; an empty folder is replaced.
        Files.move(path, place.path, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** The port of the last start: clients and notes that know it stay right. */
    OptionalInt configuredPort() throws IOException {
        Path file = path.resolve("postgresql.conf");
        Matcher port = PORT.matcher(Files.exists(file) ? Files.readString(file) : "");
        return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    }

    /** Written at every start, so that what protects the records cannot drift. */
    void configure(int port, ServerUser user) throws IOException {
        write("postgresql.conf", user, """
                # Written by Saywhen at every start; what is changed here does not last.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                allow_alter_system = off
                password_encryption = 'scram-sha-256'

                # A record that was confirmed survives a power cut.
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                # A statement whose client was killed ends too.
                client_connection_check_interval = '500ms'
                max_connections = 60
                shared_buffers = '64MB'
                timezone = 'UTC'

                # Never the text of a statement or of a row: both can hold what people wrote.
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] '
                log_error_verbosity = 'terse'
                log_min_error_statement = 'panic'
                log_checkpoints = off
                """.formatted(port));
        write("pg_hba.conf", user, """
                # Written by Saywhen at every start. Nobody comes in without a password.
                host all all 127.0.0.1/32 scram-sha-256
                """);
    }

    Optional<Owner> owner() throws IOException {
        Path file = ownerFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            // The port is the fourth line; a server that is still starting has not written it yet.
            OptionalInt port = lines.size() > 3
                    ? OptionalInt.of(Integer.parseInt(lines.get(3).strip()))
                    : OptionalInt.empty();
            return Optional.of(new Owner(pid, port));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            // Cut off by a full disk or a crash: no server that lives leaves it so.
            return Optional.empty();
        }
    }

    /**
     * Says that the server of the note is gone, where its number lives on as somebody else's. The rest of the note stays:
     * by it PostgreSQL sees whether children of that server still hold the records, and then refuses to start.
     */
    void forgetOwner() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(ownerFile()));
        lines.set(0, IMPOSSIBLE_PID);
        Path aside = path.resolve("postmaster.pid.new");
        Files.write(aside, lines);
        Files.move(aside, ownerFile(), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private Path ownerFile() {
        return path.resolve("postmaster.pid");
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        }
    }

    private void write(String name, ServerUser user, String text) throws IOException {
        Path aside = path.resolve(name + ".new");
        Files.writeString(aside, text);
        user.own(aside);
        Files.move(aside, path.resolve(name), ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
