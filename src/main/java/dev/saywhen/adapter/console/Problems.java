package dev.saywhen.adapter.console;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource throws into a problem that a person can read; what broke inside stays in the log. */
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private static final Map<Integer, Problem> USUAL = Map.of(
            400, new Problem("Bad request", 400, "The request cannot be understood."),
            404, new Problem("Not found", 404, "There is nothing at this address."),
            405, new Problem("Method not allowed", 405, "This address does not take this method."),
            406, new Problem("Not acceptable", 406, "This address does not answer in a form that was asked for."),
            415,
                    new Problem(
                            "Unsupported media type", 415, "A body must be sent with Content-Type: application/json."));

    @ServerExceptionMapper
    public Response refused(WebApplicationException refusal) {
        Response meant = refusal.getResponse();
        if (meant.getStatus() >= 500) {
            LOG.errorf(refusal, "request failed status=%d", meant.getStatus());
        }
        Response.ResponseBuilder response = response(problem(meant, refusal));
        Object allowed = meant.getHeaders().getFirst(HttpHeaders.ALLOW);
        return (allowed == null ? response : response.header(HttpHeaders.ALLOW, allowed)).build();
    }

    @ServerExceptionMapper
    public Response broke(Exception broken) {
        LOG.error("request failed", broken);
        return response(new Problem("Internal error", 500, "Something broke here; the log of the service has it."))
                .build();
    }

    private static Problem problem(Response meant, WebApplicationException refusal) {
        Problem usual = USUAL.get(meant.getStatus());
        if (usual == null) {
            return new Problem(meant.getStatusInfo().getReasonPhrase(), meant.getStatus(), "The request was refused.");
        }
        String said = refusal.getMessage();
        return said == null || said.startsWith("HTTP ") ? usual : new Problem(usual.title(), usual.status(), said);
    }

    private static Response.ResponseBuilder response(Problem problem) {
        return Response.status(problem.status()).type(Problem.TYPE).entity(problem);
    }
}
