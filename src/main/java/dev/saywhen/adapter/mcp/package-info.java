/**
 * Tools of servers outside that speak the Model Context Protocol, called as effects of a plan. Start at
 * {@link dev.saywhen.adapter.mcp.CallsTools}.
 *
 * <p>What a server says has no authority here: not which of its tools may be called, not what one of them does, and not
 * where to go instead.
 */
@NullMarked
package dev.saywhen.adapter.mcp;

import org.jspecify.annotations.NullMarked;
