package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.plan.PlanText;
import java.util.Locale;

/** People's words as they may be shown back: one line, visible, short, lower case so that none of them holds anybody. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    static String words(String text) {
        String shown = PlanText.visible(text.replaceAll("\\s+", " "))
                .replace('`', '\'')
                .toLowerCase(Locale.ROOT);
        if (shown.codePointCount(0, shown.length()) > LONGEST) {
            shown = shown.substring(0, shown.offsetByCodePoints(0, LONGEST)).strip() + "...";
        }
        return "`" + shown + "`";
    }
}
