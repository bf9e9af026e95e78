package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Newest;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Matcher;
import org.jboss.logging.Logger;

/**
 * Where nothing can be said in a thread, or none can be made, the channel above it is told, so that whoever asked is not left
 * without an answer: once, until something can be said there again. Used by one thread at a time.
 */
final class ToldAbove {
    private static final Logger LOG = Logger.getLogger(ToldAbove.class);
    private static final int MOST = 1_000;

    private final Rest rest;
    private final Servers servers;
    private final OwnMessages own;
    private final Set<ThreadId> told = Newest.set(MOST);

    ToldAbove(Rest rest, Servers servers, OwnMessages own) {
        this.rest = rest;
        this.servers = servers;
        this.own = own;
    }

    /** A message found its way there. */
    void sayable(ThreadId thread) {
        told.remove(thread);
    }

    /** This message did not, and that is why. */
    void unsayable(Outgoing.Message message, DiscordRefused refused) {
        ThreadId thread = message.thread();
        if (told.contains(thread)) {
            return;
        }
        LOG.warnf("Discord: nothing can be said in a thread, so its run is held. %s", refused.getMessage());
        String channel = thread.channel().value();
        boolean hasAbove = servers.of(thread.team())
                .filter(server -> server.isChannel(channel) && server.isRead(channel))
                .isPresent();
        try {
            if (hasAbove) {
                tell(message, refused);
            }
            told.add(thread);
        } catch (ChatGateway.Busy busy) {
            LOG.infof("Discord: the channel is told a little later: %s", busy.getMessage());
        } catch (DiscordRefused | UncheckedIOException silent) {
            told.add(thread);
            LOG.warnf("Discord: nothing can be said in the channel either. %s", silent.getMessage());
        }
    }

    private void tell(Outgoing.Message message, DiscordRefused refused) {
        ThreadId thread = message.thread();
        String channel = thread.channel().value();
        ObjectNode body = DiscordGateway.body(rest, text(message, refused), false)
                .put("nonce", Digest.of("above/" + message.key()).hex().substring(0, DiscordGateway.NONCE))
                .put("enforce_nonce", true);
        body.putObject("message_reference")
                .put("message_id", thread.root().value())
                .put("fail_if_not_exists", false);
        JsonNode posted = rest.post("channels/" + channel + "/messages", body);
        MessageId id = new MessageId(
                new ChannelId(thread.team(), channel), posted.path("id").asText());
        own.said(id, thread, id); // a stop sign on it is for the run
    }

    private String text(Outgoing.Message message, DiscordRefused refused) {
        String root = message.thread().root().value();
        boolean isThere = servers.of(message.thread().team())
                .filter(server -> server.isThread(root))
                .isPresent();
        Matcher run = RunThreads.OF_RUN.matcher(message.key());
        String whose = run.matches() ? " of run " + run.group(1) : "";
        String what = isThere
                ? "I can't write in the thread" + whose + " (<#" + root + ">)"
                : "I can't make a thread" + whose.replace(" of ", " for ");
        return what + ": " + why(message.thread(), refused)
                + ". Nothing of it goes on until that is mended; then the rest follows in the thread, and `resume` goes on.";
    }

    /** By what is known of the server, if that says more than the answer does. */
    private String why(ThreadId thread, DiscordRefused refused) {
        long missing = servers.of(thread.team())
                .map(server -> server.missing(thread.channel().value(), refused.lacking()))
                .orElse(0L);
        return missing == 0 ? refused.why() : DiscordRefused.lacks(missing, ", ");
    }
}
