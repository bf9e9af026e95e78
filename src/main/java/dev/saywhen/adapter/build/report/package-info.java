/** What test runners write and print, read back. Start at {@link dev.saywhen.adapter.build.report.Reports}. */
@NullMarked
package dev.saywhen.adapter.build.report;

import org.jspecify.annotations.NullMarked;
