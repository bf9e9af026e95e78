/**
 * The records of Saywhen in PostgreSQL: runs, plans, messages, the audit trail and the STOPs. Start at
 * {@link dev.saywhen.adapter.store.PostgresRunStore}; the tables stand in {@code db/changelog}.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code audit}, {@code safety}, {@code run}, {@code chat}, {@code flow}, Panache,
 * Jackson.
 */
@NullMarked
package dev.saywhen.adapter.store;

import org.jspecify.annotations.NullMarked;
