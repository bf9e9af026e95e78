/**
 * A message's way through the service. Start at {@link dev.saywhen.flow.Inbox}.
 *
 * <p>May depend on: {@code id}, {@code words}, {@code plan}, {@code audit}, {@code run}, {@code chat}, {@code phase}, {@code safety}, {@code engineer}.
 */
@NullMarked
package dev.saywhen.flow;

import org.jspecify.annotations.NullMarked;
