package dev.saywhen.engineer;

import dev.saywhen.plan.CommandScope;
import java.util.Optional;

/** How a repository of one sort is tested. Its commands are there to be named by a plan; nothing here runs them. */
public interface Build {
    /** As people call it: {@code Maven}, {@code npm}. */
    String name();

    /** Runs every test. */
    CommandScope suite();

    /** Runs no other tests than those of this file, or none but few where the tool cannot be asked for one file. */
    CommandScope only(String test);

    /**
     * Fetches what the other commands need and do not find without the network; a step of its own in a plan. Absent where
     * nothing is to be fetched.
     */
    Optional<CommandScope> fetch();
}
