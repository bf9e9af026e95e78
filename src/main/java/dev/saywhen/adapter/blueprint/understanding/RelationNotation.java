package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Noun;
import dev.saywhen.adapter.blueprint.understanding.DraftRelation.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Author 1-n Book}, {@code Book belongs to Author} and the like. */
final class RelationNotation {

    private static final String NAME = "(\\S{1,200})";
    private static final String MORE = "(?:\\s+(.{1,200}))?";

    private static final Pattern SYMBOLS = Pattern.compile(
            "^" + NAME + "\\s+(1|n|m|\\*|one|many)\\s?(?:-|:|-to-|to|->|\\.\\.)\\s?(1|n|m|\\*|one|many)\\s+" + NAME
                    + MORE + "$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HAS_MANY = Pattern.compile(
            "^(?:an?\\s+|each\\s+|every\\s+)?" + NAME
                    + "\\s+(?:has|have)\\s+(?:many|several|zero or more|any number of)\\s+" + NAME + MORE + "$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BELONGS = Pattern.compile(
            "^(?:an?\\s+|each\\s+|every\\s+)?" + NAME + "\\s+belongs?\\s+to\\s+(?:an?\\s+|one\\s+|exactly one\\s+)?"
                    + NAME + MORE + "$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ROLE = Pattern.compile("(?i)(?:^|\\s)as\\s+(\\S+)$");

    private RelationNotation() {}

    static Optional<DraftRelation> read(String statement) {
        Matcher symbols = SYMBOLS.matcher(statement);
        if (symbols.matches()) {
            return counted(statement, symbols);
        }
        Matcher hasMany = HAS_MANY.matcher(statement);
        if (hasMany.matches()) {
            return with(relation(statement, hasMany.group(1), Kind.ONE_TO_MANY, hasMany.group(2)), hasMany.group(3));
        }
        Matcher belongs = BELONGS.matcher(statement);
        if (belongs.matches()) {
            return with(relation(statement, belongs.group(2), Kind.ONE_TO_MANY, belongs.group(1)), belongs.group(3));
        }
        return Optional.empty();
    }

    private static Optional<DraftRelation> counted(String statement, Matcher symbols) {
        boolean leftIsOne = isOne(symbols.group(2));
        boolean rightIsOne = isOne(symbols.group(3));
        String left = symbols.group(1);
        String right = symbols.group(4);
        DraftRelation relation;
        if (leftIsOne && rightIsOne) {
            relation = relation(statement, left, Kind.ONE_TO_ONE, right);
        } else if (leftIsOne) {
            relation = relation(statement, left, Kind.ONE_TO_MANY, right);
        } else if (rightIsOne) {
            relation = relation(statement, right, Kind.ONE_TO_MANY, left);
        } else {
            relation = relation(statement, left, Kind.MANY_TO_MANY, right);
        }
        return with(relation, symbols.group(5));
    }

    private static DraftRelation relation(String statement, String parent, Kind kind, String child) {
        return new DraftRelation(statement, named(parent), kind, named(child));
    }

    /** A name as it was said; in small letters it is prose, where one thing is also meant by its plural. */
    private static String named(String said) {
        boolean prose = said.equals(said.toLowerCase(Locale.ROOT));
        return Names.entity(prose && Names.isUsable(said) ? Noun.singular(said) : said);
    }

    /** Takes over {@code optional}, {@code required} and {@code as role}; anything else makes it no relation. */
    private static Optional<DraftRelation> with(DraftRelation relation, @Nullable String more) {
        String rest = more == null ? "" : more.strip();
        Matcher role = ROLE.matcher(rest);
        if (role.find()) {
            relation.role = Names.field(role.group(1));
            rest = rest.substring(0, role.start()).strip();
        }
        switch (rest.toLowerCase(Locale.ROOT)) {
            case "", "required", "mandatory" -> relation.required = true;
            case "optional" -> relation.required = false;
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(relation);
    }

    private static boolean isOne(String count) {
        return count.equals("1") || count.equalsIgnoreCase("one");
    }
}
