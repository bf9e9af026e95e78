package dev.saywhen.adapter.langchain4j;

import dev.saywhen.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model wrote, made fit to be shown as the engineer's words: on one line, with nothing invisible, calling nobody, in
 * no voice that a brake would hear, and without secrets.
 */
final class Words {
    private static final int LONGEST = 600;
    private static final String HIDDEN = "(a secret, not shown)";
    private static final Pattern CAPITALS =
            Pattern.compile("(?<![\\p{L}\\p{N}])(S+T+O+P+|H+A+L+T+|A+B+O+R+T+)(?![\\p{L}\\p{N}])");
    private static final Pattern CALLS =
            Pattern.compile("@(?=(?:everyone|here|channel|group)\\b)|<(?=[@!#])", Pattern.CASE_INSENSITIVE);
    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("\\bxox[abeprs]-[A-Za-z0-9-]{10,}|\\bxapp-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\bsk-[A-Za-z0-9_-]{16,}"),
            Pattern.compile(
                    "\\bgh[opsur]_[A-Za-z0-9]{20,}|\\bgithub_pat_[A-Za-z0-9_]{20,}|\\bglpat-[A-Za-z0-9_-]{16,}"),
            Pattern.compile("\\bA(?:KIA|SIA)[A-Z0-9]{16}\\b|\\bAIza[A-Za-z0-9_-]{30,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,}"),
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("(?<=://)[^\\s/:@]{1,100}:[^\\s/@]{1,100}(?=@)"));

    private final List<String> secrets;

    /** @param secrets what the configuration holds and nobody may read; short ones are words and not looked for */
    Words(List<String> secrets) {
        this.secrets =
                secrets.stream().filter(secret -> secret.strip().length() >= 6).toList();
    }

    /** One line, at most 600 characters. */
    String line(String text) {
        String cut = text.length() <= 10 * LONGEST ? text : text.substring(0, 10 * LONGEST);
        String shown = withoutSecrets(PlanText.visible(cut));
        shown = CALLS.matcher(shown).replaceAll(found -> found.group().equals("@") ? "(at)" : "(");
        shown = CAPITALS.matcher(shown).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
    }

    /** The same in quotation, for where our own words stand beside it. */
    String quoted(String text) {
        return "> " + line(text);
    }

    List<String> lines(List<String> texts) {
        List<String> lines = new ArrayList<>();
        texts.stream().filter(text -> !text.isBlank()).limit(40).forEach(text -> lines.add(line(text)));
        return lines;
    }

    /** Whether a text gives away something of the configuration. */
    boolean tellsSecrets(String text) {
        return secrets.stream().anyMatch(text::contains);
    }

    /** Whether a text gives away something of the configuration, or holds what has the shape of a token. */
    boolean holdsSecrets(String text) {
        return !withoutSecrets(text).equals(text);
    }

    String withoutSecrets(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, HIDDEN);
        }
        for (Pattern shape : SHAPES) {
            clean = shape.matcher(clean).replaceAll(HIDDEN);
        }
        return clean;
    }
}
