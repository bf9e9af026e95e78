package dev.saywhen.phase;

import dev.saywhen.audit.AuditMark;
import dev.saywhen.chat.Card;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.Outline;
import dev.saywhen.plan.PlanPart;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.PlanText;
import dev.saywhen.run.Run;
import dev.saywhen.safety.Approvers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan as messages: the whole plan first, its head with the exact request last. */
final class PlanMessages {
    private static final DateTimeFormatter UNTIL =
            DateTimeFormatter.ofPattern("EEE HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int LONGEST_PART = 15_000;

    private final PlanRevision plan;
    private final @Nullable PlanRevision before;
    private final Run run;

    PlanMessages(PlanRevision plan, @Nullable PlanRevision before, Run run) {
        this.plan = plan;
        this.before = before;
        this.run = run;
    }

    /** The keys under which the messages of a revision are sent, the head's last. */
    static String keyPrefix(Run run, RevisionNumber revision) {
        return "run-" + run.id() + "/plan/" + revision + "/";
    }

    List<Outgoing> render(Approvers.Policy policy, Instant until, AuditMark mark) {
        String prefix = keyPrefix(run, plan.number());
        List<Outgoing> messages = new ArrayList<>();
        List<String> parts = split(withoutRequest(PlanText.canonical(plan)));
        for (int at = 0; at < parts.size(); at++) {
            messages.add(new Outgoing.Message(
                    prefix + (at + 1), run.thread(), Outgoing.Purpose.NOTE, parts.get(at), at == 0 ? card() : null));
        }
        messages.add(new Outgoing.Message(
                prefix + "head", run.thread(), Outgoing.Purpose.PLAN, head(policy, until, mark), null));
        return messages;
    }

    private String head(Approvers.Policy policy, Instant until, AuditMark mark) {
        Outline outline = plan.outline();
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.number() + ", " + plan.project() + ": " + PlanText.visible(outline.title()));
        outline.summary().forEach(line -> lines.add(PlanText.visible(line)));
        if (plan.stepsDone() > 0) {
            lines.add("Steps 1 to %d are done and kept. Remaining: %s."
                    .formatted(
                            plan.stepsDone(), plan.remaining().isEmpty() ? "the checks and the documents" : titles()));
        }
        lines.add("At most " + most(outline.budget()) + ". Commands: " + plan.isolation() + ".");
        plan.raises().forEach(raise -> lines.add("Asks for more: " + raise + "."));
        if (!outline.notTouched().isEmpty()) {
            lines.add("Not touched: " + PlanText.visible(String.join(", ", outline.notTouched())) + ".");
        }
        outline.risks().stream().limit(1).forEach(risk -> lines.add("Risk: " + PlanText.visible(risk)));
        lines.add("Way back: " + PlanText.visible(outline.wayBack()));
        if (before != null && !plan.news().isEmpty()) {
            lines.add("New since " + before.number() + ": " + PlanText.visible(String.join("; ", shortNews()))
                    + ". `diff` shows all.");
        }
        lines.add("To say yes: `proceed` here, from %s, until %s. Code %s. Audit %d %s."
                .formatted(
                        who(policy),
                        UNTIL.format(until),
                        plan.digest().code(),
                        mark.sequence(),
                        mark.hash().code()));
        lines.add(outline.request().sentence());
        return String.join("\n", lines);
    }

    private static String most(Budget budget) {
        String tokens = budget.tokens() == 0 ? "" : ", %,d model tokens".formatted(budget.tokens());
        return PlanText.spoken(budget.time()) + tokens + (budget.cost() == null ? "" : ", $" + budget.cost());
    }

    private List<String> shortNews() {
        return plan.news().size() <= 4
                ? plan.news()
                : List.of(
                        plan.news().get(0),
                        plan.news().get(1),
                        plan.news().get(2),
                        "and " + (plan.news().size() - 3) + " more");
    }

    private String titles() {
        return PlanText.visible(String.join(
                "; ", plan.remaining().stream().map(step -> step.title()).toList()));
    }

    private String who(Approvers.Policy policy) {
        String people = policy.anyone() ? "anyone on this chat" : policy.named();
        String except = policy.secondPerson() ? " (not " + requesters() + ", who asked)" : "";
        return (people.isEmpty() ? "nobody: no approvers are configured" : people)
                + except
                + (policy.approvals() > 1 ? ", " + policy.approvals() + " people" : "");
    }

    private String requesters() {
        return Stream.concat(Stream.of(run.requester()), run.changers().stream())
                .distinct()
                .map(actor -> "@" + actor.user())
                .collect(Collectors.joining(" or "));
    }

    private Card card() {
        List<Card.Section> sections = new ArrayList<>();
        for (PlanPart part : plan.outline().parts()) {
            sections.add(new Card.Section(
                    part.kind().heading(),
                    part.lines().stream().map(PlanText::visible).toList()));
        }
        sections.add(new Card.Section(
                "Steps",
                plan.outline().steps().stream()
                        .map(step -> step.number() + ". " + PlanText.visible(step.title()))
                        .toList()));
        return new Card(
                "plan",
                "Plan " + plan.number() + ": " + PlanText.visible(plan.outline().title()),
                sections);
    }

    private static String withoutRequest(String canonical) {
        String trimmed = canonical.strip();
        return trimmed.substring(0, trimmed.lastIndexOf('\n')).strip();
    }

    /** Splits at line ends, so that no part is longer than a platform takes. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String line : shortened(text.split("\n", -1))) {
            if (part.length() + line.length() > LONGEST_PART && !part.isEmpty()) {
                parts.add(part.toString().strip());
                part.setLength(0);
            }
            part.append(line).append('\n');
        }
        parts.add(part.toString().strip());
        return parts;
    }

    /** A line that no message could hold goes on in the next one, quoted as it was. */
    private static List<String> shortened(String[] lines) {
        List<String> shortened = new ArrayList<>();
        for (String line : lines) {
            String rest = line;
            while (rest.length() > LONGEST_PART - 1) {
                int end = LONGEST_PART - 1;
                end = Character.isHighSurrogate(rest.charAt(end - 1)) ? end - 1 : end;
                shortened.add(rest.substring(0, end));
                rest = (line.startsWith(">") ? ">   " : "  ") + rest.substring(end);
            }
            shortened.add(rest);
        }
        return shortened;
    }
}
