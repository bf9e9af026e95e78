package dev.saywhen.chat;

import dev.saywhen.id.Platform;
import java.util.Set;

/**
 * Which direct conversations people have with the bot (port), for a platform that does not tell: without it nobody could read
 * after a start what was said in them meanwhile.
 */
public interface DirectConversations {
    /** Those on a platform, by its own ids. */
    Set<String> on(Platform platform);

    /** Somebody talks to the bot there. One that is known changes nothing. */
    void met(Platform platform, String conversation);

    /** Nobody can talk to the bot there any more. One that is not known changes nothing. */
    void gone(Platform platform, String conversation);
}
