package dev.saywhen.boot;

import dev.saywhen.engineer.Engineer;

/** What the bot says of itself. */
final class Help {
    static final String VERSION = "0.1.0";

    private Help() {}

    static String text(String name, Engineer engineer) {
        return """
                I'm %s, Backend Engineer Agent, version %s. I ask, plan in a thread, wait for an exact yes, work in the open, and cease when anyone says `stop`.
                %s
                To begin: mention me with a task. In a run's thread: `plan`, `diff`, `status`, `change ...`, `no`, `withdraw`, `resume`, `cancel`, `whoami`, `!aside ...`.
                I never begin without one of the exact phrases, never merge or deploy, never touch your branches, and never go on after a `stop` until somebody who may says yes again.""".formatted(name, VERSION, engineer.introduction());
    }
}
