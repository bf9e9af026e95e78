package dev.saywhen.adapter.store;

import static dev.saywhen.adapter.store.SomeRecords.NOON;
import static dev.saywhen.adapter.store.SomeRecords.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.id.Platform;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Moment;
import dev.saywhen.safety.StopLog;
import dev.saywhen.safety.StopOrder;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
class PostgresStopLogTest {
    @Inject
    StopLog stops;

    @Inject
    StopRows rows;

    @Inject
    Transactions transactions;

    @Inject
    TestRows database;

    @AfterEach
    void clean() throws SQLException {
        database.clean();
    }

    @Test
    void the_newest_epoch_is_the_highest_whatever_came_last() {
        long before = stops.newestEpoch();

        stops.record(everything("mei"), before + 5, List.of());
        stops.record(everything("mei"), before + 3, List.of());

        assertEquals(before + 5, stops.newestEpoch());
    }

    @Test
    void a_stop_recorded_again_is_there_once_and_another_of_its_epoch_is_not_lost() {
        long epoch = stops.newestEpoch() + 1;
        StopOrder one = new StopOrder(
                new RunId(7), new Moment(new Platform("local"), NOON), "mei", "stop", "#general", message());

        stops.record(one, epoch, List.of(new RunId(7)));
        stops.record(one, epoch, List.of(new RunId(7)));
        stops.record(everything("bo"), epoch, List.of(new RunId(7), new RunId(8)));

        Set<StopRow.Carried> stored = transactions.in(() ->
                rows.list("place.epoch", epoch).stream().map(StopRow::carried).collect(Collectors.toSet()));
        assertEquals(
                Set.of(
                        new StopRow.Carried(one, List.of(new RunId(7))),
                        new StopRow.Carried(everything("bo"), List.of(new RunId(7), new RunId(8)))),
                stored);
    }

    @Test
    void the_database_refuses_to_take_a_stop_back() {
        for (String sql : List.of("update stop_order set epoch = 1", "delete from stop_order", "truncate stop_order")) {
            SQLException refused = assertThrows(SQLException.class, () -> database.sql(sql), sql);
            assertTrue(String.valueOf(refused.getMessage()).contains("append only"), refused::getMessage);
        }
    }

    private static StopOrder everything(String by) {
        return new StopOrder(null, null, by, "stop", "the host", null);
    }
}
