package dev.saywhen.plan;

import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An immutable plan: what the people in the thread are asked to say yes to, and what is executed.
 *
 * @param brief what it answers
 * @param stepsDone how many of the steps are done and kept from earlier revisions; 0 in a first plan
 * @param head the run's newest commit, on which the work goes on; absent while there is none
 * @param isolation how commands are kept apart, as the sandbox's self-test found it
 * @param news what changed against the revision before, one line each; empty for a first plan
 * @param raises limits of the project's that the yes to this raises, for this run
 */
public record PlanRevision(
        RunId run,
        RevisionNumber number,
        ProjectName project,
        Brief brief,
        Base base,
        int stepsDone,
        @Nullable CommitId head,
        String isolation,
        Outline outline,
        List<String> news,
        List<Raise> raises) {
    public PlanRevision {
        news = List.copyOf(news);
        raises = List.copyOf(raises);
        if (stepsDone < 0 || stepsDone > outline.steps().size()) {
            throw new IllegalArgumentException("no more steps can be done than there are");
        }
    }

    /** A plan that keeps to every limit. */
    public PlanRevision(
            RunId run,
            RevisionNumber number,
            ProjectName project,
            Brief brief,
            Base base,
            int stepsDone,
            @Nullable CommitId head,
            String isolation,
            Outline outline,
            List<String> news) {
        this(run, number, project, brief, base, stepsDone, head, isolation, outline, news, List.of());
    }

    /** The digest of {@link PlanText#canonical}: equal for equal plans and for nothing else. */
    public Digest digest() {
        return Digest.of(PlanText.canonical(this));
    }

    /** The steps that remain to be done, in order. */
    public List<Step> remaining() {
        return outline.steps().subList(stepsDone, outline.steps().size());
    }

    /** Whether it undoes what the run did, instead of building. */
    public boolean takesBack() {
        return outline.steps().stream().allMatch(step -> step.reverted().isPresent());
    }

    /** The commit on which the next step stands. */
    public CommitId tip() {
        return head == null ? base.commit() : head;
    }
}
