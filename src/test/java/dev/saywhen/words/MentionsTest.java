package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MentionsTest {

    private final Mentions mentions = new Mentions("saywhen");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@saywhen",
                "@SAYWHEN",
                "hey @saywhen",
                "(@saywhen)",
                "@saywhen's",
                "@saywhen.",
                "@saywhen... what",
                "@@saywhen",
                "*@saywhen*",
                "a\n@saywhen\nb",
                "@ana,@saywhen",
                "🙏@saywhen",
                "@saywhen🙏"
            })
    void the_bot_is_mentioned(String text) {
        assertTrue(mentions.mentionsBot(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "saywhen",
                "@saywhenyes",
                "@saywhen2",
                "@saywhen-staging",
                "@saywhen_x",
                "@saywhen.x",
                "mail@saywhen",
                "@ saywhen",
                "@say",
                "@",
                "@@",
                "@ana"
            })
    void somebody_else_is_or_nobody(String text) {
        assertFalse(mentions.mentionsBot(text));
    }

    @Test
    void one_mention_at_an_end_is_taken_off_and_the_rest_stays_as_written() {
        assertEquals("Build  a Library", mentions.withoutMention(" @saywhen: Build  a Library "));
        assertEquals("Build it", mentions.withoutMention("Build it @Saywhen"));
        assertEquals("hey @saywhen build it", mentions.withoutMention("hey @saywhen build it"));
        assertEquals("@saywhen build", mentions.withoutMention("@saywhen @saywhen build"));
        assertEquals("", mentions.withoutMention(" @saywhen "));
        assertEquals("@ana build it", mentions.withoutMention("@ana build it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "say when", "saywhen.", "@saywhen", "say..when", "say\u200bwhen", "say:when"})
    void a_name_that_nobody_can_mention_is_refused(String name) {
        assertEquals(
                "The bot's name '" + name + "' cannot be mentioned: use letters, digits, '-', '_' and single dots,"
                        + " and no dot at the end.",
                assertThrows(IllegalArgumentException.class, () -> new Mentions(name))
                        .getMessage());
    }
}
