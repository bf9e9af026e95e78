package dev.saywhen.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Seeded: changes phrases at random and compares the reader with a second, independent telling of the rule. */
final class ConsentMutationTest {

    private static final String WHITE_SPACE = "[ \\u00a0\\t\\r\\n]";

    /** Section 4 once more, as one expression without flags: {@code (?i)} would know more letters than A-Z. */
    private static final Pattern RULE = Pattern.compile(WHITE_SPACE
            + "*(?:MENTION(?:WS+|WS*[,:]WS*)SAID|SAIDWS+MENTION|SAID)"
                    .replace("MENTION", "@" + anyCase("saywhen"))
                    .replace("SAID", "(?:" + phrasesAnyCase() + ")(?:WS+[rR][1-9][0-9]{0,8})?[.!]?")
                    .replace("WS", WHITE_SPACE)
            + WHITE_SPACE + "*");

    private static final List<String> STRANGERS = List.of(
            "\u0000", "\u0001", "\b", "\u000b", "\f", "\u001b", "\u007f", "\u0085", "\u00ad", "\u034f", "\u061c",
            "\u180e", "\u2000", "\u2007", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u202e",
            "\u202f", "\u2060", "\u2066", "\u3000", "\ufe0f", "\ufeff", "\u0301", "\u0307", "\u0323", "\ud83d",
            "\udc4d", "👍", "✅", "\u212a", "\u0130", "\u0131", "\u017f", "а", "е", "о", "р", "с", "у", "і", "ѕ", "ｙ",
            "ｅ", "ｓ", "ё", "！", "。", "，", "’", "‐");

    private final ConsentPhrases phrases = new ConsentPhrases(ConsentPhrases.CLOSED_LIST, "saywhen");

    @Test
    void no_change_to_a_phrase_is_consent_unless_it_makes_a_listed_phrase() {
        Random random = new Random(20261124);
        int stillConsent = 0;
        for (int round = 0; round < 200_000; round++) {
            String mutant = mutant(random);
            boolean consent = phrases.read(mutant).isPresent();
            assertEquals(RULE.matcher(mutant).matches(), consent, () -> "mutant <" + escaped(mutant) + ">");
            stillConsent += consent ? 1 : 0;
        }
        assertTrue(stillConsent > 1_000, "mutants that are consent were tried as well: " + stillConsent);
    }

    @Test
    void no_stranger_anywhere_in_a_phrase_is_consent() {
        for (String phrase : ConsentPhrases.CLOSED_LIST) {
            for (String stranger : STRANGERS) {
                for (int at = 0; at <= phrase.length(); at++) {
                    String inserted = phrase.substring(0, at) + stranger + phrase.substring(at);
                    assertTrue(phrases.read(inserted).isEmpty(), () -> "inserted <" + escaped(inserted) + ">");
                    if (at < phrase.length()) {
                        String replaced = phrase.substring(0, at) + stranger + phrase.substring(at + 1);
                        assertTrue(phrases.read(replaced).isEmpty(), () -> "replaced <" + escaped(replaced) + ">");
                    }
                }
            }
        }
    }

    private static String mutant(Random random) {
        StringBuilder text = new StringBuilder(pick(ConsentPhrases.CLOSED_LIST, random));
        if (random.nextInt(4) == 0) {
            text.insert(0, pick(List.of("@saywhen ", "@saywhen, ", "@Saywhen:", "@saywhen"), random));
        }
        if (random.nextInt(4) == 0) {
            text.append(pick(List.of(" r3", " R12", " r", ".", "!", " @saywhen", "\n", " r03"), random));
        }
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(2));
            text.replace(at, end, character(random));
        }
        return text.toString();
    }

    private static String character(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> pick(STRANGERS, random);
            case 1 -> pick(List.of(" ", "\u00a0", "\t", "\r", "\n", ".", "!", ",", ":", "@", "", "r", "1"), random);
            case 2 -> Character.toString(random.nextInt(0x80));
            default -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
        };
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static String phrasesAnyCase() {
        return ConsentPhrases.CLOSED_LIST.stream()
                .map(ConsentMutationTest::anyCase)
                .collect(Collectors.joining("|"));
    }

    private static String anyCase(String text) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case ' ' -> "WS+";
                    case ',', '/' -> Character.toString(c);
                    default -> "[" + (char) c + (char) (c - 'a' + 'A') + "]";
                })
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }
}
