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
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a server.
 *
 * @param what goes on from the server's name: {@code answers 401}
 * @param said the server's own words, where it answered that it could not do it; empty otherwise
 * @param isUntaken whether the question was certainly not taken
 * @param isCertain whether its own words are what its tool says, or that the question was not taken as one; what goes
 *     wrong inside a server is neither
 */
record Trouble(String what, String said, boolean isUntaken, boolean isCertain) {
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 406, 413, 415, 429);
    private static final Set<Integer> NOT_TAKEN = Set.of(-32600, -32601, -32602); // JSON-RPC 2.0, section 5.1

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
            return new Trouble("sent more than %d MB".formatted(StreamableHttp.LONGEST >> 20), "", false, false);
        }
        if (find(broken, NoAnswer.class).isPresent()) {
            return unreadable();
        }
        if (find(broken, IOException.class).isPresent()) {
            boolean isUnreached =
                    UNREACHED.stream().anyMatch(type -> find(broken, type).isPresent());
            return new Trouble(isUnreached ? "cannot be reached" : "broke off", "", isUnreached, false);
        }
        Optional<ToolExecutionException> failed = find(broken, ToolExecutionException.class);
        if (failed.isPresent()) {
            Integer code = failed.get().errorCode();
            return error(failed.get(), code == null || NOT_TAKEN.contains(code));
        }
        Optional<ToolArgumentsException> arguments = find(broken, ToolArgumentsException.class);
        if (arguments.isPresent()) {
            return error(arguments.get(), true);
        }
        return find(broken, McpException.class)
                .map(said -> error(said, NOT_TAKEN.contains(said.errorCode())))
                .orElseGet(Trouble::unreadable);
    }

    private static Trouble error(RuntimeException error, boolean isCertain) {
        return new Trouble("could not do it", String.valueOf(error.getMessage()), false, isCertain);
    }

    private static Trouble unreadable() {
        return new Trouble("gave an answer that cannot be read", "", false, false);
    }

    /** These refuse before anything is done; who sends elsewhere, or was too slow, may have done it. */
    private static Trouble refused(int code) {
        String elsewhere = code / 100 == 3 ? " and sends elsewhere, where nobody goes" : "";
        return new Trouble("answers " + code + elsewhere, "", REFUSALS.contains(code), false);
    }

    static <T extends Throwable> Optional<T> find(Throwable broken, Class<T> type) {
        for (@Nullable Throwable at = broken; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
