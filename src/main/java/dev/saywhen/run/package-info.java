/**
 * The life of a request: phases, states, events and the one transition function, {@link dev.saywhen.run.RunMachine}. Pure.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code safety}.
 */
@NullMarked
package dev.saywhen.run;

import org.jspecify.annotations.NullMarked;
