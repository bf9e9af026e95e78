package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a talk is understood to ask for. Of {@code questions}, {@code model} and {@code refusal} exactly one is there.
 *
 * @param understood what is clear so far, in the notation, one line each
 * @param questions what is not, in the order of its numbers
 * @param assumptions what was taken because nobody said, as sentences for a plan
 * @param refusal why it cannot be done
 */
public record Understanding(
        List<String> messages,
        List<String> understood,
        List<Question> questions,
        List<String> assumptions,
        Optional<ServiceModel> model,
        Optional<String> refusal) {

    /** What this engineer is and what it is not; the first message of a run says it. */
    public static final String INTRODUCTION =
            "No model is configured, so I build from a blueprint: CRUD-shaped services; for free-form work configure a model.";

    private static final String NO_ENTITY = "I have no entity to build a service around. I do CRUD-shaped services:"
            + " say what the service keeps, for example"
            + " `Book: title string required max 200, isbn string unique; Author 1-n Book`."
            + " For free-form work configure a model.";

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
     * Reads the whole talk.
     *
     * @param messages the task without the mention of the bot, then every answer, in order
     */
    public static Understanding read(List<String> messages) {
        Draft draft = draft(messages);
        List<Doubt> doubts = asked(draft);
        List<String> assumptions = new ArrayList<>();
        if (draft.loadAsked && draft.peak == null && draft.p99Millis == null && draft.rows == null) {
            assumptions.add(Echo.load(Model.load(draft)));
        }
        return understanding(messages, draft, doubts, assumptions);
    }

    /** The same talk with every open question answered by its assumption. */
    public Understanding withDefaults() {
        Draft draft = draft(messages);
        List<String> taken = new ArrayList<>(assumptions);
        List<Doubt> doubts = Doubts.of(draft);
        for (int round = 0; round < MOST_ASSUMPTIONS && !doubts.isEmpty(); round++) {
            Optional<Doubt> next = doubts.stream()
                    .filter(doubt -> doubt.assumption().isPresent())
                    .findFirst();
            if (next.isEmpty() || draft.entities.isEmpty() && draft.pieces.isEmpty() && draft.relations.isEmpty()) {
                return refused(NO_ENTITY);
            }
            next.get().assumption().ifPresent(taken::add);
            next.get().assume().run();
            doubts = Doubts.of(draft);
        }
        return doubts.isEmpty()
                ? understanding(messages, draft, List.of(), taken)
                : refused("I cannot make a consistent service of this. Please say it again in fewer words.");
    }

    private Understanding refused(String why) {
        return new Understanding(messages, understood, List.of(), List.of(), Optional.empty(), Optional.of(why));
    }

    private static Draft draft(List<String> messages) {
        Draft draft = new Draft();
        List<Doubt> open = List.of();
        for (int at = 0; at < messages.size(); at++) {
            new Listening(draft, at == 0, open).hear(messages.get(at));
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
            List<String> messages, Draft draft, List<Doubt> doubts, List<String> assumptions) {
        Optional<ServiceModel> model = doubts.isEmpty()
                ? Optional.of(Model.of(draft, messages.isEmpty() ? "" : messages.getFirst()))
                : Optional.empty();
        return new Understanding(
                messages,
                model.map(Understanding::echo).orElseGet(() -> echo(draft)),
                doubts.stream()
                        .map(doubt -> new Question(doubt.question(), doubt.assumption()))
                        .toList(),
                assumptions,
                model,
                Optional.empty());
    }

    private static List<String> echo(ServiceModel model) {
        List<String> lines = new ArrayList<>();
        lines.add("Service " + model.name());
        model.entities().forEach(entity -> lines.add(Echo.entity(entity)));
        model.relations().forEach(relation -> lines.add(Echo.relation(relation)));
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
