package dev.saywhen.adapter.langchain4j;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Raise;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what models read and write and keeps it within limits: of a step, of a plan or the thinking before it, and of all
 * runs of a project.
 *
 * <p>Each call is reserved before it is made under every limit that it falls under, with the longest answer that it may
 * get, which is shorter where there is less room; what has no room is not made. What was used stands in the trail and is
 * read from there each time, so it outlives the process and counts what other nodes did; what is under way on another
 * node is not known here.
 */
final class Meter {
    private final ModelSetting setting;
    private final AuditTrail trail;
    private final ModelUse use;
    private final InstantSource clock;
    private final Map<ProjectName, Purse> purses = new ConcurrentHashMap<>();

    Meter(ModelSetting setting, AuditTrail trail, ModelUse use, InstantSource clock) {
        this.setting = setting;
        this.trail = trail;
        this.use = use;
        this.clock = clock;
    }

    /**
     * Throws {@link CannotThink} where the account has no room for a call.
     *
     * @param read how many tokens the call reads, about
     * @param least how short its answer may be made to be, in tokens, before it is not worth asking
     * @param most how long its answer may be
     */
    Room reserve(Calls.Account account, long read, int least, int most) {
        Purse purse = purses.computeIfAbsent(account.project(), Purse::new);
        return new Room(account, purse, purse.reserve(account, read, least, most));
    }

    /** All that was used for a run, for people; blank where nothing was. */
    String spent(RunId run) {
        Tokens all = use.ofRun(run).values().stream().map(Tokens::of).reduce(Tokens.NONE, Tokens::plus);
        if (all.all() == 0) {
            return "";
        }
        return "%,d tokens".formatted(all.all())
                + cost(all).map(cost -> ", " + dollars(cost)).orElse("");
    }

    /** What is held free for one call while it is made. */
    final class Room implements AutoCloseable {
        private final Calls.Account account;
        private final Purse purse;
        private final Tokens call;

        private Room(Calls.Account account, Purse purse, Tokens call) {
            this.account = account;
            this.purse = purse;
            this.call = call;
        }

        /** How long the answer may be, in tokens. */
        int written() {
            return Math.toIntExact(call.written());
        }

        /** What the provider says that the call came to. */
        void used(long read, long written) {
            count(new Tokens(read, written), false);
        }

        /** What a call that did not come to its end probably came to. */
        void usedAbout(long read, long written) {
            count(new Tokens(read, written), true);
        }

        private void count(Tokens tokens, boolean estimated) {
            try {
                trail.append(
                        AuditChain.of(account.run()),
                        new AuditEvent.ModelCalled(
                                setting.toString(),
                                account.name(),
                                tokens.read(),
                                tokens.written(),
                                estimated,
                                cost(tokens).orElse(null)));
            } catch (RuntimeException notStored) {
                purse.keep(account, tokens);
                throw notStored;
            }
        }

        @Override
        public void close() {
            purse.release(account, call);
        }
    }

    private Optional<BigDecimal> cost(Tokens tokens) {
        return setting.cost(tokens.read(), tokens.written());
    }

    private static String dollars(BigDecimal cost) {
        return "$" + cost.setScale(2, RoundingMode.UP);
    }

    /** What is reserved for the calls of one project that are under way, and what the trail did not take of others. */
    private final class Purse {
        private final ProjectName project;
        private final Map<Place, Tokens> held = new HashMap<>(); // guarded by this

        Purse(ProjectName project) {
            this.project = project;
        }

        /** The trail is read under the lock: a call that ends is either still reserved or already in it. */
        synchronized Tokens reserve(Calls.Account account, long read, int least, int most) {
            Map<String, ModelUse.Sum> ofRun = use.ofRun(account.run());
            long room = most;
            for (Limit limit : account.limits()) {
                Tokens used = used(limit, ofRun);
                Tokens taken = used.plus(held.getOrDefault(place(limit, account.run()), Tokens.NONE));
                room = Math.min(room, room(limit, used, taken.plus(new Tokens(read, 0)), read, least));
            }
            Tokens call = new Tokens(read, room);
            add(account, call);
            return call;
        }

        private Tokens used(Limit limit, Map<String, ModelUse.Sum> ofRun) {
            return switch (limit.over()) {
                case RUN ->
                    ofRun.entrySet().stream()
                            .filter(one -> limit.covers(one.getKey()))
                            .map(one -> Tokens.of(one.getValue()))
                            .reduce(Tokens.NONE, Tokens::plus);
                case PROJECT ->
                    Tokens.of(use.ofProject(
                            project, clock.instant().minus(limit.most().time())));
            };
        }

        synchronized void release(Calls.Account account, Tokens call) {
            add(account, new Tokens(-call.read(), -call.written()));
        }

        /** As if it were under way for ever. */
        synchronized void keep(Calls.Account account, Tokens tokens) {
            add(account, tokens);
        }

        private void add(Calls.Account account, Tokens tokens) {
            for (Limit limit : account.limits()) {
                held.merge(place(limit, account.run()), tokens, Purse::sum);
            }
        }

        /** Nothing is kept of what is nothing. */
        @SuppressWarnings("NullAway") // merge removes where null is given
        private static Tokens sum(Tokens one, Tokens other) {
            Tokens sum = one.plus(other);
            return sum.equals(Tokens.NONE) ? null : sum;
        }
    }

    /** How long an answer may be under one limit; throws {@link CannotThink} where it is too short to ask for. */
    private long room(Limit limit, Tokens used, Tokens taken, long read, int least) {
        long room = limit.most().tokens() - taken.all();
        if (room < least) {
            throw spent(
                    "model tokens",
                    limit,
                    "%,d".formatted(used.all()),
                    "%,d".formatted(limit.most().tokens()),
                    "%,d".formatted(read + least),
                    limit.moreTokens(taken.all() + least));
        }
        BigDecimal money = limit.most().cost();
        if (money == null) {
            return room;
        }
        long affordable = setting.written(money.subtract(known(taken)));
        if (affordable < least) {
            throw spent(
                    "money",
                    limit,
                    dollars(known(used)),
                    "$" + money,
                    dollars(known(new Tokens(read, least))),
                    limit.moreMoney(known(taken.plus(new Tokens(0, least)))));
        }
        return Math.min(room, affordable);
    }

    private static CannotThink spent(
            String what, Limit limit, String used, String most, String least, Optional<Raise> raise) {
        String todo = raise.map(more -> "The next plan asks for " + more.shown() + ", for this run only.")
                .orElse(limit.todo());
        return new CannotThink(
                "The limit of %s for %s is reached: %s of %s used, and the next call takes %s. %s"
                        .formatted(what, limit.name(), used, most, least, todo),
                raise.stream().toList());
    }

    private BigDecimal known(Tokens tokens) {
        return cost(tokens)
                .orElseThrow(() -> new CannotThink("A limit of money is set and the model's price is not known."
                        + " Set saywhen.model.input-price and .output-price."));
    }

    private static Place place(Limit limit, RunId run) {
        return switch (limit.over()) {
            case RUN -> new Place(run.toString(), limit.name());
            case PROJECT -> new Place("", limit.name());
        };
    }

    /** Where something is reserved: a run, or none for the project, and a limit's name. */
    private record Place(String run, String name) {}

    private record Tokens(long read, long written) {
        static final Tokens NONE = new Tokens(0, 0);

        static Tokens of(ModelUse.Sum sum) {
            return new Tokens(sum.read(), sum.written());
        }

        long all() {
            return read + written;
        }

        Tokens plus(Tokens more) {
            return new Tokens(read + more.read, written + more.written);
        }
    }
}
