package dev.saywhen.flow;

import dev.saywhen.id.RunId;
import java.time.Duration;
import java.util.List;

/**
 * What a STOP did, looked at and written by code.
 *
 * @param confirmed nothing of the runs is alive and no outcome is unknown
 * @param text what people read
 */
public record Receipt(
        boolean confirmed,
        List<RunId> runs,
        String words,
        Duration took,
        int killed,
        List<String> survivors,
        int othersActing,
        String text) {}
