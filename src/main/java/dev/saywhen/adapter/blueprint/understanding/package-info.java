/**
 * From what people said to what a service is: reading, echoing, and asking about the rest.
 *
 * <p>Entry point: {@link dev.saywhen.adapter.blueprint.understanding.Understanding}. The whole talk is read anew each
 * time, so the same messages always give the same answer and nothing has to be remembered. Text is untrusted: what is
 * not letters and digits never becomes a name, and what is quoted back is shortened, lower case and visible.
 *
 * <p>May depend on: {@code blueprint.model}, {@code plan} (how text is made visible).
 */
@NullMarked
package dev.saywhen.adapter.blueprint.understanding;

import org.jspecify.annotations.NullMarked;
