/**
 * The six phases of a run, one file each.
 *
 * <p>May depend on: {@code id}, {@code words}, {@code plan}, {@code audit}, {@code run}, {@code chat}, {@code engineer}, {@code safety}.
 */
@NullMarked
package dev.saywhen.phase;

import org.jspecify.annotations.NullMarked;
