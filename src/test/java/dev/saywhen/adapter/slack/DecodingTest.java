package dev.saywhen.adapter.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.words.ConsentPhrases;
import dev.saywhen.words.StopPlace;
import dev.saywhen.words.StopRecognition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of a text of Slack's is what is judged. */
final class DecodingTest {
    private final Decoding decoding = new Decoding("U0SAYWHEN", "saywhen");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <@U0SAYWHEN> proceed                       | @saywhen proceed
                    <@U0SAYWHEN!saywhen> hi                    | @U0SAYWHEN!saywhen hi
                    <@U0ANA> and <!here>                       | @U0ANA and @here
                    <!subteam^S1> <!date^1^{date}>             | @S1 @1^{date}
                    see <#C1> and <https://a.example/x>        | see #C1 and https://a.example/x
                    &lt;b&gt; &amp;amp; &amp;lt;               | <b> &amp; &lt;
                    :octagonal_sign::skin-tone-3:              | 🛑
                    :no_entry: :+1::skin-tone-6: :thumbsup:    | ⛔ 👍 👍
                    :party_parrot: 10:30:00 a:b:c              | :party_parrot: 10:30:00 a:b:c
                    <@U0SAYWHEN>stop                           | @saywhen;stop
                    now<@U0SAYWHEN>                            | now;@saywhen
                    <>                                         | <>
                    """)
    void an_encoding_is_undone(String encoded, String plain) {
        assertEquals(plain, decoding.plain(encoded));
    }

    @Test
    void labels_stand_for_links_channels_groups_and_dates() {
        assertEquals(
                "go on #ops @dba tomorrow",
                decoding.plain("<https://stop.example|go on> <#C1|ops> <!subteam^S1|@dba> <!date^1^{d}|tomorrow>"));
    }

    @Test
    void what_was_decoded_is_not_decoded_again() {
        assertEquals("<@U0SAYWHEN> :no_entry", decoding.plain("&lt;@U0SAYWHEN&gt; :no_entry"));
        assertEquals("&lt;", decoding.plain("&amp;lt;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":octagonal_sign:",
                ":no_entry::skin-tone-2:",
                "<@U0SAYWHEN>stop",
                "<!here> STOP",
                "<@U0SAYWHEN> please stop &amp; wait",
                "stop everything :octagonal_sign:"
            })
    void a_stop_is_one_in_slacks_encoding_too(String encoded) {
        StopRecognition recognition = new StopRecognition(Set.of(), "saywhen");
        assertTrue(
                recognition
                        .hear(decoding.plain(encoded), StopPlace.ANYWHERE_ELSE)
                        .isPresent(),
                encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<@U0SAYWHEN>yes", "&gt; yes", "yes :+1:", ":white_check_mark:", "<https://yes.example|yes> ok"})
    void what_only_looks_like_a_yes_is_none(String encoded) {
        ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");
        assertTrue(phrases.read(decoding.plain(encoded)).isEmpty(), encoded);
    }
}
