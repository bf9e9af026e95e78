/**
 * HTTP that can be cut off, answers that end, and requests that must not wait. Entry points:
 * {@link dev.saywhen.http.CuttableExchange}, {@link dev.saywhen.http.BoundedBody} and {@link dev.saywhen.http.PromptThreads}.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.http;

import org.jspecify.annotations.NullMarked;
