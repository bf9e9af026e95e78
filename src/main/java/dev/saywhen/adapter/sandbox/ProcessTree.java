package dev.saywhen.adapter.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All processes of a command, as something that can be killed. */
sealed interface ProcessTree permits NamespaceTree, MarkedTree {
    /**
     * Asks the kernel to kill them all; returns before they are dead.
     *
     * @return how many there were, those of our own that hold the command together not counted
     */
    int kill();

    /** What is still alive after a kill, our own processes included. */
    List<ProcessHandle> survivors();

    /** As a person finds it in a list of processes. */
    static String describe(ProcessHandle process) {
        return comm(process) + ", pid " + process.pid();
    }

    /** A process that only waits for its parent to take note of its end. */
    static boolean isDead(ProcessHandle process) {
        if (!process.isAlive()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException unreadable) {
            return !process.isAlive();
        }
    }

    private static String comm(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
        } catch (IOException gone) {
            return "unknown";
        }
    }
}
