package dev.saywhen.id;

/** The checks that every name shares. */
final class Names {
    private Names() {}

    /** Returns the value, or refuses one that is blank, long, or could not stand in a colon-separated id. */
    static String checked(String kind, String value) {
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException(kind + " must have 1 to 200 characters: \"" + shown(value) + "\"");
        }
        if (value.codePoints().anyMatch(Names::isForbidden)) {
            throw new IllegalArgumentException(kind
                    + " must not hold a colon, white space, control or invisible characters: \"" + shown(value) + "\"");
        }
        return value;
    }

    private static boolean isForbidden(int letter) {
        return letter == ':'
                || Character.isISOControl(letter)
                || Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || Character.getType(letter) == Character.FORMAT
                || Character.getType(letter) == Character.SURROGATE;
    }

    private static String shown(String value) {
        String cut = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
    }
}
