/**
 * What happened: sealed events and the append-only, hash-chained trail. Start at {@link dev.saywhen.audit.AuditTrail}.
 *
 * <p>May depend on: {@code id}.
 */
@NullMarked
package dev.saywhen.audit;

import org.jspecify.annotations.NullMarked;
