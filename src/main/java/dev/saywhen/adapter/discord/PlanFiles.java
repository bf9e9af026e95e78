package dev.saywhen.adapter.discord;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.plan.SchemaPicture;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A plan's whole text as a file in the thread, before its head, and a picture of the schema where that changes. The messages
 * say all of it too: a file that cannot be had stops no plan.
 */
final class PlanFiles {
    private static final Logger LOG = Logger.getLogger(PlanFiles.class);
    private static final Pattern KEY = Pattern.compile("(run-[0-9]+)/plan/(r[0-9]+)/([0-9]+|head)");
    private static final int MOST = 100;

    private final Rest rest;
    private final Map<String, TreeMap<Integer, String>> parts = new ConcurrentHashMap<>(); // until the head is sent

    PlanFiles(Rest rest) {
        this.rest = rest;
    }

    /** Whether a message is one of those that say a plan. */
    static boolean isOfPlan(Outgoing.Message message) {
        return KEY.matcher(message.key()).matches();
    }

    /**
     * Called before each message is posted, and again when that is tried again.
     *
     * @param channel Discord's own id of where it is posted
     */
    void before(Outgoing.Message message, String channel) {
        Matcher key = KEY.matcher(message.key());
        if (!key.matches()) {
            return;
        }
        String plan = key.group(1) + "-" + key.group(2);
        if (!key.group(3).equals("head")) {
            if (parts.size() >= MOST) {
                parts.clear(); // plans whose head was never sent
            }
            parts.computeIfAbsent(plan, _ -> new TreeMap<>()).put(Integer.valueOf(key.group(3)), message.text());
            return;
        }
        TreeMap<Integer, String> texts = parts.remove(plan);
        if (texts != null && texts.firstKey() == 1 && texts.lastKey() == texts.size()) {
            String text = String.join("\n", texts.values()) + "\n";
            upload(plan + ".txt", text, channel);
            SchemaPicture.ofPlan(text).ifPresent(picture -> upload(plan + "-schema.svg", picture, channel));
        }
    }

    private void upload(String name, String content, String channel) {
        try {
            rest.post("channels/" + channel + "/messages", DiscordGateway.body(rest, "", false), name, content);
        } catch (ChatGateway.Busy | DiscordRefused | UncheckedIOException without) {
            LOG.warnf("Discord: the plan's file was not taken name=%s: %s", name, without.getMessage());
        }
    }
}
