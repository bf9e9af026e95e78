package dev.saywhen.adapter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.boot.postgres.SaywhenTestResource;
import dev.saywhen.chat.DirectConversations;
import dev.saywhen.id.Platform;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SaywhenTestResource.class, scope = TestResourceScope.GLOBAL)
final class PostgresDirectConversationsTest {
    private static final Platform ONE = new Platform("talk");
    private static final Platform OTHER = new Platform("talks");

    @Inject
    DirectConversations conversations;

    @Test
    void those_of_a_platform_are_kept_once_each() {
        assertEquals(Set.of(), conversations.on(ONE));
        conversations.met(ONE, "13");
        conversations.met(ONE, "14");
        conversations.met(ONE, "13");
        conversations.met(OTHER, "15");
        assertEquals(Set.of("13", "14"), conversations.on(ONE));
        assertEquals(Set.of("15"), conversations.on(OTHER));
    }

    @Test
    void one_that_is_gone_is_not_kept() {
        Platform platform = new Platform("gone");
        conversations.met(platform, "13");
        conversations.met(platform, "14");
        conversations.gone(platform, "13");
        conversations.gone(platform, "15");
        assertEquals(Set.of("14"), conversations.on(platform));
    }
}
