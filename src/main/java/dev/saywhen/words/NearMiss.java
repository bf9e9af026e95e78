package dev.saywhen.words;

import java.util.List;
import java.util.Set;

/**
 * Recognises what looks like a yes and is none. It is asked about messages that are no phrase and no command, and
 * decides only which answer somebody gets: a near miss never acts and never changes the plan.
 */
public final class NearMiss {

    private static final Set<String> WORDS = Set.of(
            "y",
            "yes",
            "yep",
            "yeah",
            "yup",
            "ok",
            "okay",
            "sure",
            "lgtm",
            "go",
            "proceed",
            "execute",
            "authorize",
            "authorise",
            "authorized",
            "authorised",
            "approve",
            "approved",
            "confirm",
            "confirmed",
            "begin",
            "ship");

    private static final String CYRILLIC = "аеорсухіѕ";
    private static final String LATIN_TWINS = "aeopcyxis";

    private final String botName;

    public NearMiss(String botName) {
        this.botName = Mentions.checkedName(botName);
    }

    /** The bot's own name is no word of the message: else every word to a bot called {@code go} would be a near miss. */
    public boolean matches(String text) {
        if (text.codePoints().anyMatch(c -> Emoji.isThumbsUp(c) || Emoji.isCheckMark(c))) {
            return true;
        }
        List<Word> words = Word.in(folded(text));
        boolean afterDo = false;
        for (Word word : words) {
            String said = withoutRepeatedLastLetter(word.text());
            if (WORDS.contains(said) || (afterDo && said.equals("it") && word.before() == Word.Gap.WHITE_SPACE)) {
                return true;
            }
            afterDo = said.equals("do");
        }
        return false;
    }

    private String folded(String text) {
        String compatible = Folding.compatible(text);
        List<Mentions.Token> ownMentions = Mentions.tokens(compatible).stream()
                .filter(token -> token.nameIn(compatible).equalsIgnoreCase(botName))
                .toList();
        String lower = Folding.lowerCase(Mentions.blanked(compatible, ownMentions));
        return latin(Folding.withoutMarkers(lower).replace(">", ""));
    }

    private static String latin(String text) {
        StringBuilder latin = new StringBuilder(text);
        for (int i = 0; i < latin.length(); i++) {
            int twin = CYRILLIC.indexOf(latin.charAt(i));
            if (twin >= 0) {
                latin.setCharAt(i, LATIN_TWINS.charAt(twin));
            }
        }
        return latin.toString();
    }

    private static String withoutRepeatedLastLetter(String word) {
        int end = word.length();
        while (end > 1 && word.charAt(end - 1) == word.charAt(end - 2)) {
            end--;
        }
        return word.substring(0, end);
    }
}
