/**
 * What a described service is: entities, fields, types, rules, relations, load. Records that cannot be wrong.
 *
 * <p>Entry point: {@link dev.saywhen.adapter.blueprint.model.ServiceModel}. Whoever holds one may render it without
 * looking again: names are letters and digits, references exist, rules do not contradict each other.
 *
 * <p>May depend on: {@code java}, JSpecify.
 */
@NullMarked
package dev.saywhen.adapter.blueprint.model;

import org.jspecify.annotations.NullMarked;
