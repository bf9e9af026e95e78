package dev.saywhen.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomStopTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void wherever_a_stop_comes_the_database_is_as_the_receipt_says() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (DemoDatabase demo = new DemoDatabase(folder)) {
            StopPoints points = new StopPoints(demo, 8, SEED);
            for (int round = 0; round < 8; round++) {
                wrong.addAll(points.stopSomewhere().wrong());
            }
        }

        assertEquals(List.of(), wrong, "seed " + SEED);
    }
}
