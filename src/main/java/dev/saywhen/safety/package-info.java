/**
 * The kernel: the only way to change anything. Start at {@link dev.saywhen.safety.Gate} and {@link dev.saywhen.safety.StopSwitch}. Pure Java: no framework, no logger, no I/O of its own, no configuration.
 *
 * <p>May depend on: {@code id}, {@code words}, {@code plan}, {@code audit}.
 */
@NullMarked
package dev.saywhen.safety;

import org.jspecify.annotations.NullMarked;
