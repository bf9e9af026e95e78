package dev.saywhen.adapter.database;

import dev.saywhen.id.Digest;
import dev.saywhen.plan.ChangeSet;
import dev.saywhen.plan.Proof;
import java.util.List;

/** A process that is in the middle of a change, to be killed. */
public final class MigratingProcess {
    private MigratingProcess() {}

    /** @param arguments url, username, password, fingerprint before */
    public static void main(String[] arguments) throws Exception {
        List<ChangeSet> changeSets =
                DemoDatabase.changeSets("slow", "CREATE TABLE half (id int); SELECT pg_sleep(60);", "DROP TABLE half;");
        Target target = new Target(arguments[0], arguments[1], arguments[2]);
        Proof proof =
                new Proof(target.shown(), new Digest(arguments[3]), Digest.ZERO, 0, List.of(), List.of(), List.of());
        new Migration(target, Migration.Change.APPLY, changeSets, proof, "test", _ -> {}).run(() -> {});
    }
}
