/**
 * Clones, work trees, commits and pushes, by the git command line. Start at {@link dev.saywhen.adapter.git.GitWorkspace}.
 *
 * <p>Everything happens in a git directory of Saywhen's own, {@code repositories/<project>.git} under
 * {@code saywhen.home}; the files of a run are in {@code worktrees/run-<n>}, which holds no git directory. Git knows
 * nothing of the user's environment, configuration, hooks, filters or attributes, on either side.
 *
 * <p>May depend on everything but other adapters and {@code boot}.
 */
@NullMarked
package dev.saywhen.adapter.git;

import org.jspecify.annotations.NullMarked;
