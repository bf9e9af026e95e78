package dev.saywhen.boot;

import java.util.List;

/** Something the program does instead of serving: {@code ./saywhen NAME ARGUMENTS}. */
@FunctionalInterface
interface Command {

    /**
     * Does it, with what it has to say on the standard output.
     *
     * @param arguments what stood after the command's name
     * @return the exit code: 0 done, 1 not as it should be, 2 called wrongly
     */
    int run(List<String> arguments);
}
