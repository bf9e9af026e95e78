package dev.saywhen.adapter.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** What was said in a task so far. Old observations shrink to one line, so that the context does not grow without end. */
final class Transcript {
    private static final int KEPT_WHOLE = 16;
    private static final int ONE_LINE = 160;

    private final List<ChatMessage> messages = new ArrayList<>();

    Transcript(String system, String user) {
        messages.add(SystemMessage.from(system));
        messages.add(UserMessage.from(user));
    }

    List<ChatMessage> messages() {
        return List.copyOf(messages);
    }

    void answered(AiMessage answer) {
        messages.add(
                answer.text() == null && !answer.hasToolExecutionRequests() ? AiMessage.from("(nothing)") : answer);
    }

    void observed(ToolExecutionRequest call, String observation) {
        messages.add(ToolExecutionResultMessage.from(call, observation.isEmpty() ? "(nothing)" : observation));
        condense();
    }

    void told(String text) {
        messages.add(UserMessage.from(text));
    }

    private void condense() {
        int whole = 0;
        for (int at = messages.size() - 1; at >= 0; at--) {
            if (messages.get(at) instanceof ToolExecutionResultMessage result && ++whole > KEPT_WHOLE) {
                String text = result.text();
                if (text.length() > ONE_LINE + 40) {
                    String line = text.substring(0, ONE_LINE).replace('\n', ' ');
                    messages.set(
                            at,
                            ToolExecutionResultMessage.from(
                                    result.id(), result.toolName(), line + " ... (older; call again to see it)"));
                }
            }
        }
    }
}
