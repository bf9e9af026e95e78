/** The chart in {@code helm/}, linted and rendered by Helm itself, without a cluster. */
@NullMarked
package dev.saywhen.helm;

import org.jspecify.annotations.NullMarked;
