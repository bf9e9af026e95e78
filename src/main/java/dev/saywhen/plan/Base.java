package dev.saywhen.plan;

import dev.saywhen.id.CommitId;

/** What a plan was made against: a branch of the project's repository, at a commit. */
public record Base(String branch, CommitId commit) {}
