/**
 * Commands, isolated, on a lease.
 *
 * <p>Start at {@link dev.saywhen.adapter.sandbox.SandboxLevel#choose}: it proves what isolation can be had on this
 * machine and hands out the {@link dev.saywhen.adapter.sandbox.Isolation} that starts commands. Three things stand
 * between a command and the world: the file system and the namespaces it is put in ({@code Bubblewrap}, {@code Unshare}),
 * a supervisor outside the service that ends it when the service falls silent ({@code supervise.sh}, {@code Lease}), and
 * the kill, which takes the first process of the command's process namespace and with it all others.
 *
 * <p>What is not limited here: memory and the number of processes are held only as far as an unprivileged service can
 * (a process limit, which does not bind root; the kernel's out-of-memory choice, which is made to fall on the command;
 * sizes of the file systems in memory). The time limit ends the rest. Whoever runs the service in a control group with
 * limits of its own limits the commands too.
 *
 * <p>May depend on: {@code java}, JSpecify, and every package but other adapters and {@code boot}.
 */
@NullMarked
package dev.saywhen.adapter.sandbox;

import org.jspecify.annotations.NullMarked;
