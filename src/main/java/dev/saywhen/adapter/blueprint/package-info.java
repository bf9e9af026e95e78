/**
 * The engineer that needs no model: it turns a description of a CRUD-shaped service into a real, tested one.
 *
 * <p>It reads in three moves, each a package of its own: {@code understanding} makes a {@code model} of what people
 * said, {@code service} turns the model into ordered steps of files, {@code report} reads what the build measured.
 * All of it is deterministic and none of it touches a disk or starts a process: writing and running are effects, and
 * those belong to whoever holds a permit.
 *
 * <p>May depend on: the core packages of Saywhen; Qute. No other adapter.
 */
@NullMarked
package dev.saywhen.adapter.blueprint;

import org.jspecify.annotations.NullMarked;
