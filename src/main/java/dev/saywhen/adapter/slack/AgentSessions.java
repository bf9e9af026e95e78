package dev.saywhen.adapter.slack;

import com.slack.api.methods.response.api.ApiTestResponse;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ThreadId;
import org.jboss.logging.Logger;

/**
 * Tells Slack when a run works, so that it shows its own stop button for agents
 * (https://docs.slack.dev/ai/agent-sessions). A sign beside the others: where it cannot be had, nothing else changes.
 */
final class AgentSessions {
    private static final Logger LOG = Logger.getLogger(AgentSessions.class);

    private final WebApi api;
    private volatile boolean isRefused; // once is enough: it is a matter of the app's settings

    AgentSessions(WebApi api) {
        this.api = api;
    }

    /** Called when a message stands. */
    void after(Outgoing.Message message) {
        switch (message.purpose()) {
            case PROGRESS -> set(message.thread(), "processing");
            case RECEIPT, HELD, DONE -> set(message.thread(), "active");
            case QUESTION, PLAN, NOTE -> {}
        }
    }

    /** Slack's client has no method for it yet; its answer says no more than that of {@code api.test}. */
    private void set(ThreadId thread, String status) {
        if (isRefused || !Identity.isTime(thread.root().value())) {
            return;
        }
        try {
            api.call(
                    SlackMethod.SET_STATUS,
                    methods -> methods.postFormWithTokenAndParseResponse(
                            form -> form.add("channel_id", thread.channel().value())
                                    .add("thread_ts", thread.root().value())
                                    .add("status", status),
                            SlackMethod.SET_STATUS.toString(),
                            api.token(),
                            ApiTestResponse.class));
        } catch (SlackRefused refused) {
            isRefused = true;
            LOG.infof("Slack: there is no stop button of its own: %s", refused.getMessage());
        } catch (RuntimeException unknown) {
            LOG.infof("Slack: its own stop button may be wrong: %s", unknown.getMessage());
        }
    }
}
