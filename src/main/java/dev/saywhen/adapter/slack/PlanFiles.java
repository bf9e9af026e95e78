package dev.saywhen.adapter.slack;

import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest.FileDetails;
import com.slack.api.methods.response.files.FilesGetUploadURLExternalResponse;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.SchemaPicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A plan's whole text as a file in the thread, before its head, and a picture of the schema where that changes. The messages
 * say all of it too: a file that cannot be had stops no plan.
 */
final class PlanFiles {
    private static final Logger LOG = Logger.getLogger(PlanFiles.class);
    private static final Pattern KEY = Pattern.compile("(run-[0-9]+)/plan/(r[0-9]+)/([0-9]+|head)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST = 100;

    private final WebApi api;
    private final Map<String, TreeMap<Integer, String>> parts = new ConcurrentHashMap<>(); // until the head is sent

    PlanFiles(WebApi api) {
        this.api = api;
    }

    /** Whether a message is one of those that say a plan. */
    static boolean isOfPlan(Outgoing.Message message) {
        return KEY.matcher(message.key()).matches();
    }

    /** Called before each message is posted, and again when that is tried again. */
    void before(Outgoing.Message message) {
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
            upload(plan + ".txt", text, message.thread());
            SchemaPicture.ofPlan(text).ifPresent(picture -> upload(plan + "-schema.svg", picture, message.thread()));
        }
    }

    private void upload(String name, String content, ThreadId thread) {
        try {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            FilesGetUploadURLExternalResponse place = api.call(
                    SlackMethod.UPLOAD_URL,
                    methods -> methods.filesGetUploadURLExternal(
                            r -> r.filename(name).length(bytes.length)));
            send(place.getUploadUrl(), bytes);
            FileDetails file =
                    FileDetails.builder().id(place.getFileId()).title(name).build();
            String root = thread.root().value();
            @Nullable String in = Identity.isTime(root) ? root : null;
            api.call(
                    SlackMethod.COMPLETE_UPLOAD,
                    methods -> methods.filesCompleteUploadExternal(r -> r.files(List.of(file))
                            .channelId(thread.channel().value())
                            .threadTs(in)));
        } catch (ChatGateway.Busy | SlackRefused | UncheckedIOException without) {
            LOG.warnf("Slack: the plan's file was not taken name=%s: %s", name, without.getMessage());
        }
    }

    private static void send(String address, byte[] content) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new IOException("HTTP " + status);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("a file could not be sent to Slack", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while a file was sent", interrupted));
        }
    }
}
