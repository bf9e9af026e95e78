package dev.saywhen.adapter.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Brief;
import dev.saywhen.run.Run;
import dev.saywhen.run.RunState;
import dev.saywhen.run.Undo;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A run as a row: what is asked for in columns, the rest as JSON. */
@Entity
@Table(name = "run")
class RunRow {
    private static final TypeReference<List<ActorId>> ACTORS = new TypeReference<>() {};
    private static final TypeReference<List<MessageId>> MESSAGES = new TypeReference<>() {};
    private static final TypeReference<List<CommitId>> COMMITS = new TypeReference<>() {};

    @Id
    private long id;

    @Column
    private long version;

    @Column(updatable = false)
    private String project;

    @Column(updatable = false)
    private String thread;

    @Column(updatable = false)
    private String requester;

    @Column(updatable = false)
    private Instant openedAt;

    @Column
    private String stateName;

    @Column
    private String phase;

    @Column
    private boolean ended;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String state;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String brief;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String changers;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String heard;

    @Column
    private @Nullable Integer newestRevision;

    @Column
    private int stepsDone;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String commits;

    @Column
    private @Nullable String report;

    @Column
    @ColumnTransformer(write = "cast(? as jsonb)")
    private @Nullable String undo;

    /** For Hibernate. */
    protected RunRow() {}

    static RunRow of(Run run) {
        RunRow row = new RunRow();
        row.id = run.id().number();
        row.project = run.project().value();
        row.thread = run.thread().toString();
        row.requester = run.requester().toString();
        row.openedAt = run.openedAt();
        row.become(run);
        return row;
    }

    /** Takes over everything of the run that can change, its version too. */
    void become(Run run) {
        version = run.version();
        stateName = run.state().name();
        phase = run.state().phase().name();
        ended = run.state().hasEnded();
        state = StoredJson.write(RunState.class, run.state());
        brief = StoredJson.write(Brief.class, run.brief());
        changers = StoredJson.write(ACTORS, run.changers());
        heard = StoredJson.write(MESSAGES, run.heard());
        RevisionNumber newest = run.newest();
        newestRevision = newest == null ? null : newest.value();
        stepsDone = run.work().built();
        Undo back = run.undo();
        undo = back == null ? null : StoredJson.write(Undo.class, back);
        commits = StoredJson.write(COMMITS, run.commits());
        String markdown = run.report();
        report = markdown == null ? null : StoredText.kept(markdown);
    }

    Run run() {
        return new Run(
                new RunId(id),
                new ProjectName(project),
                ThreadId.parse(thread),
                ActorId.parse(requester),
                openedAt,
                new Run.Talk(
                        StoredJson.read(Brief.class, brief, "brief of run " + id),
                        StoredJson.read(ACTORS, changers, "changers of run " + id),
                        StoredJson.read(MESSAGES, heard, "messages of run " + id)),
                new Run.Work(
                        newestRevision == null ? null : new RevisionNumber(newestRevision),
                        stepsDone,
                        StoredJson.read(COMMITS, commits, "commits of run " + id),
                        report == null ? null : StoredText.original(report),
                        undo == null ? null : StoredJson.read(Undo.class, undo, "undo of run " + id)),
                StoredJson.read(RunState.class, state, "state of run " + id),
                version);
    }

    long version() {
        return version;
    }
}
