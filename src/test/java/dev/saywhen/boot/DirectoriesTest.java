package dev.saywhen.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.chat.Author;
import dev.saywhen.chat.Directory;
import dev.saywhen.chat.InboundMessage;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.ChannelId;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.safety.Approvers.Standing;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who somebody is, is what his platform says now. */
final class DirectoriesTest {
    private static final TeamId TEAM = new TeamId(new Platform("slack"), "T1");

    private final Map<String, Author.Kind> kinds =
            Map.of("ana", Author.Kind.PERSON, "gus", Author.Kind.GUEST, "bot", Author.Kind.MACHINE);
    private final Directories directories = new Directories(Map.of(TEAM.platform(), new Directory() {
        @Override
        public Optional<Author.Kind> kindOf(ActorId actor) {
            if (actor.user().equals("unreadable")) {
                throw new IllegalStateException("the platform does not answer");
            }
            return Optional.ofNullable(kinds.get(actor.user()));
        }

        @Override
        public Optional<String> nameOf(ChannelId channel) {
            return Optional.empty();
        }
    }));

    @Test
    void only_a_person_of_the_team_is_a_member() {
        assertEquals(Standing.MEMBER, standing("ana"));
        assertEquals(Standing.GUEST, standing("gus"));
        assertEquals(Standing.OUTSIDER, standing("bot"));
        assertEquals(Standing.OUTSIDER, standing("gone"));
        assertEquals(Standing.OUTSIDER, directories.standing(actor("ana"), new TeamId(TEAM.platform(), "T2")));
    }

    @Test
    void what_cannot_be_read_is_no_answer() {
        assertThrows(IllegalStateException.class, () -> standing("unreadable"));
        assertThrows(IllegalStateException.class, () -> new Directories(Map.of()).standing(actor("ana"), TEAM));
    }

    @Test
    void an_author_is_what_the_platform_says_and_whoever_is_unknown_may_do_what_a_guest_may() {
        assertSame(Author.Kind.PERSON, kind("ana"));
        assertSame(Author.Kind.GUEST, kind("gus"));
        assertSame(Author.Kind.GUEST, kind("gone"));
        assertSame(Author.Kind.MACHINE, kind("bot"));
    }

    private Standing standing(String user) {
        return directories.standing(actor(user), TEAM);
    }

    private Author.Kind kind(String user) {
        MessageId id = new MessageId(new ChannelId(TEAM, "C1"), "1.2");
        return directories
                .verified(new InboundMessage(
                        id,
                        new ThreadId(id),
                        new Author(actor(user), Author.Kind.PERSON),
                        "hi",
                        Instant.EPOCH,
                        null,
                        Set.of()))
                .author()
                .kind();
    }

    private static ActorId actor(String user) {
        return new ActorId(TEAM, user);
    }
}
