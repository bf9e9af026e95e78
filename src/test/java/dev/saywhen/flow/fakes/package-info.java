/**
 * Hand-written stand-ins for the ports of the flow: everything that is stored survives a restart of what is wired to it.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code audit}, {@code chat}, {@code engineer}, {@code run}, {@code safety}, {@code flow}.
 */
@NullMarked
package dev.saywhen.flow.fakes;

import org.jspecify.annotations.NullMarked;
