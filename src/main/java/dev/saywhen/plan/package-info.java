/**
 * What will be done: plan revisions, their steps, scopes, budget and digest. Start at {@link dev.saywhen.plan.PlanRevision}.
 *
 * <p>May depend on: {@code id}.
 */
@NullMarked
package dev.saywhen.plan;

import org.jspecify.annotations.NullMarked;
