package dev.saywhen.adapter.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.ResponseMetadata;
import dev.saywhen.chat.ChatGateway.Busy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Slack's Web API: every answer that is no yes is an exception, and 429 is {@link Busy}. */
final class WebApi {
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;

    private final MethodsClient methods;
    private final String token;

    /** @param token what {@code methods} uses too */
    WebApi(MethodsClient methods, String token) {
        this.methods = methods;
        this.token = token;
    }

    /** For a method that the client does not know yet. */
    String token() {
        return token;
    }

    /** One call of a method. */
    @FunctionalInterface
    interface Call<T> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    <T extends SlackApiTextResponse> T call(SlackMethod method, Call<T> call) {
        T answer;
        try {
            answer = call.on(methods);
        } catch (SlackApiException refused) {
            int code = refused.getResponse().code();
            if (code == TOO_MANY) {
                throw new Busy(retryAfter(refused.getResponse().header("Retry-After")));
            }
            throw new SlackRefused(method.toString(), "HTTP " + code, null);
        } catch (IOException broken) {
            throw new UncheckedIOException("Slack could not be reached for " + method, broken);
        }
        if (!answer.isOk()) {
            String error = String.valueOf(answer.getError());
            if (error.equals("ratelimited") || error.equals("rate_limited")) {
                throw new Busy(PAUSE);
            }
            throw new SlackRefused(method.toString(), error, answer.getNeeded());
        }
        return answer;
    }

    /** The cursor of the page after this one; empty where there is none. */
    static String following(@Nullable ResponseMetadata metadata) {
        String next = metadata == null ? null : metadata.getNextCursor();
        return next == null ? "" : next;
    }

    private static Duration retryAfter(@Nullable String seconds) {
        try {
            return seconds == null ? PAUSE : Duration.ofSeconds(Math.clamp(Long.parseLong(seconds.strip()), 1, 3_600));
        } catch (NumberFormatException unreadable) {
            return PAUSE;
        }
    }
}
