package dev.saywhen.adapter.langchain4j;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which model thinks and how it is reached.
 *
 * @param baseUrl absent: the provider's own address
 * @param inputPrice dollars for a million tokens read; absent where it is not known
 * @param outputPrice the same for tokens written
 * @param streaming whether answers come piece by piece
 * @param timeout how long one answer may take, from the first byte sent to the last one read
 * @param backOff how long to wait before the first attempt is repeated; each further wait is four times as long
 */
public record ModelSetting(
        Provider provider,
        String name,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable BigDecimal inputPrice,
        @Nullable BigDecimal outputPrice,
        boolean streaming,
        Duration timeout,
        Duration backOff) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** The forms of requests that are known. */
    public enum Provider {
        OPENAI,
        ANTHROPIC,
        OLLAMA
    }

    /** What so many tokens cost in dollars; empty where no price is known. */
    Optional<BigDecimal> cost(long input, long output) {
        if (inputPrice == null || outputPrice == null) {
            return Optional.empty();
        }
        return Optional.of(inputPrice
                .multiply(BigDecimal.valueOf(input))
                .add(outputPrice.multiply(BigDecimal.valueOf(output)))
                .divide(MILLION, 6, RoundingMode.UP));
    }

    /** How many tokens can be written for so many dollars; none where no price is known. */
    long written(BigDecimal dollars) {
        if (outputPrice == null || dollars.signum() <= 0) {
            return 0;
        }
        if (outputPrice.signum() == 0) {
            return Long.MAX_VALUE;
        }
        return dollars.multiply(MILLION)
                .divide(outputPrice, 0, RoundingMode.DOWN)
                .longValue();
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return provider + " " + name;
    }
}
