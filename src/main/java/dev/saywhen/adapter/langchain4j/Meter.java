package dev.saywhen.adapter.langchain4j;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.engineer.CannotThink;
import dev.saywhen.id.RunId;
import dev.saywhen.plan.Budget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what models read and write, per run and within it per account: what is thought before a yes, and each plan.
 *
 * <p>Each call is reserved before it is made, with the longest answer that it may get, which is shorter
 * where there is less room; what has no room is not made. What
 * was used stands in the trail, and is read from there when a run is met for the first time, so it outlives the process.
 */
final class Meter {
    private static final int PAGE = 1_000;

    private final ModelSetting setting;
    private final AuditTrail trail;
    private final AuditLog log;
    private final Map<RunId, Book> books = new ConcurrentHashMap<>();

    Meter(ModelSetting setting, AuditTrail trail, AuditLog log) {
        this.setting = setting;
        this.trail = trail;
        this.log = log;
    }

    /**
     * Throws {@link CannotThink} where the account has no room for a call.
     *
     * @param read how many tokens the call reads, about
     * @param least how short its answer may be made to be, in tokens, before it is not worth asking
     * @param most how long its answer may be
     */
    Room reserve(Calls.Account account, long read, int least, int most) {
        return new Room(account, book(account.run()).reserve(account, read, least, most));
    }

    /** All that was used for a run, for people; blank where nothing was. */
    String spent(RunId run) {
        Use all = book(run).all();
        if (all.tokens() == 0) {
            return "";
        }
        return "%,d tokens".formatted(all.tokens())
                + cost(all).map(cost -> ", " + dollars(cost)).orElse("");
    }

    /** What is held free for one call while it is made. */
    final class Room implements AutoCloseable {
        private final Calls.Account account;
        private final Use call;

        private Room(Calls.Account account, Use call) {
            this.account = account;
            this.call = call;
        }

        /** How long the answer may be, in tokens. */
        int written() {
            return Math.toIntExact(call.written());
        }

        /** What the provider says that the call came to. */
        void used(long read, long written) {
            count(new Use(read, written), false);
        }

        /** What a call that did not come to its end probably came to. */
        void usedAbout(long read, long written) {
            count(new Use(read, written), true);
        }

        private void count(Use use, boolean estimated) {
            book(account.run()).used(account.name(), use);
            trail.append(
                    AuditChain.of(account.run()),
                    new AuditEvent.ModelCalled(
                            setting.toString(),
                            account.name(),
                            use.read(),
                            use.written(),
                            estimated,
                            cost(use).orElse(null)));
        }

        @Override
        public void close() {
            book(account.run()).release(account.name(), call);
        }
    }

    private Book book(RunId run) {
        return books.computeIfAbsent(run, this::fromTrail);
    }

    private Book fromTrail(RunId run) {
        Book book = new Book();
        AuditChain chain = AuditChain.of(run);
        long after = 0;
        for (List<AuditRecord> page = log.records(chain, after, PAGE);
                !page.isEmpty();
                page = log.records(chain, after, PAGE)) {
            page.stream().filter(record -> record.type().equals("model-called")).forEach(record -> {
                Map<String, String> facts = record.facts();
                book.used(
                        facts.getOrDefault("account", ""),
                        new Use(number(facts.get("read")), number(facts.get("written"))));
            });
            after = page.getLast().sequence();
        }
        return book;
    }

    private static long number(@Nullable String written) {
        return written == null ? 0 : Long.parseLong(written);
    }

    private Optional<BigDecimal> cost(Use use) {
        return setting.cost(use.read(), use.written());
    }

    private static String dollars(BigDecimal cost) {
        return "$" + cost.setScale(2, RoundingMode.UP);
    }

    /** What one run used and what is reserved for it, by account. */
    private final class Book {
        private final Map<String, Use> used = new HashMap<>(); // guarded by this
        private final Map<String, Use> reserved = new HashMap<>(); // guarded by this

        synchronized Use reserve(Calls.Account account, long read, int least, int most) {
            Use before = used.getOrDefault(account.name(), Use.NONE);
            Use taken =
                    before.plus(reserved.getOrDefault(account.name(), Use.NONE)).plus(new Use(read, 0));
            Budget limit = account.limit();
            if (taken.tokens() + least > limit.tokens()) {
                throw spent(
                        "model tokens",
                        account,
                        "%,d".formatted(before.tokens()),
                        "%,d".formatted(limit.tokens()),
                        "%,d".formatted(read + least));
            }
            long room = Math.min(most, limit.tokens() - taken.tokens());
            BigDecimal money = limit.cost();
            if (money != null) {
                long affordable = setting.written(money.subtract(known(taken)));
                if (affordable < least) {
                    throw spent(
                            "money",
                            account,
                            dollars(known(before)),
                            "$" + money,
                            dollars(known(new Use(read, least))));
                }
                room = Math.min(room, affordable);
            }
            Use call = new Use(read, room);
            reserved.merge(account.name(), call, Use::plus);
            return call;
        }

        private static CannotThink spent(String what, Calls.Account account, String used, String limit, String least) {
            return new CannotThink("The limit of %s for %s is reached: %s of %s used, and the next call takes %s. %s"
                    .formatted(what, account.name(), used, limit, least, account.raise()));
        }

        synchronized void release(String account, Use call) {
            reserved.merge(account, call, Use::minus);
        }

        synchronized void used(String account, Use use) {
            used.merge(account, use, Use::plus);
        }

        synchronized Use all() {
            return used.values().stream().reduce(Use.NONE, Use::plus);
        }

        private BigDecimal known(Use use) {
            return cost(use)
                    .orElseThrow(() -> new CannotThink("A limit of money is set and the model's price is not known."
                            + " Set saywhen.model.input-price and .output-price."));
        }
    }

    /** Tokens. */
    private record Use(long read, long written) {
        static final Use NONE = new Use(0, 0);

        long tokens() {
            return read + written;
        }

        Use plus(Use more) {
            return new Use(read + more.read, written + more.written);
        }

        Use minus(Use less) {
            return new Use(read - less.read, written - less.written);
        }
    }
}
