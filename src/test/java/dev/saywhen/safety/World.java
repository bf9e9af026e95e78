package dev.saywhen.safety;

import dev.saywhen.audit.AuditTrail;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.RunId;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.PlanSample;
import dev.saywhen.safety.fakes.FakeApprovers;
import dev.saywhen.safety.fakes.FakeBase;
import dev.saywhen.safety.fakes.FakeHandler;
import dev.saywhen.safety.fakes.FakeRevisions;
import dev.saywhen.safety.fakes.FakeTrail;
import dev.saywhen.safety.fakes.PlanWaits;
import dev.saywhen.safety.fakes.TickingClock;
import dev.saywhen.words.ConsentPhrases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A gate among fakes, on a Slack team that is heard: run 7 has posted its plan r1 a minute ago, ana and bo may say yes,
 * tim asked for it.
 */
final class World {
    static final TeamId TEAM = TeamId.parse("slack:T1");
    static final TeamId LOCAL = TeamId.parse("local:local");
    static final RunId RUN = new RunId(7);
    static final ActorId ANA = new ActorId(TEAM, "ana");
    static final ActorId BO = new ActorId(TEAM, "bo");
    static final ActorId TIM = new ActorId(TEAM, "tim");
    static final ThreadId THREAD = thread(TEAM);
    static final Duration READING_TIME = Duration.ofSeconds(10);
    static final CommandResult GREEN =
            new CommandResult(CommandResult.Ending.EXITED, 0, Duration.ofSeconds(1), "", "command-1");

    final TickingClock clock = new TickingClock(Instant.parse("2026-11-24T09:00:00Z"));
    final FakeRevisions revisions = new FakeRevisions();
    final FakeApprovers approvers = new FakeApprovers(ANA, BO);
    final FakeBase base = new FakeBase();
    final FakeTrail trail = new FakeTrail();
    final StopSwitch stops = new StopSwitch(0);
    final FakeHandler<Effect.OpenWorkTree, Boolean> openWorkTree = new FakeHandler<>(true);
    final FakeHandler<Effect.WriteFile, Boolean> writeFile = new FakeHandler<>(true);
    final FakeHandler<Effect.RunCommand, CommandResult> runCommand = new FakeHandler<>(GREEN);
    final FakeHandler<Effect.CommitFiles, CommitId> commitFiles = new FakeHandler<>(PlanSample.COMMIT);
    final FakeHandler<Effect.RevertCommit, CommitId> revertCommit = new FakeHandler<>(PlanSample.COMMIT);
    final FakeHandler<Effect.PublishBranch, Boolean> publishBranch = new FakeHandler<>(true);
    final FakeHandler<Effect.ApplyChangeSets, Boolean> applyChangeSets = new FakeHandler<>(true);
    final FakeHandler<Effect.RollBackChangeSets, Boolean> rollBackChangeSets = new FakeHandler<>(true);
    final FakeHandler<Effect.CallTool, ToolAnswer> callTool =
            new FakeHandler<>(new ToolAnswer(ToolAnswer.Ending.ANSWERED, "found"));
    final Hearing hearing = new Hearing(Duration.ofSeconds(15), clock, Set.of(LOCAL));
    boolean networkShared;
    int callsMade;

    Gate.Ports ports = new Gate.Ports(
            revisions,
            approvers,
            base,
            trail,
            hearing,
            stops,
            new EffectHandlers(
                    openWorkTree,
                    writeFile,
                    runCommand,
                    commitFiles,
                    revertCommit,
                    publishBranch,
                    applyChangeSets,
                    rollBackChangeSets,
                    callTool),
            () -> networkShared,
            (_, _, _) -> callsMade);
    Gate gate = gate(clock);
    private int messages;

    World() {
        stops.track(RUN, false);
        revisions.await(plan(1));
        clock.tick(Duration.ofMinutes(1));
        hearing.heard(TEAM);
    }

    static ThreadId thread(TeamId team) {
        return new ThreadId(new MessageId(new ChannelId(team, "general"), "1"));
    }

    /** A revision of run 7 that was posted in its thread just now. */
    PlanWaits plan(int revision) {
        return plan(revision, THREAD);
    }

    PlanWaits plan(int revision, ThreadId thread) {
        return new PlanWaits(PlanSample.plan(RUN, revision), thread, clock.instant()).requestedBy(TIM);
    }

    /** A plan on the local chat instead, where everybody may say yes. */
    void goLocal() {
        approvers.policy(new Approvers.Policy(true, Set.of(), false, 1));
        revisions.await(plan(1, thread(LOCAL)));
        clock.tick(Duration.ofMinutes(1));
    }

    Gate gate(InstantSource time) {
        return new Gate(ports, new AuthorizationChecks(phrases(), ports, READING_TIME, time), time);
    }

    static ConsentPhrases phrases() {
        return new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
    }

    /** Puts another port in the place of the fake one. */
    void use(Object port) {
        ports = new Gate.Ports(
                port instanceof CurrentRevisions other ? other : ports.revisions(),
                port instanceof Approvers other ? other : ports.approvers(),
                port instanceof BaseCheck other ? other : ports.base(),
                port instanceof AuditTrail other ? other : ports.trail(),
                hearing,
                stops,
                port instanceof EffectHandlers other ? other : ports.handlers(),
                port instanceof Gate.SharedNetwork other ? other : ports.sharedNetwork(),
                port instanceof Gate.CallsMade other ? other : ports.calls());
        gate = gate(clock);
    }

    /** A message in the thread of the run, said now. */
    Says says(ActorId author, String text) {
        return new Says(author, text);
    }

    Decision authorize(Says reply) {
        return gate.authorize(RUN, reply.build());
    }

    /** What ana's plain yes gives; it must be granted. */
    Permit permit() {
        return granted(authorize(says(ANA, "proceed"))).permit();
    }

    static Decision.Granted granted(Decision decision) {
        if (decision instanceof Decision.Granted granted) {
            return granted;
        }
        throw new AssertionError("not granted: " + decision);
    }

    static Denial denied(Decision decision) {
        if (decision instanceof Decision.Denied(Denial denial)) {
            return denial;
        }
        throw new AssertionError("not denied: " + decision);
    }

    static Denial refused(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?>(Denial denial)) {
            return denial;
        }
        throw new AssertionError("not refused: " + outcome);
    }

    static Effect.WriteFile write(String path) {
        return new Effect.WriteFile(RUN, path, "class Book {}");
    }

    static Effect.RunCommand run(String... arguments) {
        return new Effect.RunCommand(RUN, java.util.List.of(arguments), false);
    }

    static Effect.CommitFiles commit(String... paths) {
        SortedMap<String, String> none = new TreeMap<>();
        return new Effect.CommitFiles(
                RUN, PlanSample.PROJECT, PlanSample.COMMIT, java.util.List.of(paths), "Keep books", none);
    }

    StopPull stop(@Nullable RunId run) {
        return stops.pull(
                new StopOrder(run, new Moment(TEAM.platform(), clock.instant()), "mei", "stop", "#ops", null));
    }

    /** A STOP that came by HTTP or from the host: no platform knows when it was said. */
    StopPull stopFromHost(@Nullable RunId run) {
        return stops.pull(new StopOrder(run, null, "root", "stop", "host", null));
    }

    StopPull stopSaid(@Nullable RunId run, Platform platform, Instant said) {
        return stops.pull(new StopOrder(run, new Moment(platform, said), "mei", "stop", "#ops", null));
    }

    /** Builds a reply: new, in the thread of the run, said now by a person. */
    final class Says {
        private final ActorId author;
        private final String text;
        private final Set<Reply.Mark> marks = new HashSet<>();
        private MessageId message;
        private ThreadId thread;
        private Instant said = clock.instant();
        private @Nullable MessageId replyTo;

        private Says(ActorId author, String text) {
            this.author = author;
            this.text = text;
            this.thread = thread(author.team());
            this.message = new MessageId(thread.channel(), "m" + ++messages);
        }

        Says marked(Reply.Mark mark) {
            marks.add(mark);
            return this;
        }

        Says as(MessageId id) {
            message = id;
            return this;
        }

        Says in(ThreadId other) {
            thread = other;
            return this;
        }

        Says at(Instant time) {
            said = time;
            return this;
        }

        Says replyingTo(MessageId other) {
            replyTo = other;
            return this;
        }

        Reply build() {
            return new Reply(message, thread, author, text, said, replyTo, marks);
        }
    }
}
