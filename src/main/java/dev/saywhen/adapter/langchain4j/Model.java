package dev.saywhen.adapter.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One question and one answer of a model, on the calling thread. An interrupt of it closes the connection. */
@FunctionalInterface
interface Model {
    /** In tokens; an answer is made shorter than the second one before nothing is asked for want of money. */
    int LONGEST_OUTPUT = 16_000;

    int SHORTEST_OUTPUT = 4_000;

    /**
     * Asks and waits for the whole answer.
     *
     * @param most how many tokens the answer may have
     * @param heard is told how many characters came, as they come; nothing by a model that answers all at once
     */
    ChatResponse answer(ChatRequest request, int most, IntConsumer heard);

    static Model of(ModelSetting setting) {
        CuttableHttp http = new CuttableHttp();
        return setting.streaming()
                ? streaming(streamingModel(setting, http), setting.provider())
                : blocking(blockingModel(setting, http), setting.provider());
    }

    private static ChatModel blockingModel(ModelSetting setting, CuttableHttp http) {
        return switch (setting.provider()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.openai.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.anthropic.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "http://localhost:11434"))
                        .modelName(setting.name())
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
                        .build();
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "https://api.anthropic.com/v1"))
                        .apiKey(key(setting))
                        .modelName(setting.name())
                        .build();
            case OLLAMA ->
                OllamaStreamingChatModel.builder()
                        .httpClientBuilder(http.builder())
                        .baseUrl(url(setting, "http://localhost:11434"))
                        .modelName(setting.name())
                        .build();
        };
    }

    private static Model blocking(ChatModel model, ModelSetting.Provider provider) {
        return (request, most, _) -> model.chat(limited(request, most, provider));
    }

    /** OpenAI has a name of its own for it, and refuses requests with both. */
    private static ChatRequest limited(ChatRequest request, int most, ModelSetting.Provider provider) {
        ChatRequestParameters parameters = switch (provider) {
            case OPENAI ->
                OpenAiChatRequestParameters.builder()
                        .maxCompletionTokens(most)
                        .toolSpecifications(request.toolSpecifications())
                        .build();
            case ANTHROPIC, OLLAMA ->
                ChatRequestParameters.builder()
                        .maxOutputTokens(most)
                        .toolSpecifications(request.toolSpecifications())
                        .build();
        };
        return ChatRequest.builder()
                .messages(request.messages())
                .parameters(parameters)
                .build();
    }

    /** The stream is read on this thread, so it is over when {@code chat} returns. */
    private static Model streaming(StreamingChatModel model, ModelSetting.Provider provider) {
        return (request, most, heard) -> {
            CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
            model.chat(limited(request, most, provider), new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String text) {
                    heard.accept(text.length());
                }

                @Override
                public void onPartialThinking(PartialThinking thinking) {
                    heard.accept(thinking.text().length());
                }

                @Override
                public void onPartialToolCall(PartialToolCall call) {
                    heard.accept(call.partialArguments().length());
                }

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

        HalfAnAnswer(IOException how) {
            super("the answer broke off", how);
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
