/**
 * Names of things: run, revision, actor, team, channel, thread, message. Records only.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.id;

import org.jspecify.annotations.NullMarked;
