package dev.saywhen.words;

/** What the rules need to know about pictures. */
final class Emoji {

    private static final char ENCLOSING_KEYCAP = '\u20e3';
    private static final char EMOJI_PRESENTATION = '\ufe0f';

    private Emoji() {}

    /**
     * Emoji and their skin tones and key caps. The double marks !! and !? are pictures to Unicode too, but here they
     * stay what they are to a reader: punctuation.
     */
    static boolean isEmoji(int c) {
        return isPicture(c) || Character.isEmojiModifier(c) || c == ENCLOSING_KEYCAP;
    }

    /** An emoji that shows something by itself. */
    static boolean isPicture(int c) {
        return (Character.isEmojiPresentation(c) || Character.isExtendedPictographic(c))
                && !Character.isEmojiModifier(c)
                && Character.getType(c) != Character.OTHER_PUNCTUATION;
    }

    /** Octagonal sign or no entry. */
    static boolean isStopSign(int c) {
        return c == 0x1f6d1 || c == 0x26d4;
    }

    static boolean isThumbsUp(int c) {
        return c == 0x1f44d || c == 0x1f592;
    }

    /** Heavy and light check marks, white on green, in a ballot box, and their bold forms. */
    static boolean isCheckMark(int c) {
        return switch (c) {
            case 0x2705, 0x2713, 0x2714, 0x2611, 0x1f5f8, 0x1f5f9 -> true;
            default -> false;
        };
    }

    static String blanked(String text) {
        StringBuilder blanked = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            blanked.appendCodePoint(isEmoji(c) || isOnKeycap(text, i) ? ' ' : c);
        }
        return blanked.toString();
    }

    /** A digit, # or * that a variation selector and the key cap behind it make an emoji. */
    private static boolean isOnKeycap(String text, int at) {
        int cap = at + 1 < text.length() && text.charAt(at + 1) == EMOJI_PRESENTATION ? at + 2 : at + 1;
        return "0123456789#*".indexOf(text.charAt(at)) >= 0
                && cap < text.length()
                && text.charAt(cap) == ENCLOSING_KEYCAP;
    }
}
