package dev.saywhen.adapter.discord;

import dev.saywhen.chat.TextParts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as Discord takes it. Nothing in it mentions anybody: people are named. */
final class Formatting {
    /** The most in one message is 2,000. */
    static final int LONGEST_MESSAGE = 1_900;

    private static final Pattern USER = Pattern.compile("@(\\d{15,20})\\b");
    private static final Pattern TOKEN = Pattern.compile("<(?=[@#:/]|a:|t:|id:)");
    private static final Pattern MARKUP = Pattern.compile("[\\\\*_~|`\\[]|(?m)^(?=[#>+-])|^(?=\\d+\\.)");
    private static final Pattern TIME =
            Pattern.compile("\\b(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d))? UTC\\b");

    private final Function<String, String> nameOfUser;

    /** @param nameOfUser what people call the user of an id; the id itself if that is not known */
    Formatting(Function<String, String> nameOfUser) {
        this.nameOfUser = nameOfUser;
    }

    /** People by their names, what is code as code, times as each reader's own clock has them. */
    String shown(String text, Instant now) {
        return local(TOKEN.matcher(named(text)).replaceAll("\\\\<"), now);
    }

    /** Letter by letter: the paths and arguments of a plan are full of signs that Discord would not show. */
    String literal(String text) {
        String plain = TOKEN.matcher(named(text)).replaceAll("<\u0000");
        return MARKUP.matcher(plain)
                .replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()))
                .replace("<\u0000", "\\<");
    }

    private String named(String text) {
        return USER.matcher(text).replaceAll(found -> Matcher.quoteReplacement("@" + nameOfUser.apply(found.group(1))));
    }

    /** Times of day that are written in UTC, the nearest of that name, in Discord's own markup. */
    static String local(String text, Instant now) {
        return TIME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(markup(found, now)));
    }

    private static String markup(MatchResult found, Instant now) {
        boolean hasSeconds = found.group(4) != null;
        LocalTime time = LocalTime.of(
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                hasSeconds ? Integer.parseInt(found.group(4)) : 0);
        LocalDateTime here = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        LocalDate day = here.toLocalDate();
        if (found.group(1) == null) {
            LocalDateTime then = day.atTime(time);
            if (then.isAfter(here.plusHours(12))) {
                then = then.minusDays(1);
            } else if (then.isBefore(here.minusHours(12))) {
                then = then.plusDays(1);
            }
            return "<t:" + then.toEpochSecond(ZoneOffset.UTC) + (hasSeconds ? ":T>" : ":t>");
        }
        DayOfWeek wanted = weekday(found.group(1));
        LocalDate then = day.minusDays(1);
        while (then.getDayOfWeek() != wanted) {
            then = then.plusDays(1);
        }
        return "<t:" + then.atTime(time).toEpochSecond(ZoneOffset.UTC) + ":F>";
    }

    private static DayOfWeek weekday(String brief) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(brief.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("no day of the week: " + brief);
    }

    /** As {@link TextParts}; what is escaped stays with its sign. */
    static List<String> parts(String text, int longest) {
        return TextParts.of(text, longest, (all, cut) -> all.charAt(cut - 1) == '\\' ? cut - 1 : cut);
    }
}
