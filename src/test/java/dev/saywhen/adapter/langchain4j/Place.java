package dev.saywhen.adapter.langchain4j;

import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.flow.HearingWatch;
import dev.saywhen.flow.Inbox;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.fakes.TickingClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Where Ana talks to the service of a {@link ModelWorld}. */
interface Place extends AutoCloseable {
    /** The channel, as a project names it. */
    String CHANNEL = "orders-dev";

    /** Opens one. */
    @FunctionalInterface
    interface Opened {
        Place at(TickingClock clock) throws IOException;
    }

    TeamId team();

    ActorId ana();

    ChatGateway gateway();

    Map<Platform, Directory> directories();

    /** What is said from now on comes in there. */
    void open(Inbox inbox, HearingWatch watch, Executor threads);

    /** A message with what its author is. */
    InboundMessage known(InboundMessage message);

    /** Ana says something to the bot, and a thread begins with it. */
    ThreadId ask(String text);

    void say(ThreadId thread, String text);

    /** The bot's messages in a thread as people see them now. */
    List<String> shown(ThreadId thread);

    /** A test waits: here time may have to go by. */
    void waits();

    @Override
    void close() throws IOException;
}
