/**
 * The PostgreSQL that Saywhen brings along for when none is configured. Entry point:
 * {@link dev.saywhen.boot.postgres.EmbeddedServer}.
 *
 * <p>Only the binaries of zonky's archive are used. Its Java side is made for throw-away test databases: it starts the
 * server without fsync, lets everybody on the host in without a password and keeps its files in the temporary folder.
 *
 * <p>Runs before the framework does, so it knows none of it. May depend on: {@code java}, JSpecify, {@code boot.home},
 * the PostgreSQL driver, commons-compress and xz.
 */
@NullMarked
package dev.saywhen.boot.postgres;

import org.jspecify.annotations.NullMarked;
