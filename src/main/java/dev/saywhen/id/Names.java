package dev.saywhen.id;

/** The checks that every name shares. */
final class Names {
    private Names() {}

    /** Returns the value, or refuses one that is blank, long, or could not stand in a colon-separated id. */
    static String checked(String kind, String value) {
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException(kind + " must have 1 to 200 characters: \"" + shown(value) + "\"");
        }
        for (int at = 0; at < value.length(); at++) {
            char letter = value.charAt(at);
            if (letter == ':' || letter <= ' ' || letter == 0x7f) {
                throw new IllegalArgumentException(
                        kind + " must not hold a colon, white space or control characters: \"" + shown(value) + "\"");
            }
        }
        return value;
    }

    private static String shown(String value) {
        String cut = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
