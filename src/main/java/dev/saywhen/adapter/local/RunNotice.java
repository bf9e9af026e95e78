package dev.saywhen.adapter.local;

import dev.saywhen.run.Run;

/** That a run changed, and to what. The whole of it is at {@code /api/runs/} and its id. */
record RunNotice(
        String id,
        String project,
        String platform,
        String team,
        String channel,
        String thread,
        String requester,
        String phase,
        String state) {
    static RunNotice of(Run run) {
        return new RunNotice(
                run.id().toString(),
                run.project().toString(),
                run.thread().platform().toString(),
                run.thread().team().value(),
                run.thread().channel().value(),
                run.thread().root().value(),
                run.requester().toString(),
                run.state().phase().name(),
                run.state().name());
    }
}
