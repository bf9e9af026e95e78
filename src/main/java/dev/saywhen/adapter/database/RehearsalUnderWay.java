package dev.saywhen.adapter.database;

import dev.saywhen.safety.CutOff;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal while it goes on: a session that looks at the target, then a throw-away server. A STOP ends what there is of
 * it, waits for what is just being begun, lets nothing more begin, and says what it found left.
 */
final class RehearsalUnderWay implements CutOff, Confinement {
    private static final Duration BEGINNING = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMinutes(2);

    private final Confinement confinement;
    private boolean isCut; // guarded by this
    private @Nullable CompletableFuture<Session> session; // guarded by this
    private @Nullable CompletableFuture<Confined> server; // guarded by this

    RehearsalUnderWay(Confinement confinement) {
        this.confinement = confinement;
    }

    synchronized boolean isCut() {
        return isCut;
    }

    /** A session on the target, in which nothing is changed. */
    Session look(Target target) throws SQLException {
        CompletableFuture<Session> begun = new CompletableFuture<>();
        synchronized (this) {
            if (isCut) {
                throw new SQLException("cut off");
            }
            session = begun;
        }
        try {
            Session opened = Session.open(target, LOOK);
            begun.complete(opened);
            return opened;
        } finally {
            begun.cancel(false); // where it was opened, this changes nothing
        }
    }

    @Override
    public Confined start(List<String> argv, Path folder, Path output) throws IOException {
        CompletableFuture<Confined> begun = new CompletableFuture<>();
        synchronized (this) {
            if (isCut) {
                throw new IOException("cut off");
            }
            server = begun;
        }
        try {
            Confined started = confinement.start(argv, folder, output);
            begun.complete(started);
            return started;
        } finally {
            begun.cancel(false);
        }
    }

    @Override
    public Report cut() {
        CompletableFuture<Session> looking;
        CompletableFuture<Confined> serving;
        synchronized (this) {
            isCut = true;
            looking = session;
            serving = server;
        }
        Report served = ended(serving, "a throw-away database server", Confined::kill);
        Report looked = ended(looking, "a session on the database", RehearsalUnderWay::ended);
        List<String> left = new ArrayList<>(served.survivors());
        left.addAll(looked.survivors());
        return new Report(served.killed(), left);
    }

    private interface Ending<T> {
        Report end(T begun) throws SQLException;
    }

    private static <T> Report ended(@Nullable CompletableFuture<T> begun, String what, Ending<T> ending) {
        if (begun == null || begun.isCancelled()) {
            return Report.NOTHING;
        }
        try {
            return ending.end(begun.get(BEGINNING.toMillis(), TimeUnit.MILLISECONDS));
        } catch (CancellationException never) {
            return Report.NOTHING;
        } catch (TimeoutException | ExecutionException slow) {
            return new Report(0, List.of(what + " that is being begun"));
        } catch (SQLException unreadable) {
            return new Report(0, List.of(what + ", which I could not look for"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Report(0, List.of(what + ", which I could not wait for"));
        }
    }

    private static Report ended(Session session) throws SQLException {
        try {
            session.cancel();
        } catch (SQLException lost) {
            // It is looked for next.
        }
        return session.end() ? Report.NOTHING : new Report(0, List.of("a session on the database"));
    }
}
