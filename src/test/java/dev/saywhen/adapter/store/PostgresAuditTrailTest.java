package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.ANA;
import static dev.saywhen.adapter.store.SomeRecords.ODD_TEXT;
import static dev.saywhen.adapter.store.SomeRecords.message;
import static dev.saywhen.adapter.store.SomeRecords.opening;
import static dev.saywhen.adapter.store.SomeRecords.thread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditLog;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditRecord;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.AuditVerifier;
import dev.saywhen.audit.AuditVerifier.Verdict;
import dev.saywhen.audit.KnownPlace;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.flow.RunStore;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RunId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class PostgresAuditTrailTest {
    private static final int THREADS = 20;
    private static final int EACH = 10;
    private static final AtomicLong NEXT_CHAIN = new AtomicLong(TestRows.FIRST_CHAIN);

    @Inject
    AuditTrail trail;

    @Inject
    AuditLog log;

    @Inject
    ModelUse use;

    @Inject
    RunStore runs;

    @Inject
    TestRows database;

    private final AuditChain chain = AuditChain.of(new RunId(NEXT_CHAIN.getAndIncrement()));

    @AfterEach
    void clean() throws SQLException {
        database.clean();
    }

    @Test
    void a_chain_that_was_never_written_has_its_head_at_the_start() {
        assertEquals(AuditMark.START, trail.head(chain));
        assertEquals(List.of(), log.records(chain, 0, 10));
    }

    @Test
    void a_record_comes_back_with_everything_that_is_in_its_hash() {
        MessageId message = message();

        AuditMark mark = trail.append(chain, new AuditEvent.Said(ANA, message, "answer", ODD_TEXT));

        AuditRecord read = log.records(chain, 0, 10).getFirst();
        assertEquals(mark, read.mark());
        assertEquals(mark, trail.head(chain));
        assertEquals(read.hash(), read.computedHash());
        assertEquals(ODD_TEXT, read.facts().get("text"));
        assertEquals(ANA.toString(), read.actor());
        assertEquals(message.toString(), read.message());
        assertEquals(read.time().truncatedTo(ChronoUnit.MICROS), read.time());
    }

    @Test
    void what_models_used_is_summed_by_account_and_over_the_runs_of_a_project() {
        String project = "use-" + chain;
        AuditChain other = AuditChain.of(new RunId(NEXT_CHAIN.getAndIncrement()));
        Instant before = Instant.now().minusSeconds(60);
        for (AuditChain one : List.of(chain, other)) {
            trail.append(one, new AuditEvent.RunOpened(ANA, message(), project, "mend it"));
            trail.append(one, new AuditEvent.ModelCalled("m", "planning", 100, 10, false, new BigDecimal("0.25")));
        }
        trail.append(chain, new AuditEvent.ModelCalled("m", "r1", 30, 3, true, null));
        trail.append(chain, new AuditEvent.ModelCalled("m", "r1", 40, 4, false, new BigDecimal("0.5")));

        RunId run = ((AuditChain.OfRun) chain).run();
        assertEquals(
                Map.of(
                        "planning", new ModelUse.Sum(1, 100, 10, new BigDecimal("0.25"), 0),
                        "r1", new ModelUse.Sum(2, 70, 7, new BigDecimal("0.5"), 1)),
                use.ofRun(run));
        assertEquals(
                new ModelUse.Sum(4, 270, 27, new BigDecimal("1.00"), 1),
                use.ofProject(new ProjectName(project), before));
        assertEquals(
                0,
                use.ofProject(new ProjectName(project), Instant.now().plusSeconds(60))
                        .calls());
        assertEquals(Map.of(), use.ofRun(new RunId(NEXT_CHAIN.getAndIncrement())));
    }

    @Test
    void records_come_oldest_first_from_where_one_asks() {
        for (int at = 1; at <= 5; at++) {
            trail.append(chain, new AuditEvent.ServiceNoted("note " + at));
        }

        assertEquals(
                List.of(3L, 4L),
                log.records(chain, 2, 2).stream().map(AuditRecord::sequence).toList());
    }

    @Test
    void chains_come_installation_first_and_then_by_run() {
        trail.append(chain, new AuditEvent.ServiceNoted("something"));
        trail.append(AuditChain.installation(), new AuditEvent.ServiceNoted("start"));

        List<AuditChain> chains = log.chains();

        assertEquals(AuditChain.installation(), chains.getFirst());
        assertTrue(chains.contains(chain));
        assertEquals(
                chains.stream()
                        .skip(1)
                        .map(one -> ((AuditChain.OfRun) one).run())
                        .sorted()
                        .toList(),
                chains.stream()
                        .skip(1)
                        .map(one -> ((AuditChain.OfRun) one).run())
                        .toList());
    }

    @Test
    void a_chain_that_many_append_to_at_once_has_no_gap_and_holds() throws Exception {
        List<List<AuditMark>> marks = Race.of(
                THREADS,
                thread -> () -> LongStream.range(0, EACH)
                        .mapToObj(
                                at -> trail.append(chain, new AuditEvent.Observed("thread " + thread, "record " + at)))
                        .toList());

        Set<Long> sequences =
                marks.stream().flatMap(List::stream).map(AuditMark::sequence).collect(Collectors.toSet());
        assertEquals(LongStream.rangeClosed(1, THREADS * EACH).boxed().collect(Collectors.toSet()), sequences);
        assertEquals(
                new Verdict.Holds(trail.head(chain)),
                new AuditVerifier(log, trail)
                        .verify(
                                chain,
                                marks.stream()
                                        .flatMap(List::stream)
                                        .map(mark -> KnownPlace.of(mark, "whoever appended it"))
                                        .toList()));
    }

    @Test
    void a_chain_holds_while_others_append_to_it() throws Exception {
        List<Boolean> held = Race.of(4, thread -> () -> {
            for (int at = 0; at < 30; at++) {
                if (thread > 0) {
                    trail.append(chain, new AuditEvent.Observed("thread " + thread, "record " + at));
                } else if (!(new AuditVerifier(log, trail).verify(chain, List.of()) instanceof Verdict.Holds)) {
                    return false;
                }
            }
            return true;
        });

        assertEquals(List.of(true, true, true, true), held);
    }

    @Test
    void in_a_transaction_of_the_callers_a_record_goes_the_way_of_the_transaction() {
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    trail.append(chain, new AuditEvent.ServiceNoted("never"));
                    throw new IllegalStateException("rolled back");
                }));

        assertEquals(AuditMark.START, trail.head(chain));
        assertEquals(List.of(), log.records(chain, 0, 10));
    }

    @Test
    void the_database_refuses_to_change_remove_or_empty_the_trail() {
        AuditMark mark = trail.append(chain, new AuditEvent.ServiceNoted("kept"));

        for (String sql : List.of(
                "update audit_record set type = 'other'",
                "delete from audit_record",
                "truncate audit_record",
                "delete from audit_head",
                "truncate audit_head")) {
            SQLException refused = assertThrows(SQLException.class, () -> database.sql(sql), sql);
            assertTrue(String.valueOf(refused.getMessage()).contains("append only"), refused::getMessage);
        }
        for (String sql : List.of("set sequence = 0", "set hash = '0'", "set chain = 'run-0', sequence = 9")) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> database.sql("update audit_head " + sql + " where chain = '" + chain + "'"),
                    sql);
            assertTrue(String.valueOf(refused.getMessage()).contains("forward only"), refused::getMessage);
        }
        assertEquals(
                List.of(mark),
                log.records(chain, 0, 10).stream().map(AuditRecord::mark).toList());
    }

    @Test
    void what_somebody_with_all_rights_did_to_a_chain_shows() throws SQLException {
        for (int at = 1; at <= 5; at++) {
            trail.append(chain, new AuditEvent.ServiceNoted("note " + at));
        }
        AuditVerifier verifier = new AuditVerifier(log, trail);

        for (String facts : List.of("{\"what\":\"note 30\"}", "{\"what\":3}", "{\"what\":null}", "[]", "null", "{}")) {
            tamper("update audit_record set facts = '" + facts + "' where sequence = 3 and chain = ");
            assertEquals(
                    new Verdict.Broken(3, "changed: its content gives another hash than it carries"),
                    verifier.verify(chain, List.of()));
        }
        tamper("delete from audit_record where sequence = 3 and chain = ");
        assertEquals(new Verdict.Broken(3, "missing: the next record is 4"), verifier.verify(chain, List.of()));
        tamper("delete from audit_record where chain = ");
        assertEquals(
                new Verdict.Broken(1, "cut off: the head of the chain is record 5"), verifier.verify(chain, List.of()));
        assertTrue(log.chains().contains(chain));
    }

    @Test
    void a_run_has_a_chain_of_its_own() {
        var run = runs.open(opening(thread()));

        assertTrue(log.chains().contains(AuditChain.of(run.id())));
        assertEquals(
                List.of("run-opened"),
                log.records(AuditChain.of(run.id()), 0, 10).stream()
                        .map(AuditRecord::type)
                        .toList());
    }

    private void tamper(String sqlUpToChain) throws SQLException {
        database.sqlPastTheTriggers("audit_record", sqlUpToChain + "'" + chain + "'");
    }
}
