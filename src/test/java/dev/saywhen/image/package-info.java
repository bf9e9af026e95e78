/**
 * Builds the container image, by Jib; {@code ./saywhen image} calls {@link dev.saywhen.image.ImageBuild}. It stands among the
 * tests so that the service does not carry Jib along.
 */
@NullMarked
package dev.saywhen.image;

import org.jspecify.annotations.NullMarked;
