package dev.saywhen.adapter.local;

import static java.util.Objects.requireNonNullElse;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.InboundMessage.Trait;
import dev.saywhen.http.PromptThreads;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The local chat over HTTP. */
@Path("/api/local")
@Produces(MediaType.APPLICATION_JSON)
public final class LocalChatResource {
    private static final Logger LOG = Logger.getLogger(LocalChatResource.class);
    private static final int MOST = 1_000;
    private static final int EVENTS_WAITING = 50_000;
    private static final int LOOKED_THROUGH =
            250_000; // by the thread that reads; what is longer, as no text needs to be, comes behind

    private final Conversation conversation;
    private final Room room;

    LocalChatResource(Conversation conversation, Room room) {
        this.conversation = conversation;
        this.room = room;
    }

    /** Whom to mention, and where people talk. */
    record Chat(String bot, List<String> channels) {}

    @GET
    @RunOnVirtualThread
    public Chat chat() {
        checkEnabled();
        return new Chat(room.chat().botName(), conversation.channels());
    }

    @POST
    @Path("/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> post(byte @Nullable [] json) {
        return taken(() -> posted(json), mayHoldStopWord(json));
    }

    private Response posted(byte @Nullable [] json) {
        checkEnabled();
        Body body =
                Body.read(json, "channel", "thread", "author", "text", "bot", "guest", "quote", "forward", "broadcast");
        String channel = Spelling.channel(body.required("channel"));
        String thread = body.optionalId("thread");
        MessageView posted = conversation.post(new Conversation.Post(
                channel,
                thread == null ? null : Spelling.id("thread", thread),
                Spelling.author(body.required("author"), room.chat().botName()),
                Spelling.text(body.required("text")),
                kind(body),
                traits(body)));
        return Response.status(Response.Status.CREATED).entity(posted).build();
    }

    @PUT
    @Path("/messages/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<MessageView> edit(@PathParam("id") String id, byte @Nullable [] json) {
        return taken(() -> edited(id, json), mayHoldStopWord(json));
    }

    private MessageView edited(String id, byte @Nullable [] json) {
        checkEnabled();
        String text = Spelling.text(Body.read(json, "text").required("text"));
        return conversation.edit(Spelling.id("message", id), text);
    }

    @DELETE
    @Path("/messages/{id}")
    @RunOnVirtualThread
    public void delete(@PathParam("id") String id) {
        checkEnabled();
        conversation.delete(Spelling.id("message", id));
    }

    @POST
    @Path("/messages/{id}/reactions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Void> react(@PathParam("id") String id, byte @Nullable [] json) {
        return taken(
                () -> {
                    reacted(id, json);
                    return null;
                },
                true); // any of them may be a stop sign
    }

    private void reacted(String id, byte @Nullable [] json) {
        checkEnabled();
        Body body = Body.read(json, "author", "emoji");
        String author = Spelling.author(body.required("author"), room.chat().botName());
        conversation.react(Spelling.id("message", id), author, Spelling.emoji(body.required("emoji")));
    }

    @GET
    @Path("/messages")
    @RunOnVirtualThread
    public List<MessageView> messages(
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("thread") @Nullable String thread,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        checkEnabled();
        return conversation.list(
                read(channel, Spelling::channel),
                read(thread, id -> Spelling.id("thread", id)),
                read(after, LocalChatResource::after),
                requireNonNullElse(read(limit, LocalChatResource::limit), MOST));
    }

    /**
     * What happens in the chat and to runs, as it happens: {@code message}, {@code edited}, {@code deleted}, {@code
     * reaction}, {@code run}; {@code listening} once nothing is missed from then on; and {@code reset} to a listener that was away for too long to be told everything.
     */
    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> events(@HeaderParam("Last-Event-ID") @Nullable String lastId, @Context Sse sse) {
        checkEnabled();
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Runnable leave = room.events()
                                    .follow(lastId, room::after, event -> emitter.emit(written(sse, event)));
                            emitter.onTermination(leave);
                        },
                        EVENTS_WAITING);
    }

    @ServerExceptionMapper
    public Response refused(ChatRefusal refusal) {
        return switch (refusal.kind()) {
            case BAD -> problem("Bad request", 400, refusal);
            case UNKNOWN -> problem("Not found", 404, refusal);
            case UNAVAILABLE -> {
                LOG.errorf(refusal.getCause(), "local chat unavailable detail=%s", refusal.detail());
                yield problem("Not available", 503, refusal);
            }
        };
    }

    private static Response problem(String title, int status, ChatRefusal refusal) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(Map.of("title", title, "status", status, "detail", refusal.detail()))
                .build();
    }

    private static OutboundSseEvent written(Sse sse, LiveEvents.Event event) {
        OutboundSseEvent.Builder builder = sse.newEventBuilder().id(event.id());
        Object data = event.data();
        if (data == null) {
            return builder.name("listening").data("{}").build();
        }
        return builder.name(event.name())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }

    private boolean mayHoldStopWord(byte @Nullable [] json) {
        return json != null && json.length <= LOOKED_THROUGH && conversation.mayHoldStopWord(json);
    }

    /** Each call has a thread of its own: nobody who says stop waits for a place, nor behind what can wait. */
    private static <T extends @Nullable Object> Uni<T> taken(Supplier<T> work, boolean isPrompt) {
        Executor threads =
                isPrompt ? PromptThreads.all() : task -> Thread.ofVirtual().start(task);
        return Uni.createFrom().item(work).runSubscriptionOn(threads);
    }

    private void checkEnabled() {
        if (!room.chat().enabled()) {
            throw ChatRefusal.unknown("The local chat is off (saywhen.local.enabled).");
        }
    }

    private static Author.Kind kind(Body body) {
        boolean guest = body.flag("guest");
        if (body.flag("bot")) {
            return Author.Kind.MACHINE;
        }
        return guest ? Author.Kind.GUEST : Author.Kind.PERSON;
    }

    private static Set<Trait> traits(Body body) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : List.of(Trait.QUOTE, Trait.FORWARD, Trait.BROADCAST)) {
            if (body.flag(KnownMessages.nameOf(trait))) {
                traits.add(trait);
            }
        }
        return traits;
    }

    private static <T> @Nullable T read(@Nullable String parameter, Function<String, T> reader) {
        return parameter == null || parameter.isEmpty() ? null : reader.apply(parameter);
    }

    private static long after(String after) {
        if (!after.matches("[0-9]{1,18}")) {
            throw ChatRefusal.bad("after must be the id of a message, or 0. This is not: " + Spelling.shown(after));
        }
        return Long.parseLong(after);
    }

    private static int limit(String limit) {
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw ChatRefusal.bad("limit must be a number from 1 to 1000. This is not: " + Spelling.shown(limit));
        }
        return Integer.parseInt(limit);
    }
}
