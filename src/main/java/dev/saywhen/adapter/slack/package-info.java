/**
 * Slack: what it tells becomes events of the inbox, what is to be said becomes messages there. Start at
 * {@link dev.saywhen.adapter.slack.Slack}.
 *
 * <p>May depend on: everything of the core; Slack's own client library, Jackson, JAX-RS. Not on other adapters.
 */
@NullMarked
package dev.saywhen.adapter.slack;

import org.jspecify.annotations.NullMarked;
