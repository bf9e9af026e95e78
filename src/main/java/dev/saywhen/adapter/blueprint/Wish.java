package dev.saywhen.adapter.blueprint;

import dev.saywhen.adapter.blueprint.model.ServiceModel;
import dev.saywhen.adapter.blueprint.service.ServiceBlueprint;
import dev.saywhen.adapter.blueprint.understanding.Question;
import dev.saywhen.adapter.blueprint.understanding.Understanding;
import dev.saywhen.plan.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for, held against what is there. The file that tells what is there changes only when all is done, so
 * that a wish comes out the same from the first question to the last step.
 *
 * @param before the service as it was after each request until now; empty where it is to be made
 */
record Wish(List<ServiceModel> before, Understanding heard) {

    /** @param file the text of {@link History#FILE}; absent where there is none, which makes it a new service */
    static Wish of(Brief brief, Optional<String> file) {
        List<ServiceModel> before = file.flatMap(History::read).orElse(List.of());
        Optional<ServiceModel> base = before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
        Understanding heard = Understanding.read(brief.messages(), base);
        boolean open = heard.model().isEmpty() && heard.refusal().isEmpty();
        return new Wish(before, brief.assumed() && open ? heard.withDefaults() : heard);
    }

    boolean isNew() {
        return before.isEmpty();
    }

    Optional<ServiceModel> model() {
        return heard.model();
    }

    /** The service's history with what is asked for at its end. */
    List<ServiceModel> chapters(ServiceModel model) {
        List<ServiceModel> chapters = new ArrayList<>(before);
        chapters.add(model);
        return List.copyOf(chapters);
    }

    ServiceBlueprint blueprint(ServiceModel model) {
        return new ServiceBlueprint(chapters(model));
    }

    List<String> questions() {
        return heard.refusal()
                .map(List::of)
                .orElseGet(() -> heard.questions().stream().map(Question::text).toList());
    }
}
