/**
 * Discord: what it tells becomes events of the inbox, what is to be said becomes messages there. Start at
 * {@link dev.saywhen.adapter.discord.Discord}.
 *
 * <p>May depend on: everything of the core; JDA for the connection, Jackson, the HTTP client of the JDK. Not on other
 * adapters.
 */
@NullMarked
package dev.saywhen.adapter.discord;

import org.jspecify.annotations.NullMarked;
