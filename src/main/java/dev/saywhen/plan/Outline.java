package dev.saywhen.plan;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an engineer proposes: everything in a plan but its number and its base.
 *
 * @param title the work in a few words
 * @param summary counts first, one line each
 * @param verify how the whole is checked
 * @param documents paths of what DOCUMENT writes
 */
public record Outline(
        String title,
        List<String> summary,
        List<PlanPart> parts,
        List<Step> steps,
        Verification verify,
        List<String> documents,
        Scopes scopes,
        Budget budget,
        List<String> notTouched,
        List<String> risks,
        String wayBack,
        AuthorizationRequest request) {
    public Outline {
        summary = List.copyOf(summary);
        parts = List.copyOf(parts);
        steps = List.copyOf(steps);
        documents = List.copyOf(documents);
        notTouched = List.copyOf(notTouched);
        risks = List.copyOf(risks);
        if (!parts.stream().map(PlanPart::kind).toList().equals(List.of(PlanPart.Kind.values()))) {
            throw new IllegalArgumentException("a plan has the four parts, in their order");
        }
        for (int at = 0; at < steps.size(); at++) {
            if (steps.get(at).number() != at + 1) {
                throw new IllegalArgumentException("steps are numbered from 1 without a gap");
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one step");
        }
    }

    /** The same proposal, with more lines at the end of one of its parts. */
    public Outline saying(PlanPart.Kind kind, List<String> lines) {
        List<PlanPart> longer = parts.stream()
                .map(part -> part.kind() == kind
                        ? new PlanPart(
                                kind,
                                Stream.concat(part.lines().stream(), lines.stream())
                                        .toList())
                        : part)
                .toList();
        return new Outline(
                title, summary, longer, steps, verify, documents, scopes, budget, notTouched, risks, wayBack, request);
    }

    /** The same proposal, its budget cut to what the project allows, its commits on the run's own branch. */
    public Outline within(Budget most, String branch) {
        return new Outline(
                title,
                summary,
                parts,
                steps,
                verify,
                documents,
                scopes.on(branch),
                budget.within(most),
                notTouched,
                risks,
                wayBack,
                request);
    }
}
