package dev.saywhen.adapter.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.saywhen.chat.Outgoing;
import dev.saywhen.id.ActorId;
import dev.saywhen.id.CommitId;
import dev.saywhen.id.Digest;
import dev.saywhen.id.MessageId;
import dev.saywhen.id.Platform;
import dev.saywhen.id.ProjectName;
import dev.saywhen.id.RevisionNumber;
import dev.saywhen.id.RunId;
import dev.saywhen.id.ThreadId;
import dev.saywhen.plan.Budget;
import dev.saywhen.plan.PathScope;
import dev.saywhen.plan.PlanRevision;
import dev.saywhen.plan.Scopes;
import dev.saywhen.plan.Step;
import dev.saywhen.plan.Verification;
import dev.saywhen.run.RunState;
import java.io.IOException;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How each type of the core is written as JSON.
 *
 * <p>Names are their text; alternatives of a sealed type carry the name given here, which is a contract with stored
 * rows: a class may be renamed, its name here may not.
 */
final class StoredForms extends SimpleModule {
    private static final long serialVersionUID = 1;

    StoredForms() {
        addSerializer(String.class, new TextWriter());
        addDeserializer(String.class, new TextReader());
        addDeserializer(SortedSet.class, new ActorsReader());
        name(ActorId.class, ActorId::parse);
        name(CommitId.class, CommitId::new);
        name(Digest.class, Digest::new);
        name(MessageId.class, MessageId::parse);
        name(PathScope.class, PathScope::new);
        name(Platform.class, Platform::new);
        name(ProjectName.class, ProjectName::new);
        name(RevisionNumber.class, StoredForms::revision);
        name(RunId.class, RunId::parse);
        name(ThreadId.class, ThreadId::parse);
        setMixInAnnotation(RunState.class, RunStateForm.class);
        setMixInAnnotation(Outgoing.class, OutgoingForm.class);
        setMixInAnnotation(Step.class, ByComponents.class);
        setMixInAnnotation(Budget.class, ByComponents.class);
        setMixInAnnotation(Scopes.class, ByComponents.class);
        setMixInAnnotation(PlanRevision.class, ByComponents.class);
        setMixInAnnotation(Step.Work.class, WorkForm.class);
        setMixInAnnotation(Verification.class, VerificationForm.class);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RunState.Asking.class, name = "asking"),
        @JsonSubTypes.Type(value = RunState.Planning.class, name = "planning"),
        @JsonSubTypes.Type(value = RunState.Posting.class, name = "posting"),
        @JsonSubTypes.Type(value = RunState.AwaitingAuthorization.class, name = "awaiting-authorization"),
        @JsonSubTypes.Type(value = RunState.Acting.class, name = "acting"),
        @JsonSubTypes.Type(value = RunState.Held.class, name = "held"),
        @JsonSubTypes.Type(value = RunState.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = RunState.Failed.class, name = "failed"),
        @JsonSubTypes.Type(value = RunState.Cancelled.class, name = "cancelled")
    })
    private interface RunStateForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outgoing.Message.class, name = "message"),
        @JsonSubTypes.Type(value = Outgoing.Edit.class, name = "edit"),
        @JsonSubTypes.Type(value = Outgoing.Reaction.class, name = "reaction")
    })
    private interface OutgoingForm {}

    /** Read by its components, not by the constructor that is there for convenience. */
    private interface ByComponents {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Step.Build.class, name = "build"),
        @JsonSubTypes.Type(value = Step.Revert.class, name = "revert"),
        @JsonSubTypes.Type(value = Step.Migrate.class, name = "migrate"),
        @JsonSubTypes.Type(value = Step.RollBack.class, name = "roll-back")
    })
    private interface WorkForm {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Verification.Suite.class, name = "suite"),
        @JsonSubTypes.Type(value = Verification.SameFiles.class, name = "same-files"),
        @JsonSubTypes.Type(value = Verification.SameSchema.class, name = "same-schema")
    })
    private interface VerificationForm {}

    private <T> void name(Class<T> type, Function<String, T> reading) {
        addSerializer(type, new NameWriter<>());
        addDeserializer(type, new NameReader<>(type, reading));
    }

    private static RevisionNumber revision(String text) {
        if (!text.matches("r[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("a revision is written r and its number, not \"" + text + "\"");
        }
        return new RevisionNumber(Integer.parseInt(text.substring(1)));
    }

    private static final class NameWriter<T> extends JsonSerializer<T> {
        @Override
        public void serialize(T name, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(StoredText.kept(String.valueOf(name)));
        }
    }

    private static final class NameReader<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> reading;

        NameReader(Class<T> type, Function<String, T> reading) {
            super(type);
            this.reading = reading;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return reading.apply(StoredText.original(text));
        }
    }

    private static final class TextWriter extends JsonSerializer<String> {
        @Override
        public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(StoredText.kept(text));
        }
    }

    private static final class TextReader extends JsonDeserializer<String> {
        @Override
        public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, in);
            }
            return StoredText.original(in.getText());
        }
    }

    /** The only sorted sets that are stored are of people, and people have no order of their own. */
    @SuppressWarnings("rawtypes")
    private static final class ActorsReader extends JsonDeserializer<SortedSet> {
        @Override
        public SortedSet<ActorId> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            SortedSet<ActorId> actors = new TreeSet<>(Comparator.comparing(ActorId::toString));
            for (ActorId actor : context.readValue(in, ActorId[].class)) {
                actors.add(actor);
            }
            return actors;
        }
    }
}
