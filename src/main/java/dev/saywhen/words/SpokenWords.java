package dev.saywhen.words;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text as the rules of STOP see them: after NFKC, without format characters and markers, mentions and
 * emoji being a space. What it takes to take mentions out and to lose no stop word that touches one is here too.
 */
final class SpokenWords {

    private final StopVocabulary vocabulary;
    private final String botName;

    SpokenWords(StopVocabulary vocabulary, String botName) {
        this.vocabulary = vocabulary;
        this.botName = Folding.compatible(Mentions.checkedName(botName));
    }

    List<Word> in(String text) {
        return Word.in(Folding.withoutMarkers(withoutMentions(Folding.compatible(Emoji.blanked(text)))));
    }

    /** Is the bot mentioned, or somebody whose name goes on after it, as {@code @saywhen-staging}? */
    boolean addressBot(String text) {
        String folded = Folding.compatible(text);
        return Mentions.tokens(folded).stream().anyMatch(token -> beginsWithBotName(token, folded));
    }

    private String withoutMentions(String text) {
        List<Mentions.Token> mentions = new ArrayList<>();
        for (Mentions.Token token : Mentions.tokens(text)) {
            boolean stopBehindName = beginsWithBotName(token, text) && goesOnWithStopWord(token, text);
            mentions.add(stopBehindName ? new Mentions.Token(token.start(), endOfBotName(token)) : token);
        }
        return Mentions.blanked(text, mentions);
    }

    private boolean beginsWithBotName(Mentions.Token token, String text) {
        int end = endOfBotName(token);
        return end <= token.end()
                && text.regionMatches(true, token.start() + 1, botName, 0, botName.length())
                && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)));
    }

    private boolean goesOnWithStopWord(Mentions.Token token, String text) {
        String rest = Folding.withoutMarkers(text.substring(endOfBotName(token), token.end()));
        return Word.in(rest).stream().anyMatch(vocabulary::isStopWord);
    }

    private int endOfBotName(Mentions.Token token) {
        return token.start() + 1 + botName.length();
    }
}
