package dev.saywhen.adapter.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.saywhen.chat.Newest;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where what belongs to a thread is said. A run gets a thread of its own at its first word, named for it; everything else
 * is answered where it was asked. In a forum the post is the thread, and its tags tell the run's state.
 */
final class RunThreads {
    /** The key of what a run says. */
    static final Pattern OF_RUN = Pattern.compile("run-([0-9]+)/.*");

    private static final Logger LOG = Logger.getLogger(RunThreads.class);
    private static final int A_WEEK = 10_080; // minutes without a word until Discord archives it
    private static final int LONGEST_NAME = 100;
    private static final int MOST_TAGS = 5;
    private static final int MOST = 1_000;
    private static final List<String> TAGS = List.of("asking", "waiting", "working", "held", "done");

    private final Rest rest;
    private final Servers servers;
    private final HeardTexts texts;
    private final Map<String, String> names = Newest.map(MOST); // of threads that were made; one thread uses it
    private final Map<String, String> tagged = Newest.map(MOST); // as above

    RunThreads(Rest rest, Servers servers, HeardTexts texts) {
        this.rest = rest;
        this.servers = servers;
        this.texts = texts;
    }

    /**
     * @param channel Discord's id of the channel or thread to post to
     * @param answered the message to reply to, where it is no thread
     */
    record Place(String channel, @Nullable String answered) {}

    Place of(Outgoing.Message message) {
        ThreadId thread = message.thread();
        String root = thread.root().value();
        String channel = thread.channel().value();
        if (!Snowflake.is(root)) {
            return new Place(channel, null); // a slash command is no message
        }
        if (servers.isDirect(channel)) {
            return new Place(channel, root);
        }
        if (isThread(thread)) {
            return new Place(root, null);
        }
        Matcher run = OF_RUN.matcher(message.key());
        return run.matches() && make(thread, run.group(1)) ? new Place(root, null) : new Place(channel, root);
    }

    /** One that rests in the archive is not among those that the server told of. */
    private boolean isThread(ThreadId thread) {
        Optional<Server> server = servers.of(thread.team());
        String id = thread.root().value();
        if (server.filter(known -> known.isThread(id)).isPresent()) {
            return true;
        }
        try {
            JsonNode found = rest.get("channels/" + id);
            if (Server.isThread(found)) {
                server.ifPresent(known -> known.thread(found));
                return true;
            }
            return false;
        } catch (DiscordRefused refused) {
            if (refused.isNotFound()) {
                return false;
            }
            throw refused;
        }
    }

    private boolean make(ThreadId thread, String run) {
        String channel = thread.channel().value();
        String root = thread.root().value();
        String name = name(thread.root(), run);
        ObjectNode wanted = rest.object().put("name", name).put("auto_archive_duration", A_WEEK);
        try {
            JsonNode made = rest.post("channels/" + channel + "/messages/" + root + "/threads", wanted);
            servers.of(thread.team()).ifPresent(server -> server.thread(made));
            names.put(root, name);
            return true;
        } catch (DiscordRefused refused) {
            if (refused.hasThread()) {
                return true;
            }
            if (refused.takesNoThreads() || refused.isUnknownMessage()) {
                return false;
            }
            throw refused;
        }
    }

    private String name(MessageId root, String run) {
        String task = texts.of(root)
                .map(text ->
                        text.replaceAll("@\\S+", " ").replaceAll("\\s+", " ").strip())
                .orElse("");
        String name = ("run " + run + (task.isEmpty() ? "" : ": " + task));
        if (name.length() <= LONGEST_NAME - "done: ".length()) {
            return name;
        }
        return name.substring(0, LONGEST_NAME - "done: ".length() - 3) + "...";
    }

    /** Called when a message stands. A sign beside the others: where it cannot be had, nothing else changes. */
    void after(Outgoing.Message message, Place place) {
        try {
            Server server = servers.of(message.thread().team()).orElse(null);
            if (server == null || place.answered() != null) {
                return;
            }
            if (server.isForumPost(place.channel())) {
                tag(server, place.channel(), message.purpose());
            } else if (message.purpose() == Outgoing.Purpose.DONE) {
                named(place.channel(), message)
                        .ifPresent(name -> rest.patch(
                                "channels/" + place.channel(), rest.object().put("name", "done: " + name)));
            }
        } catch (RuntimeException without) {
            LOG.infof("Discord: a thread does not show its run's state: %s", without.getMessage());
        }
    }

    /** How the run's thread is called, if the bot named it: in this life of the process or in an earlier one. */
    private Optional<String> named(String thread, Outgoing.Message message) {
        String known = names.remove(thread);
        if (known != null) {
            return Optional.of(known);
        }
        Matcher run = OF_RUN.matcher(message.key());
        String name = rest.get("channels/" + thread).path("name").asText();
        return run.matches() && name.matches("run " + run.group(1) + "\\b.*") ? Optional.of(name) : Optional.empty();
    }

    private void tag(Server server, String post, Outgoing.Purpose purpose) {
        String state = state(purpose);
        Map<String, String> tags = server.tags(post);
        String tag = tags.get(state);
        if (tag == null || tag.equals(tagged.get(post))) {
            return;
        }
        List<String> states = TAGS.stream().map(tags::get).toList();
        ObjectNode change = rest.object();
        var applied = change.putArray("applied_tags").add(tag);
        for (JsonNode one : rest.get("channels/" + post).path("applied_tags")) {
            if (!states.contains(one.asText()) && applied.size() < MOST_TAGS) {
                applied.add(one.asText());
            }
        }
        rest.patch("channels/" + post, change);
        tagged.put(post, tag);
    }

    private static String state(Outgoing.Purpose purpose) {
        return switch (purpose) {
            case QUESTION -> "asking";
            case PLAN -> "waiting";
            case PROGRESS -> "working";
            case RECEIPT, HELD -> "held";
            case DONE -> "done";
            case NOTE -> "";
        };
    }
}
