package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Load;
import dev.saywhen.adapter.blueprint.model.Security;
import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a talk is understood to ask for. Of {@code questions}, {@code model} and {@code refusal} exactly one is there.
 *
 * @param base the service as it is; absent where it is to be made
 * @param understood what is clear so far, in the notation, one line each
 * @param questions what is not, in the order of its numbers
 * @param assumptions what was taken because nobody said, as sentences for a plan
 * @param refusal why it cannot be done
 */
public record Understanding(
        List<String> messages,
        Optional<ServiceModel> base,
        List<String> understood,
        List<Question> questions,
        List<String> assumptions,
        Optional<ServiceModel> model,
        Optional<String> refusal) {

    /** What this engineer is and what it is not; the first message of a run says it. */
    public static final String INTRODUCTION =
            "No model is configured, so I build from a blueprint: CRUD-shaped services; for free-form work configure a model.";

    private static final String WHAT_I_DO = " I build CRUD-shaped services from a description of what they keep,"
            + " for example `a library of books with loans`, or"
            + " `Book: title string required max 200, isbn string unique; Author 1-n Book`."
            + " For free-form work configure a model.";

    private static final String WHAT_I_ADD =
            " To this service I add entities, fields and relations, and I loosen rules:"
                    + " for example `Book: pages int min 1`, or `books have many reviews`."
                    + " For free-form work configure a model.";

    private static final String NO_ENTITY = "I have no entity to build a service around." + WHAT_I_DO;

    /** More than this in one message would not be read. */
    private static final int MOST_QUESTIONS = 10;

    /** Every doubt settles something that is finite; this only guards against a slip of ours. */
    private static final int MOST_ASSUMPTIONS = 2_000;

    public Understanding {
        messages = List.copyOf(messages);
        understood = List.copyOf(understood);
        questions = List.copyOf(questions);
        assumptions = List.copyOf(assumptions);
    }

    /**
     * Reads the whole talk about a service that is to be made.
     *
     * @param messages the task without the mention of the bot, then every answer, in order
     */
    public static Understanding read(List<String> messages) {
        return read(messages, Optional.empty());
    }

    /**
     * Reads the whole talk.
     *
     * @param base the service as it is, if there is one to add to
     */
    public static Understanding read(List<String> messages, Optional<ServiceModel> base) {
        Draft draft = draft(messages, base);
        String task = messages.isEmpty() ? "" : messages.getFirst();
        if (draft.saysNothing() && messages.stream().noneMatch(Prose::asksForService)) {
            return refused(messages, base, "I cannot make a service of %s.".formatted(Quoted.words(task)) + WHAT_I_DO);
        }
        List<Doubt> doubts = asked(draft);
        if (doubts.size() == draft.pieces.size() && isAsBefore(draft, base)) {
            return refused(messages, base, "I see nothing to add in %s.".formatted(Quoted.words(task)) + WHAT_I_ADD);
        }
        List<String> assumptions = new ArrayList<>();
        if (base.isEmpty()) {
            loadAssumed(draft).ifPresent(assumptions::add);
        }
        return understanding(messages, base, draft, doubts, assumptions);
    }

    private static boolean isAsBefore(Draft draft, Optional<ServiceModel> base) {
        return base.isPresent() && echo(Model.of(draft, "")).equals(echo(base.get()));
    }

    /** What is taken of the load because nobody said; empty where all of it was said, or nothing was asked yet. */
    private static Optional<String> loadAssumed(Draft draft) {
        boolean asked = draft.loadAsked || draft.peak != null || draft.p99Millis != null || draft.rows != null;
        List<String> assumed = new ArrayList<>();
        if (draft.peak == null) {
            assumed.add("peak %d/s".formatted(Load.USUAL.peakPerSecond()));
        }
        if (draft.p99Millis == null) {
            assumed.add("p99 %d ms".formatted(Load.USUAL.p99().toMillis()));
        }
        if (draft.rows == null) {
            assumed.add("%d rows".formatted(Load.USUAL.rows()));
        }
        return asked && !assumed.isEmpty() ? Optional.of(String.join(", ", assumed)) : Optional.empty();
    }

    /** The same talk with every open question answered by its assumption. */
    public Understanding withDefaults() {
        Draft draft = draft(messages, base);
        List<String> taken = new ArrayList<>(assumptions);
        List<Doubt> doubts = Doubts.of(draft);
        for (int round = 0; round < MOST_ASSUMPTIONS && !doubts.isEmpty(); round++) {
            Optional<Doubt> next = doubts.stream()
                    .filter(doubt -> doubt.assumption().isPresent())
                    .findFirst();
            if (next.isEmpty()) {
                return refused(NO_ENTITY);
            }
            next.get().assumption().ifPresent(taken::add);
            next.get().assume().run();
            doubts = Doubts.of(draft);
        }
        if (doubts.isEmpty() && isAsBefore(draft, base)) {
            return refused("Nothing is left that I could do here." + WHAT_I_ADD);
        }
        return doubts.isEmpty()
                ? understanding(messages, base, draft, List.of(), taken)
                : refused("I cannot make a consistent service of this. Please say it again in fewer words.");
    }

    private Understanding refused(String why) {
        return refused(messages, base, why);
    }

    private static Understanding refused(List<String> messages, Optional<ServiceModel> base, String why) {
        return new Understanding(messages, base, List.of(), List.of(), List.of(), Optional.empty(), Optional.of(why));
    }

    private static Draft draft(List<String> messages, Optional<ServiceModel> base) {
        Draft draft = new Draft();
        base.ifPresent(model -> {
            echo(model).forEach(line -> new Listening(draft, false, List.of()).statement(line));
            draft.base = model;
            draft.entities.forEach(entity -> entity.isThere = true);
        });
        List<Doubt> open = List.of();
        for (int at = 0; at < messages.size(); at++) {
            new Listening(draft, at == 0 && base.isEmpty(), open).hear(messages.get(at));
            draft.loadAsked |= open.stream().anyMatch(doubt -> doubt.kind() == Doubt.Kind.LOAD);
            open = asked(draft);
        }
        return draft;
    }

    /** The doubts that are asked about at once, numbered as they stand here. */
    private static List<Doubt> asked(Draft draft) {
        List<Doubt> doubts = Doubts.of(draft);
        return doubts.size() <= MOST_QUESTIONS ? doubts : doubts.subList(0, MOST_QUESTIONS);
    }

    private static Understanding understanding(
            List<String> messages,
            Optional<ServiceModel> base,
            Draft draft,
            List<Doubt> doubts,
            List<String> assumptions) {
        Optional<ServiceModel> model = doubts.isEmpty()
                ? Optional.of(Model.of(draft, messages.isEmpty() ? "" : messages.getFirst()))
                : Optional.empty();
        return new Understanding(
                messages,
                base,
                model.map(Understanding::echo).orElseGet(() -> echo(draft)),
                doubts.stream()
                        .map(doubt -> new Question(doubt.question(), doubt.assumption()))
                        .toList(),
                assumptions,
                model,
                Optional.empty());
    }

    /** A service in the notation, a line for each thing; read again, it gives the same service. */
    public static List<String> echo(ServiceModel model) {
        List<String> lines = new ArrayList<>();
        lines.add("Service " + model.name());
        model.entities().forEach(entity -> lines.add(Echo.entity(entity)));
        model.relations().forEach(relation -> lines.add(Echo.relation(relation)));
        model.links().forEach(link -> lines.add(Echo.link(link)));
        if (model.security() != Security.NONE) {
            lines.add(Echo.security(model.security()));
        }
        lines.add(Echo.load(model.load()));
        return lines;
    }

    private static List<String> echo(Draft draft) {
        List<String> lines = new ArrayList<>();
        if (draft.service != null && draft.service.matches("[a-z][a-z0-9]{0,39}")) {
            lines.add("Service " + draft.service);
        }
        draft.entities.forEach(entity -> EchoDraft.entity(entity).ifPresent(lines::add));
        draft.relations.forEach(relation -> EchoDraft.relation(relation).ifPresent(lines::add));
        return lines;
    }
}
