package dev.saywhen.chat;

import dev.saywhen.id.ActorId;

/** Who wrote a message, as the platform says. */
public record Author(ActorId id, Kind kind) {
    /** What kind of author. A message that carries an app, bot or webhook id is a machine's, whoever is named in it. */
    public enum Kind {
        PERSON,
        GUEST,
        MACHINE
    }

    public boolean isMachine() {
        return kind == Kind.MACHINE;
    }
}
