/** Tests of the records in PostgreSQL, against a real one. */
@NullMarked
package dev.saywhen.adapter.store;

import org.jspecify.annotations.NullMarked;
