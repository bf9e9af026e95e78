package dev.saywhen.boot;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.safety.Approvers.Standing;
import java.util.Map;
import java.util.Optional;

/** Who people are, asked of the platform they are on. The local chat verifies nobody and has no directory. */
record Directories(Map<Platform, Directory> byPlatform) {
    Directories {
        byPlatform = Map.copyOf(byPlatform);
    }

    /** Throws if the platform cannot be asked, or is not served any more. */
    Standing standing(ActorId actor, TeamId team) {
        if (!actor.team().equals(team)) {
            return Standing.OUTSIDER;
        }
        if (isLocal(actor)) {
            return Standing.MEMBER;
        }
        Optional<Author.Kind> kind = directory(actor).kindOf(actor);
        if (kind.isEmpty()) {
            return Standing.OUTSIDER;
        }
        return switch (kind.get()) {
            case PERSON -> Standing.MEMBER;
            case GUEST -> Standing.GUEST;
            case MACHINE -> Standing.OUTSIDER;
        };
    }

    /** The message with what its author is; who is not of the team may do what a guest may. */
    InboundMessage verified(InboundMessage message) {
        Author author = message.author();
        if (author.isMachine() || isLocal(author.id())) {
            return message;
        }
        Author.Kind kind = directory(author.id()).kindOf(author.id()).orElse(Author.Kind.GUEST);
        return kind == author.kind() ? message : message.from(new Author(author.id(), kind));
    }

    private Directory directory(ActorId actor) {
        Directory directory = byPlatform.get(actor.team().platform());
        if (directory == null) {
            throw new IllegalStateException(actor.team().platform() + " is not served now, so nobody there is known");
        }
        return directory;
    }

    private static boolean isLocal(ActorId actor) {
        return actor.team().platform().name().equals("local");
    }
}
