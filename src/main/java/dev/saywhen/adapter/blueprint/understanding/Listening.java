package dev.saywhen.adapter.blueprint.understanding;

import dev.saywhen.adapter.blueprint.model.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes down in a draft what one message says: statements in the notation, answers by number, a little prose. */
final class Listening {

    private static final Set<String> AS_YOU_SAY = Set.of(
            "yes",
            "y",
            "ok",
            "okay",
            "fine",
            "sure",
            "default",
            "defaults",
            "your defaults",
            "as you say",
            "take it",
            "take that",
            "take them",
            "all defaults",
            "sounds good",
            "correct",
            "right",
            "that is right");

    private static final Pattern CHANGE = Pattern.compile("^change\\b[:,]?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERED = Pattern.compile("#?([0-9]{1,2})(?:[.):]\\s*|\\s+)(?=\\S)");
    private static final Pattern NEXT_NUMBERED = Pattern.compile("[,;.]?\\s+#?([0-9]{1,2})(?:[.):]\\s+|\\s+)(?=\\S)");

    private static final Pattern REMOVAL = Pattern.compile(
            "^(?:remove|drop|delete|without|leave out|no)\\s+(\\S+?)(?:\\.(\\S+)|\\s+(?:in|from|of)\\s+(\\S+))?$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SERVICE = Pattern.compile(
            "^(?:service|service name|name|the service is called|it is called|call it|called|name of the service)\\s*[:=]?\\s+(\\S+?)$",
            Pattern.CASE_INSENSITIVE);
    /** Who signs in, and by what means: only the means is taken, whoever they are. */
    private static final String SIGNING_IN =
            "(?:(?:users?|people|clients?|callers?|everyone|everybody|they) )?(?:must |have to |should |can )?"
                    + "(?:sign|log)(?:s|ed)? ?in(?: by| with| via| through| using)?";

    private static final Pattern SECURED = Pattern.compile(
            "[,;]?\\s*(?:\\b(?:and|with|(?:secured|protected)(?: by| with)|using|needs?|" + SIGNING_IN
                    + "|authenticat(?:e|ed|es|ion)(?: by| with| via| through| is)?)\\s+)*(?:(?:an?|our|the) )?"
                    + "\\b(api[ -]?keys?|no authentication|oidc|openid(?: connect)?|oauth ?2?|keycloak"
                    + "|jwts?(?: bearer)?|bearer(?: jwt)?(?= tokens?)|basic auth|(?:user )?logins?|authentication)\\b"
                    + "(?: (?:authentication|auth|tokens?|provider|server))*$",
            Pattern.CASE_INSENSITIVE);

    /** What an OpenID Connect provider gives out or is. */
    private static final Pattern OIDC = Pattern.compile("oidc|openid.*|keycloak|jwt.*|bearer.*");

    private static final Pattern SOFTLY = Pattern.compile(
            "^(?:(\\S+) (?:are |is )?(?:soft[- ]?deleted?|deleted softly)|(?:with |use )?soft[- ]?delet(?:e|ion)(?: (?:for|of|on) (\\S+))?)$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTITIES = Pattern.compile("^entities\\s*:?\\s+(.+)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern HEADED = Pattern.compile(
            "^(?:entity\\s+|table\\s+|resource\\s+|model\\s+|type\\s+)?(\\S{1,200}?)\\s*(?::\\s*(.*)|\\(\\s*(.*?)\\s*\\)|\\{\\s*(.*?)\\s*\\})$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SECOND_HEAD =
            Pattern.compile("^[^\\s:,]{1,200}\\s*:\\s*([^\\s,]+).*$", Pattern.DOTALL);
    private static final Pattern HAS = Pattern.compile(
            "^(?:an?\\s+|each\\s+|every\\s+)?(\\S{1,200})\\s+(?:has|have|with|having)\\s+(.+)$",
            Pattern.CASE_INSENSITIVE);

    private final Draft draft;
    private final boolean first;
    private final List<Doubt> open;
    /** Whether what is listened to stood behind a first {@code demo:}; there is at most one of these. */
    private final boolean afterHead;

    /**
     * Listens to one message.
     *
     * @param first whether it is the one that opened the talk: only there is prose expected
     * @param open the doubts as they were numbered when the message was written
     */
    Listening(Draft draft, boolean first, List<Doubt> open) {
        this(draft, first, open, false);
    }

    private Listening(Draft draft, boolean first, List<Doubt> open, boolean afterHead) {
        this.draft = draft;
        this.first = first;
        this.open = open;
        this.afterHead = afterHead;
    }

    void hear(String message) {
        String text = CHANGE.matcher(message.strip()).replaceFirst("");
        if (!first && isAsYouSay(text)) {
            open.forEach(doubt -> doubt.assume().run());
            return;
        }
        for (String line : text.split("\\R")) {
            if (line.isBlank()) {
                draft.open = null;
            } else if (first || !answersByNumber(line.strip())) {
                statements(Pieces.undecorated(line));
            }
        }
        draft.open = null;
    }

    static boolean isAsYouSay(String text) {
        return AS_YOU_SAY.contains(text.strip().replaceFirst("[.!]$", "").toLowerCase(Locale.ROOT));
    }

    /** Whether a text is one that wants something left out. */
    static boolean isLeaveOut(String text) {
        return text.strip()
                .toLowerCase(Locale.ROOT)
                .matches(
                        "(no|none|nothing|skip|skip it|leave it out|leave out|drop it|remove it|ignore it|without)[.!]?");
    }

    private void statements(String line) {
        for (String statement : Pieces.statements(line)) {
            if (!statement(statement) && !answersTheOnlyQuestion(statement)) {
                draft.misunderstood(statement);
            }
        }
    }

    /** Reads {@code 1 library, 2 title string, 3 50/s}; false if the line does not begin with an open question's number. */
    private boolean answersByNumber(String line) {
        Matcher begin = NUMBERED.matcher(line);
        if (!begin.lookingAt() || doubt(begin.group(1)).isEmpty()) {
            return false;
        }
        int number = Integer.parseInt(begin.group(1));
        String rest = line.substring(begin.end());
        if (!LoadNotation.read(line, new Draft())) {
            Matcher next = NEXT_NUMBERED.matcher(rest);
            int from = 0;
            while (next.find(from)) {
                int nextNumber = Integer.parseInt(next.group(1));
                boolean separated = ",;.".indexOf(rest.charAt(next.start())) >= 0;
                boolean closed = isBalanced(rest.substring(0, next.start()));
                if (separated && closed && nextNumber > number && nextNumber <= open.size()) {
                    answer(number, rest.substring(0, next.start()));
                    number = nextNumber;
                    rest = rest.substring(next.end());
                    next = NEXT_NUMBERED.matcher(rest);
                    from = 0;
                } else {
                    from = next.end();
                }
            }
            answer(number, rest);
            return true;
        }
        return false;
    }

    private void answer(int number, String text) {
        String said = Pieces.undecorated(text);
        Doubt doubt = open.get(number - 1);
        if (isAsYouSay(said)) {
            doubt.assume().run();
        } else if (!doubt.answer().test(said) && !everyStatement(said)) {
            draft.misunderstood(said);
        }
    }

    private boolean everyStatement(String text) {
        List<String> statements = Pieces.statements(text);
        return !statements.isEmpty() && statements.stream().allMatch(this::statement);
    }

    private boolean answersTheOnlyQuestion(String statement) {
        List<Doubt> substance = open.stream()
                .filter(doubt -> doubt.kind() == Doubt.Kind.SUBSTANCE)
                .toList();
        if (first || substance.size() != 1) {
            return false;
        }
        if (isAsYouSay(statement)) {
            substance.getFirst().assume().run();
            return true;
        }
        return substance.getFirst().answer().test(statement);
    }

    private Optional<Doubt> doubt(String number) {
        int index = Integer.parseInt(number);
        return index >= 1 && index <= open.size() ? Optional.of(open.get(index - 1)) : Optional.empty();
    }

    /** Whether the statement says something that could be written down. */
    boolean statement(String said) {
        String statement = said.strip();
        if (draft.isFull()) {
            return removes(statement);
        }
        Optional<DraftRelation> relation = RelationNotation.read(statement);
        if (relation.isPresent()) {
            relate(relation.get());
            return true;
        }
        return removes(statement)
                || secures(statement)
                || deletesSoftly(statement)
                || LoadNotation.read(statement, draft)
                || (draft.base != null && Prose.addition(statement, draft))
                || namesService(statement)
                || listsEntities(statement)
                || goesOnWithFields(statement)
                || describesEntity(statement)
                || mentionsEntity(statement)
                || (first ? Prose.opening(statement, draft) : Prose.sentence(statement, draft));
    }

    /** Takes whom the service is for out of a statement, and the rest of the statement by itself. */
    private boolean secures(String statement) {
        Matcher secured = SECURED.matcher(statement);
        if (!secured.find()) {
            return false;
        }
        String how = secured.group(1).toLowerCase(Locale.ROOT);
        if (how.startsWith("no ")) {
            draft.secure(Security.NONE);
        } else if (how.startsWith("api")) {
            draft.secure(Security.API_KEY);
        } else if (OIDC.matcher(how).matches()) {
            draft.secure(Security.OIDC);
        } else {
            draft.unsettledSecurity = how;
        }
        String rest = (statement.substring(0, secured.start()) + statement.substring(secured.end())).strip();
        return rest.isEmpty() || statement(rest);
    }

    private boolean deletesSoftly(String statement) {
        Matcher soft = SOFTLY.matcher(statement);
        if (!soft.matches()) {
            return false;
        }
        String whose = soft.group(1) == null ? soft.group(2) : soft.group(1);
        if (whose == null || whose.matches("(?i)all|everything|everywhere|all entities")) {
            draft.entities.forEach(entity -> entity.softDelete = true);
            return !draft.entities.isEmpty();
        }
        Optional<DraftEntity> entity = draft.meant(whose);
        entity.ifPresent(found -> found.softDelete = true);
        return entity.isPresent();
    }

    private void relate(DraftRelation relation) {
        relation.parent =
                draft.meant(relation.parent).map(entity -> entity.name).orElse(relation.parent);
        relation.child = draft.meant(relation.child).map(entity -> entity.name).orElse(relation.child);
        draft.relate(relation);
    }

    private boolean removes(String statement) {
        Matcher removal = REMOVAL.matcher(statement);
        if (!removal.matches()) {
            return false;
        }
        String owner = removal.group(2) == null ? removal.group(3) : removal.group(1);
        String name = removal.group(2) == null ? removal.group(1) : removal.group(2);
        if (owner == null) {
            Optional<DraftEntity> entity = draft.meant(name);
            entity.ifPresent(draft::remove);
            return entity.isPresent();
        }
        Optional<DraftEntity> entity = draft.meant(owner);
        return entity.isPresent() && entity.get().fields.removeIf(field -> field.name.equalsIgnoreCase(name));
    }

    private boolean namesService(String statement) {
        Matcher service = SERVICE.matcher(statement);
        if (!service.matches()) {
            return false;
        }
        draft.service = service.group(1).toLowerCase(Locale.ROOT);
        return true;
    }

    private boolean listsEntities(String statement) {
        Matcher list = ENTITIES.matcher(statement);
        if (!list.matches()) {
            return false;
        }
        for (String part : Pieces.parts(list.group(1).replaceAll("(?i)\\s+and\\s+", ", "))) {
            draft.entityOrNew(Names.entity(part));
        }
        return true;
    }

    private boolean describesEntity(String statement) {
        Matcher headed = HEADED.matcher(statement);
        if (headed.matches()) {
            String name = headed.group(1);
            String list = firstOf(headed.group(2), headed.group(3), headed.group(4));
            boolean headsAnother = headed.group(2) != null && !Names.isUsable(list) && isStatementOfItsOwn(list);
            if (headsAnother) {
                return first && !afterHead && new Listening(draft, true, open, true).statement(list);
            }
            if (list.isBlank()) {
                draft.open = draft.entityOrNew(Names.entity(name));
                return true;
            }
            return describes(name, list) || (first && Names.isUsable(name) && Prose.opening(list, draft));
        }
        Matcher has = HAS.matcher(statement);
        return has.matches() && FieldNotation.isNotation(has.group(2)) && describes(has.group(1), has.group(2));
    }

    /** Whether what follows {@code demo:} is a statement, as in {@code demo: Book: title string}, and no list of fields. */
    private static boolean isStatementOfItsOwn(String text) {
        Matcher secondHead = SECOND_HEAD.matcher(text);
        return RelationNotation.read(text).isPresent()
                || (secondHead.matches()
                        && TypeWord.of(secondHead.group(1).replaceFirst("\\(.*", ""))
                                .isEmpty());
    }

    private boolean describes(String name, String list) {
        if (list.equals(Echo.NO_FIELDS)) {
            draft.entityOrNew(Names.entity(name)).bare = true;
            return true;
        }
        if (!FieldNotation.looksLikeFields(list)) {
            return false;
        }
        DraftEntity entity = draft.meant(Names.entity(name)).orElseGet(() -> draft.entityOrNew(Names.entity(name)));
        entity.describe(FieldNotation.fields(list));
        return true;
    }

    private boolean goesOnWithFields(String statement) {
        DraftEntity entity = draft.open;
        boolean headsAnother = statement.indexOf(':') >= 0 && !FieldNotation.isTyped(statement);
        if (entity == null || headsAnother || !FieldNotation.looksLikeFields(statement)) {
            return false;
        }
        entity.describe(FieldNotation.fields(statement));
        return true;
    }

    /** A lone word with a capital is the name of an entity whose fields are still to come. */
    private boolean mentionsEntity(String statement) {
        boolean isName = Names.isUsable(statement)
                && Character.isUpperCase(statement.charAt(0))
                && open.stream().allMatch(doubt -> doubt.kind() == Doubt.Kind.LOAD);
        if (isName && draft.meant(statement).isEmpty()) {
            draft.entityOrNew(Names.entity(statement));
        }
        return isName;
    }

    private static boolean isBalanced(String text) {
        return text.chars().filter(c -> c == '(').count()
                == text.chars().filter(c -> c == ')').count();
    }

    private static String firstOf(@Nullable String... groups) {
        List<String> present = new ArrayList<>();
        for (String group : groups) {
            if (group != null) {
                present.add(group);
            }
        }
        return present.isEmpty() ? "" : present.getFirst();
    }
}
