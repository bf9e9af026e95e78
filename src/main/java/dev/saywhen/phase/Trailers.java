package dev.saywhen.phase;

import dev.saywhen.audit.AuditMark;
import dev.saywhen.run.Run;
import dev.saywhen.safety.Permit;
import java.util.SortedMap;
import java.util.TreeMap;

/** What every commit of a run says about where it comes from (interfaces.md, Git). */
final class Trailers {
    private Trailers() {}

    static SortedMap<String, String> of(Run run, Permit permit, AuditMark mark) {
        SortedMap<String, String> trailers = new TreeMap<>();
        trailers.put("Saywhen-Run", run.id().toString());
        trailers.put(
                "Saywhen-Plan", permit.plan().number() + " " + permit.plan().digest());
        trailers.put("Authorized-By", permit.authorization().by().toString());
        trailers.put("Saywhen-Audit", mark.toString());
        trailers.put("Saywhen-Thread", run.thread().toString());
        return trailers;
    }
}
