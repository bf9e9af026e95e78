package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.About;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a model understood of a task, as it fills it in. */
record AskForm(
        @About("what is clear, what was found in the repository, and what is assumed; one line each")
        List<String> understood,

        @About(
                "at most five questions that only people can answer, each with what you would take; empty if enough is known")
        List<String> questions,

        @About(
                "what is known of load and latency that it must bear; blank if nobody said so and the repository is silent")
        String performance,

        @About("why it cannot be done at all; left out if it can") @Nullable
        String cannot) {
    private static final int MOST = 5;
    private static final String PERFORMANCE =
            "What load must it bear, and how fast must it answer? I would take what it bears today.";

    /** What is asked, performance needs always among it unless they are known. */
    List<String> asked() {
        List<String> asked = new ArrayList<>(questions.stream()
                .filter(question -> !question.isBlank())
                .limit(performance.isBlank() ? MOST - 1 : MOST)
                .toList());
        if (performance.isBlank() && asked.stream().noneMatch(AskForm::isAboutPerformance)) {
            asked.add(PERFORMANCE);
        }
        return asked;
    }

    private static boolean isAboutPerformance(String question) {
        return question.matches("(?is).*\\b(load|latency|performance|per second|throughput|p99)\\b.*");
    }
}
