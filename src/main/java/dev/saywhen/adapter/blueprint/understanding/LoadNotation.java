package dev.saywhen.adapter.blueprint.understanding;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code peak 50/s p99 100 ms, 10000 rows} and the like. */
final class LoadNotation {

    private static final String AMOUNT = "([0-9][0-9_]{0,20}(?:\\.[0-9]{1,6})?)\\s?(k|m|thousand|million|billion)?\\b";

    private static final Pattern PEAK = Pattern.compile(
            AMOUNT
                    + "\\s*(?:requests?|req|calls?)?\\s*(?:/\\s?s(?:ec(?:onds?)?)?\\b|per\\s+sec(?:ond)?\\b|rps\\b|tps\\b|qps\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern P99 = Pattern.compile(
            "p99\\s*(?:latency)?\\s*(?:<=|<|=|:|of|under|below|at|within)?\\s*([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s?(ms|milliseconds|s|seconds?)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_TIME =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s?(ms|milliseconds)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROWS_AFTER = Pattern.compile(AMOUNT + "\\s*rows?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROWS_BEFORE =
            Pattern.compile("rows?\\s*(?:=|:|up to|about)?\\s*" + AMOUNT, Pattern.CASE_INSENSITIVE);
    private static final Pattern FILLERS = Pattern.compile(
            "(?i)(expected|expect|load|peak|peaks|with|and|at|the|about|up|to|of|requests?|in|table|largest|each|is|are|latency|p99|max|under|traffic|around|per|for|us|we|have|a|an|it)|[:,.=+~&-]+");

    private static final Map<String, BigDecimal> UNITS = Map.of(
            "k", BigDecimal.valueOf(1_000),
            "thousand", BigDecimal.valueOf(1_000),
            "m", BigDecimal.valueOf(1_000_000),
            "million", BigDecimal.valueOf(1_000_000),
            "billion", BigDecimal.valueOf(1_000_000_000));

    private LoadNotation() {}

    /** Takes over what a statement says about load; false, and nothing taken, if it says anything else too. */
    static boolean read(String statement, Draft draft) {
        String rest = statement;
        Matcher p99 = P99.matcher(rest);
        BigDecimal millis = null;
        if (p99.find()) {
            millis = millis(p99.group(1), p99.group(2));
            rest = without(rest, p99);
        }
        Matcher peak = PEAK.matcher(rest);
        BigDecimal perSecond = null;
        if (peak.find()) {
            perSecond = amount(peak.group(1), peak.group(2));
            rest = without(rest, peak);
        }
        Matcher bareTime = BARE_TIME.matcher(rest);
        if (millis == null && perSecond != null && bareTime.find()) {
            millis = millis(bareTime.group(1), bareTime.group(2));
            rest = without(rest, bareTime);
        }
        BigDecimal rows = null;
        for (Pattern pattern : new Pattern[] {ROWS_AFTER, ROWS_BEFORE}) {
            Matcher matcher = pattern.matcher(rest);
            if (rows == null && matcher.find()) {
                rows = amount(matcher.group(1), matcher.group(2));
                rest = without(rest, matcher);
            }
        }
        if ((millis == null && perSecond == null && rows == null) || !saysNothingElse(rest)) {
            return false;
        }
        draft.p99Millis = millis == null ? draft.p99Millis : millis;
        draft.peak = perSecond == null ? draft.peak : perSecond;
        draft.rows = rows == null ? draft.rows : rows;
        return true;
    }

    private static boolean saysNothingElse(String rest) {
        for (String word : rest.strip().split("\\s+")) {
            if (!word.isEmpty()
                    && !FILLERS.matcher(word.replaceAll("[,.:]+$", "")).matches()
                    && !word.matches("[,.:;]+")) {
                return false;
            }
        }
        return true;
    }

    private static String without(String text, Matcher found) {
        return text.substring(0, found.start()) + " " + text.substring(found.end());
    }

    private static BigDecimal amount(String digits, @Nullable String unit) {
        BigDecimal number = new BigDecimal(digits.replace("_", ""));
        BigDecimal factor =
                unit == null ? BigDecimal.ONE : UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), BigDecimal.ONE);
        return number.multiply(factor).setScale(0, RoundingMode.CEILING);
    }

    private static BigDecimal millis(String digits, String unit) {
        BigDecimal number = new BigDecimal(digits);
        boolean seconds = unit.toLowerCase(Locale.ROOT).startsWith("s");
        return (seconds ? number.movePointRight(3) : number).setScale(0, RoundingMode.CEILING);
    }
}
