package dev.saywhen.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A schema before and after a plan as a picture: the tables that change, side by side. Drawn from what a {@link Proof} says
 * of them, so it shows nothing that the plan's text does not say too; nothing is told by colour alone.
 */
public final class SchemaPicture {
    /** Where they stand: a file or a command of that name may be listed elsewhere. */
    private static final Pattern STEPS = Pattern.compile("(?ms)^## Steps$(.*?)(?=^## |\\z)");

    /** A message of the plan begins without white space. */
    private static final Pattern IN_TEXT = Pattern.compile("(?m)^ {0,3}- schema: ([-+~=] .+)$");

    private static final Pattern LINE = Pattern.compile("([-+~=]) (column|constraint) (.*?)(?:: (.*))?");
    private static final Pattern NAME = Pattern.compile("(.*?)\\.(\"(?:[^\"]|\"\")+\"|[^.\"]+)");
    private static final String WAS = " (was: ";
    private static final int LONGEST = 52;
    private static final int WIDTH = 400;
    private static final int GAP = 20;
    private static final int ROW = 18;

    private final Map<String, List<Row>> tables = new LinkedHashMap<>();
    private final List<Row> others = new ArrayList<>();

    /** One line of a table: its sign, and what stands there before and after. */
    private record Row(char sign, String before, String after) {
        boolean isThere(boolean isAfter) {
            return sign == '=' || sign == '~' || sign == (isAfter ? '+' : '-');
        }

        String text(boolean isAfter) {
            return isAfter ? after : before;
        }
    }

    private SchemaPicture(List<String> changes) {
        changes.forEach(this::read);
    }

    /** @param text a plan's canonical text */
    public static Optional<String> ofPlan(String text) {
        return STEPS.matcher(text)
                .results()
                .findFirst()
                .flatMap(steps -> svg(IN_TEXT.matcher(steps.group(1))
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .toList()));
    }

    /** Drawn from the very records that are executed. */
    public static Optional<String> of(PlanRevision plan) {
        return svg(plan.outline().steps().stream()
                .flatMap(step -> step.proof().stream())
                .flatMap(proof -> proof.changes().stream())
                .distinct()
                .toList());
    }

    /**
     * @param changes as in {@link Proof#changes()}
     * @return an SVG document; empty where no table changes
     */
    static Optional<String> svg(List<String> changes) {
        SchemaPicture picture = new SchemaPicture(changes);
        return picture.tables.isEmpty() ? Optional.empty() : Optional.of(picture.draw());
    }

    private void read(String change) {
        Matcher line = LINE.matcher(change);
        Matcher name = NAME.matcher(line.matches() ? line.group(3) : "");
        if (!name.matches()) {
            if (!change.startsWith("=")) {
                others.add(new Row(change.charAt(0), change.substring(2), change.substring(2)));
            }
            return;
        }
        String fact = Optional.ofNullable(line.group(4)).orElse("");
        int was = fact.indexOf(WAS);
        String now = was < 0 ? fact : fact.substring(0, was);
        String then = was < 0 ? fact : fact.substring(was + WAS.length(), fact.length() - 1);
        String begin = line.group(2).equals("column") ? name.group(2) + " " : "";
        tables.computeIfAbsent(name.group(1), _ -> new ArrayList<>())
                .add(new Row(change.charAt(0), begin + brief(then), begin + brief(now)));
    }

    /** How it is stored, and who defined a constraint, is in the text. */
    private static String brief(String fact) {
        return fact.replaceFirst(" storage .*", "").replaceFirst(" local \\d+$", "");
    }

    private String draw() {
        StringBuilder body = new StringBuilder();
        int y = 2 * ROW;
        text(body, GAP, ROW + 4, "Before", true);
        text(body, 2 * GAP + WIDTH, ROW + 4, "After", true);
        for (Map.Entry<String, List<Row>> table : tables.entrySet()) {
            int before = box(body, GAP, y, table.getKey(), table.getValue(), false);
            int after = box(body, 2 * GAP + WIDTH, y, table.getKey(), table.getValue(), true);
            y = Math.max(before, after) + GAP;
        }
        for (Row other : others) {
            y += ROW;
            text(body, GAP, y, other.sign() + " " + cut(other.after(), 2 * LONGEST), false);
        }
        int width = 3 * GAP + 2 * WIDTH;
        int height = y + GAP;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                font-family="monospace" font-size="12">
                <title>The schema before and after the plan</title>
                <desc>%s</desc>
                <rect width="%d" height="%d" fill="#ffffff"/>
                %s</svg>
                """.formatted(width, height, width, height, escaped(described()), width, height, body);
    }

    /** @return where it ends */
    private static int box(StringBuilder body, int x, int y, String table, List<Row> rows, boolean isAfter) {
        List<Row> shown = rows.stream().filter(row -> row.isThere(isAfter)).toList();
        if (shown.isEmpty()) {
            text(body, x, y + ROW, isAfter ? table + " is gone" : table + " is not there", false);
            return y + ROW;
        }
        int height = (shown.size() + 1) * ROW + 8;
        body.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444444\"/>\n"
                .formatted(x, y, WIDTH, height));
        body.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#444444\"/>\n"
                .formatted(x, y + ROW + 2, x + WIDTH, y + ROW + 2));
        text(body, x + 6, y + ROW - 4, table, true);
        int line = y + ROW + 2;
        for (Row row : shown) {
            if (row.sign() != '=') {
                body.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                        .formatted(x + 1, line + 2, WIDTH - 2, ROW, colour(row.sign())));
            }
            line += ROW;
            text(
                    body,
                    x + 6,
                    line - 2,
                    cut((row.sign() == '=' ? ' ' : row.sign()) + " " + row.text(isAfter), LONGEST),
                    false);
        }
        return y + height;
    }

    private static String colour(char sign) {
        return switch (sign) {
            case '+' -> "#d9f2d9";
            case '-' -> "#f7d9d9";
            default -> "#fdf0c8";
        };
    }

    private static void text(StringBuilder body, int x, int y, String text, boolean isBold) {
        body.append("<text x=\"%d\" y=\"%d\" xml:space=\"preserve\"%s>%s</text>\n"
                .formatted(x, y, isBold ? " font-weight=\"bold\"" : "", escaped(cut(text, LONGEST * 2))));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    private String described() {
        return String.join(
                "; ",
                Stream.concat(
                                tables.entrySet().stream()
                                        .flatMap(table -> table.getValue().stream()
                                                .filter(row -> row.sign() != '=')
                                                .map(row -> row.sign() + " " + table.getKey() + ": "
                                                        + row.text(row.sign() != '-'))),
                                others.stream().map(row -> row.sign() + " " + row.after()))
                        .toList());
    }

    private static String escaped(String text) {
        return PlanText.escaped(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
