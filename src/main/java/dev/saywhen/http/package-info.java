/**
 * HTTP that can be cut off, and answers that end. Entry points: {@link dev.saywhen.http.CuttableExchange} and
 * {@link dev.saywhen.http.BoundedBody}.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.http;

import org.jspecify.annotations.NullMarked;
