package dev.saywhen.adapter.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.saywhen.chat.Newest;
import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.Effect.CallTool;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import dev.saywhen.safety.ToolAnswer.Ending;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls tools of the operator's servers, each call in a session of its own, cut off by a STOP.
 *
 * <p>Before a tool is called, the server is asked what it takes. Only a call that names exactly that goes on; so nothing is
 * called unseen, and a tool that became another one in between is not called.
 */
public final class CallsTools implements EffectHandler<CallTool, ToolAnswer> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int LONGEST_ANSWER = 200_000;

    private final List<McpServer> servers;
    private final StopSwitch stops;

    /** Of the newest runs; what is forgotten stays registered where a STOP finds it. */
    private final Map<RunId, CallsMade> made = Collections.synchronizedMap(Newest.map(1_000));

    public CallsTools(List<McpServer> servers, StopSwitch stops) {
        this.servers = List.copyOf(servers);
        this.stops = stops;
    }

    /** @throws IOException where nobody knows what came of a call that was sent */
    @Override
    public ToolAnswer perform(Clearance<CallTool> clearance) throws IOException {
        CallTool call = clearance.effect();
        Optional<McpServer> server = servers.stream()
                .filter(one -> one.tools(call.project()).stream().anyMatch(tool -> tool.covers(call.tool())))
                .findFirst();
        if (server.isEmpty()) {
            return notCalled("It is configured in another way now, or not at all.");
        }
        if (!isObject(call.arguments())) {
            return notCalled("The arguments are no JSON object.");
        }
        CallUnderWay underWay = new CallUnderWay(call.tool());
        CallsMade calls = made.compute(call.run(), (_, before) -> CallsMade.under(clearance.epoch(), stops, before));
        try (var _ = stops.onPull(clearance.epoch(), underWay)) {
            ToolAnswer answer =
                    underWay.within(server.get().timeout(), () -> asked(server.get(), clearance, underWay, calls));
            if (underWay.wasCut()) {
                throw new IOException("cut off; what was answered is not looked at");
            }
            return answer;
        } catch (RuntimeException broken) {
            Optional<Clearance.Halted> halted = Trouble.find(broken, Clearance.Halted.class);
            if (halted.isPresent()) {
                underWay.untaken(); // it is looked at right before each request
                throw halted.get();
            }
            return explained(server.get(), underWay, broken);
        } finally {
            calls.end(underWay);
        }
    }

    private ToolAnswer asked(McpServer server, Clearance<CallTool> clearance, CallUnderWay underWay, CallsMade calls) {
        CallTool call = clearance.effect();
        String tool = call.tool().tool();
        clearance.spend();
        try (Session session = new Session(server, clearance::lookAgain)) {
            Optional<Definition> offered = session.offered(tool);
            if (offered.isEmpty()) {
                return notCalled("The server does not offer it now.");
            }
            if (call.tool().onlyReads() && offered.get().saysThatItDoesMoreThanRead()) {
                return notCalled("It was declared to only read, and the server itself says that it does more.");
            }
            if (!offered.get().code().equals(call.code())) {
                return notCalled((call.code().isEmpty() ? "" : "What it takes is not what this code was for. ")
                        + offered.get().told());
            }
            if (!call.tool().onlyReads()) {
                calls.begin(underWay);
            }
            underWay.sent();
            String text = session.call(tool, call.arguments());
            underWay.answered();
            return new ToolAnswer(Ending.ANSWERED, cut(text));
        }
    }

    private ToolAnswer explained(McpServer server, CallUnderWay underWay, RuntimeException broken) throws IOException {
        Trouble trouble = Trouble.of(broken);
        boolean isAnswer = !trouble.said().isEmpty()
                && (trouble.isCertain() || underWay.tool().onlyReads());
        if (isAnswer) {
            underWay.answered();
        } else if (trouble.isUntaken()) {
            underWay.untaken();
        }
        String what = underWay.wasCut()
                ? "cut off"
                : "The server " + server.name() + " "
                        + (underWay.wasLate()
                                ? "gave no whole answer within "
                                        + server.timeout().toMillis() / 1_000.0 + " s"
                                : trouble.what());
        if (underWay.wasCut() || (underWay.isTaken() && !isAnswer)) {
            throw new IOException(what + (underWay.isUnknown() ? "; " + ToolAnswer.UNKNOWN : ""), broken);
        }
        return underWay.isTaken() ? new ToolAnswer(Ending.FAILED, cut(trouble.said())) : notCalled(what + ".");
    }

    private static ToolAnswer notCalled(String why) {
        return new ToolAnswer(Ending.NOT_CALLED, "Not called. " + why);
    }

    private static boolean isObject(String arguments) {
        try {
            return JSON.readTree(arguments).isObject();
        } catch (JsonProcessingException no) {
            return false;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ANSWER
                ? text
                : text.substring(0, LONGEST_ANSWER)
                        + "... (%,d characters left out)".formatted(text.length() - LONGEST_ANSWER);
    }
}
