/**
 * The console: the page, the read-only HTTP API of runs, the operator's STOP, and the door that every request passes.
 * Start at {@code Doorkeeper} for who may come in and at {@code RunResource} for what is shown.
 *
 * <p>May depend on: the core packages, Jakarta REST and CDI, Jackson, Vert.x. Knows no other adapter.
 */
@NullMarked
package dev.saywhen.adapter.console;

import org.jspecify.annotations.NullMarked;
