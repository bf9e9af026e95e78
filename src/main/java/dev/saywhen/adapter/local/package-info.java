/**
 * The local chat: a chat that Saywhen serves itself, for people on the same machine. Start at {@link
 * dev.saywhen.adapter.local.LocalGateway}, which speaks, and {@code Conversation}, which listens.
 *
 * <p>May depend on: the core packages, Jakarta REST and CDI, Jackson, Mutiny. Knows no other adapter.
 */
@NullMarked
package dev.saywhen.adapter.local;

import org.jspecify.annotations.NullMarked;
