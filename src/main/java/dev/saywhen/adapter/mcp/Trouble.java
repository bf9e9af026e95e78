package dev.saywhen.adapter.mcp;

import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.McpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a server.
 *
 * @param what goes on from the server's name: {@code answers 401}
 * @param said the server's own words, where it answered that it could not do it; empty otherwise
 * @param isUntaken whether the question was certainly not taken
 */
record Trouble(String what, String said, boolean isUntaken) {
    /** Of these alone it is known that nobody read the question. */
    private static final List<Class<? extends IOException>> UNREACHED = List.of(
            ConnectException.class,
            UnknownHostException.class,
            HttpConnectTimeoutException.class,
            SSLHandshakeException.class);

    /** What a server sent is no answer to the question. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final class Status extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int code;

        Status(int code) {
            this.code = code;
        }
    }

    static Trouble of(RuntimeException broken) {
        Optional<Status> status = find(broken, Status.class);
        if (status.isPresent()) {
            return refused(status.get().code);
        }
        if (find(broken, TooLong.class).isPresent()) {
            return new Trouble("sent more than %d MB".formatted(BoundedAnswer.LONGEST >> 20), "", false);
        }
        if (find(broken, NoAnswer.class).isPresent()) {
            return unreadable();
        }
        if (find(broken, IOException.class).isPresent()) {
            boolean isUnreached =
                    UNREACHED.stream().anyMatch(type -> find(broken, type).isPresent());
            return new Trouble(isUnreached ? "cannot be reached" : "broke off", "", isUnreached);
        }
        return Stream.of(McpException.class, ToolExecutionException.class, ToolArgumentsException.class)
                .flatMap(type -> find(broken, type).stream())
                .findFirst()
                .map(said -> new Trouble("could not do it", String.valueOf(said.getMessage()), false))
                .orElseGet(Trouble::unreadable);
    }

    private static Trouble unreadable() {
        return new Trouble("gave an answer that cannot be read", "", false);
    }

    /** A refusal is one; of what a broken server did nothing is known. */
    private static Trouble refused(int code) {
        String elsewhere = code / 100 == 3 ? " and sends elsewhere, where nobody goes" : "";
        return new Trouble("answers " + code + elsewhere, "", code < 500);
    }

    private static <T extends Throwable> Optional<T> find(Throwable broken, Class<T> type) {
        for (@Nullable Throwable at = broken; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
