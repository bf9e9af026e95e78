/**
 * The thinking, and what it may hold while it thinks. Start at {@link dev.saywhen.engineer.Engineer}.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code run}, {@code safety}.
 */
@NullMarked
package dev.saywhen.engineer;

import org.jspecify.annotations.NullMarked;
