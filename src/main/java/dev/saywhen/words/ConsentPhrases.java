package dev.saywhen.words;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads an authorization phrase: the whole message, after {@link NarrowNormalisation}, is one of a closed list.
 *
 * <p>The list may be shortened or lengthened by configuration, by whole phrases only. A phrase is compared, never
 * matched, so there is no pattern that could accept more than what somebody read and agreed to.
 */
public final class ConsentPhrases {

    /** The phrases of the safety contract, section 4. */
    public static final List<String> CLOSED_LIST = List.of(
            "yes",
            "yes please",
            "yes, please",
            "yes, proceed",
            "yes, execute",
            "yes, begin",
            "yes, please proceed",
            "yes, i confirm",
            "proceed",
            "please proceed",
            "execute",
            "you may proceed",
            "begin implementation",
            "i authorize",
            "i authorise",
            "authorized",
            "authorised",
            "i confirm",
            "confirmed",
            "i authorize you to execute this plan",
            "i authorise you to execute this plan",
            "begin implementation of the proposed backend architecture",
            "i authorize you to execute this database/api plan",
            "i authorise you to execute this database/api plan",
            "i confirm i want you to proceed with these backend changes",
            "you may proceed with implementing this backend solution");

    private static final String REVISION_MARK = " r";
    private static final int MOST_DIGITS = 9;

    private final NarrowNormalisation normalisation;
    private final Set<String> phrases;

    /**
     * @throws IllegalArgumentException if the list is empty, or a phrase is blank, is not in the normalised form that
     *     it would be compared in, holds anything but letters, digits, single spaces and {@code , ' - /}, ends with a
     *     revision, or means something else already (a command, a stop)
     */
    public ConsentPhrases(List<String> phrases, String botName) {
        this.normalisation = new NarrowNormalisation(botName);
        if (phrases.isEmpty()) {
            throw new IllegalArgumentException(
                    "The list of authorization phrases is empty, so nobody could ever say yes. Name at least one phrase.");
        }
        phrases.forEach(phrase -> check(phrase, botName));
        this.phrases = Set.copyOf(phrases);
    }

    /** The phrase that this message is, as a whole. Empty is the answer to everything else. */
    public Optional<Consent> read(String text) {
        String said = normalisation.normalise(text);
        if (phrases.contains(said)) {
            return Optional.of(new Consent(said, OptionalInt.empty()));
        }
        int mark = said.lastIndexOf(REVISION_MARK);
        if (mark < 0 || !phrases.contains(said.substring(0, mark))) {
            return Optional.empty();
        }
        OptionalInt revision = revision(said.substring(mark + REVISION_MARK.length()));
        return revision.isEmpty() ? Optional.empty() : Optional.of(new Consent(said.substring(0, mark), revision));
    }

    /**
     * A revision as the bot writes it. Leading zeros are refused: {@code r03} may be a slip for {@code r30}, and to
     * ask again costs one message.
     */
    private static OptionalInt revision(String digits) {
        boolean written = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.charAt(0) != '0'
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return written ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private void check(String phrase, String botName) {
        if (phrase.isBlank()) {
            throw new IllegalArgumentException("An authorization phrase is blank. Remove it from the list.");
        }
        if (!phrase.codePoints().allMatch(ConsentPhrases::mayStandInPhrase)
                || phrase.codePoints().noneMatch(Character::isLetter)) {
            throw refused(
                    phrase,
                    "has characters that no phrase has: letters, digits, single spaces and , ' - / are"
                            + " allowed; it is compared whole and can hold no pattern");
        }
        String normalised = normalisation.normalise(phrase);
        if (!phrase.equals(normalised)) {
            throw refused(
                    phrase, "is never matched, because messages are normalised first; write '" + normalised + "'");
        }
        int mark = phrase.lastIndexOf(REVISION_MARK);
        if (mark >= 0 && isDigits(phrase.substring(mark + REVISION_MARK.length()))) {
            throw refused(phrase, "names a revision, which every phrase may do when it is said; leave it out here");
        }
        if (new Commands(botName).read(phrase).isPresent()) {
            throw refused(phrase, "is a command");
        }
        if (new StopRecognition(Set.of(), botName)
                .hear(phrase, StopPlace.EVERYWHERE)
                .isPresent()) {
            throw refused(phrase, "is heard as a STOP while a run acts");
        }
    }

    private static boolean mayStandInPhrase(int c) {
        return Character.isLetter(c) || Folding.isMark(c) || Character.isDigit(c) || " ,'-/".indexOf(c) >= 0;
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    private static IllegalArgumentException refused(String phrase, String reason) {
        return new IllegalArgumentException("The authorization phrase '" + phrase + "' " + reason + ".");
    }
}
