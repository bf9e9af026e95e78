package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.chat.Author;
import dev.saywhen.id.ActorId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may say yes, as Slack tells it (gate.md, sections 5 and 10). */
final class IdentityTest {
    @Test
    void guests_externals_bots_and_the_deactivated_are_told_apart() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.user("U0GUEST", user -> user.put("is_restricted", true));
            world.slack.user("U0ULTRA", user -> user.put("is_ultra_restricted", true));
            world.slack.user("U0OTHER", user -> user.put("team_id", "T0OTHER"));
            world.slack.user("U0STRNG", user -> user.put("is_stranger", true));
            world.slack.user("U0ROBOT", user -> user.put("is_bot", true));
            world.slack.user("U0GONEE", user -> user.put("deleted", true));
            assertEquals(Optional.of(Author.Kind.PERSON), kind(world, FakeSlack.ANA));
            assertEquals(Optional.of(Author.Kind.GUEST), kind(world, "U0GUEST"));
            assertEquals(Optional.of(Author.Kind.GUEST), kind(world, "U0ULTRA"));
            assertEquals(Optional.of(Author.Kind.GUEST), kind(world, "U0OTHER"));
            assertEquals(Optional.of(Author.Kind.GUEST), kind(world, "U0STRNG"));
            assertEquals(Optional.of(Author.Kind.MACHINE), kind(world, "U0ROBOT"));
            assertEquals(Optional.empty(), kind(world, "U0GONEE"));
            assertEquals(
                    Optional.of(Author.Kind.GUEST),
                    world.adapter.directory().kindOf(new ActorId(Identity.team("T0OTHER"), FakeSlack.ANA)));
        }
    }

    @Test
    void what_somebody_is_is_asked_again_after_a_moment() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            assertEquals(Optional.of(Author.Kind.PERSON), kind(world, FakeSlack.ANA));
            world.slack.user(FakeSlack.ANA, user -> user.put("deleted", true));
            assertEquals(Optional.of(Author.Kind.PERSON), kind(world, FakeSlack.ANA));
            world.clock.tick(Duration.ofSeconds(21));
            assertEquals(Optional.empty(), kind(world, FakeSlack.ANA));
        }
    }

    @Test
    void what_cannot_be_read_is_no_answer() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("users.info", "missing_scope");
            SlackRefused refused = assertThrows(SlackRefused.class, () -> kind(world, FakeSlack.ANA));
            assertEquals(
                    "Slack does not take users.info: missing_scope. The app lacks the scope users:read:"
                            + " paste bot-manifest.yml again and reinstall the app.",
                    refused.getMessage());
        }
    }

    @Test
    void somebody_unknown_is_nobody() throws Exception {
        try (SlackWorld world = new SlackWorld()) {
            world.slack.refuse("users.info", "user_not_found");
            assertEquals(Optional.empty(), kind(world, "U0NOONE"));
        }
    }

    @Test
    void a_guest_opens_no_run_and_a_bot_says_no_yes() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            world.slack.user("U0GUEST", user -> user.put("is_restricted", true));
            String asked = world.slack.post(FakeSlack.CHANNEL, "U0GUEST", "<@U0SAYWHEN> a library", null);
            world.awaitShown(asked, "A guest can't open a run here.");
            String thread = world.planned();
            world.slack.post(FakeSlack.CHANNEL, FakeSlack.ANA, "proceed", thread, m -> m.put("bot_id", "B2"));
            world.slack.post(
                    FakeSlack.CHANNEL,
                    FakeSlack.ANA,
                    "proceed",
                    thread,
                    m -> m.putArray("files").addObject());
            world.awaitShown(thread, "A quote, a forward or a file is no yes. Type it.");
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
        }
    }

    @Test
    void a_yes_whose_author_cannot_be_looked_up_waits_until_it_can() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            world.slack.user("U0NEWBY", _ -> {});
            world.slack.refuse("users.info", "internal_error");
            world.clock.tick(Duration.ofSeconds(30));
            world.say(thread, FakeSlack.ANA, "proceed");
            world.core.await(
                    "a look-up that failed",
                    () -> world.core.broken.stream().anyMatch(line -> line.contains("users.info")));
            assertEquals("awaiting-authorization PLAN", world.core.state(thread));
            world.slack.refuse("users.info", "");
            world.core.awaitState(thread, "completed DOCUMENT");
        }
    }

    @Test
    void a_yes_that_is_deleted_or_edited_while_the_run_acts_holds_it() throws Exception {
        try (SlackWorld world = new SlackWorld().listening()) {
            String thread = world.planned();
            String[] yes = {""};
            world.core.effects.whileCommandRuns(() -> world.core.await("the yes", () -> {
                if (yes[0].isEmpty()) {
                    return false;
                }
                world.slack.delete(FakeSlack.CHANNEL, yes[0]);
                return true;
            }));
            yes[0] = world.say(thread, FakeSlack.ANA, "proceed");
            world.core.awaitState(thread, "held EXECUTE");
            world.awaitShown(thread, "Held in EXECUTE: the message that said yes was deleted");
        }
    }

    private static Optional<Author.Kind> kind(SlackWorld world, String user) {
        return world.adapter.directory().kindOf(SlackWorld.actor(user));
    }
}
