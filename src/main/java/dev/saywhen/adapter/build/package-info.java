/**
 * How repositories of the usual sorts are built and tested: Maven, Gradle, npm, pytest, Go, Cargo. Start at
 * {@link dev.saywhen.adapter.build.KnownBuilds}. It recognises and reads; what it names is run by whoever has a permit.
 */
@NullMarked
package dev.saywhen.adapter.build;

import org.jspecify.annotations.NullMarked;
