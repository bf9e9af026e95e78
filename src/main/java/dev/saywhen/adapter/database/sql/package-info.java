/**
 * SQL as text: cut into statements, and judged by what can be seen without running it. Pure. Start at
 * {@link dev.saywhen.adapter.database.sql.Script}.
 *
 * <p>No parser of PostgreSQL's whole language is attempted: what a change does is found out by doing it on a copy. Here
 * stands only what must not be tried even there, and what people should know beforehand.
 *
 * <p>May depend on: {@code java}.
 */
@NullMarked
package dev.saywhen.adapter.database.sql;

import org.jspecify.annotations.NullMarked;
