/**
 * Wiring: the process from its first line to its last, the one configuration root, the clock, and the start-up checks
 * that refuse to start. Entry point: {@link dev.saywhen.boot.Main}.
 *
 * <p>May depend on: everything.
 */
@NullMarked
package dev.saywhen.boot;

import org.jspecify.annotations.NullMarked;
