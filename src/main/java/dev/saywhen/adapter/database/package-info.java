/**
 * Databases of projects: change sets, rehearsed on a throw-away server and applied in one transaction. Start at
 * {@link dev.saywhen.adapter.database.PostgresRehearsal} and {@link dev.saywhen.adapter.database.AppliesChangeSets}.
 *
 * <p>May depend on: {@code id}, {@code plan}, {@code safety}, {@code engineer}, JDBC and Liquibase's reader of change logs.
 */
@NullMarked
package dev.saywhen.adapter.database;

import org.jspecify.annotations.NullMarked;
