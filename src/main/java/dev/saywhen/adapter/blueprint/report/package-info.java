/**
 * What a build left behind, read: Surefire's reports and JaCoCo's.
 *
 * <p>May depend on: {@code engineer}.
 */
@NullMarked
package dev.saywhen.adapter.blueprint.report;

import org.jspecify.annotations.NullMarked;
