package dev.saywhen.adapter.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One question and one answer of a model, on the calling thread. An interrupt of it closes the connection. */
@FunctionalInterface
interface Model {
    int LONGEST_OUTPUT = 16_000;

    ChatResponse answer(ChatRequest request);

    static Model of(ModelSetting setting) {
        CuttableHttp http = new CuttableHttp();
        return setting.streaming() ? streaming(streamingModel(setting, http)) : blockingModel(setting, http)::chat;
    }

    private static ChatModel blockingModel(ModelSetting setting, CuttableHttp http) {
        return switch (setting.provider()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.openai.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxCompletionTokens(LONGEST_OUTPUT)
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.anthropic.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxTokens(LONGEST_OUTPUT)
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "http://localhost:11434"))
                        .modelName(setting.name())
                        .numPredict(LONGEST_OUTPUT)
                        .maxRetries(0)
                        .build();
        };
    }

    private static StreamingChatModel streamingModel(ModelSetting setting, CuttableHttp http) {
        return switch (setting.provider()) {
            case OPENAI ->
                OpenAiStreamingChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.openai.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxCompletionTokens(LONGEST_OUTPUT)
                        .build();
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.anthropic.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxTokens(LONGEST_OUTPUT)
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "http://localhost:11434"))
                        .modelName(setting.name())
                        .numPredict(LONGEST_OUTPUT)
                        .build();
        };
    }

    /** The stream is read on this thread, so it is over when {@code chat} returns. */
    private static Model streaming(StreamingChatModel model) {
        return request -> {
            CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
            model.chat(request, new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    whole.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    whole.completeExceptionally(error);
                }
            });
            whole.completeExceptionally(new HalfAnAnswer());
            try {
                return whole.join();
            } catch (CompletionException broken) {
                @Nullable Throwable cause = broken.getCause();
                throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
            }
        };
    }

    /** The stream ended before the answer did. */
    final class HalfAnAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        HalfAnAnswer() {
            super("the answer broke off");
        }
    }

    private static String url(ModelSetting setting, String own) {
        return setting.baseUrl() == null ? own : setting.baseUrl();
    }

    /** Servers of one's own often want none, and LangChain4j insists on one. */
    private static String key(ModelSetting setting) {
        return setting.apiKey() == null ? "none" : setting.apiKey();
    }
}
