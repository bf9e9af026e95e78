/**
 * Hand-written stand-ins for the ports of the kernel, each small enough to be seen to be right.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code audit}, {@code safety}.
 */
@NullMarked
package dev.saywhen.safety.fakes;

import org.jspecify.annotations.NullMarked;
