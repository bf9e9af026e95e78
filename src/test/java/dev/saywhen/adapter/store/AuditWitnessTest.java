package dev.saywhen.adapter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditEvent;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.KnownPlace;
import dev.saywhen.id.Digest;
import dev.saywhen.id.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWitnessTest {
    private static final AuditChain RUN = AuditChain.of(new RunId(7));
    private static final AuditChain OTHER = AuditChain.of(new RunId(8));

    @TempDir
    Path home;

    private final Map<AuditChain, AuditMark> heads = new HashMap<>();
    private final AuditTrail trail = new AuditTrail() {
        @Override
        public AuditMark append(AuditChain chain, AuditEvent event) {
            throw new AssertionError("a witness only looks");
        }

        @Override
        public AuditMark head(AuditChain chain) {
            return heads.getOrDefault(chain, AuditMark.START);
        }
    };
    private AuditWitness witness;

    @BeforeEach
    void open() {
        witness = new AuditWitness(home.resolve("audit"));
    }

    @Test
    void knows_the_newest_record_of_each_chain_that_grew() {
        heads.put(RUN, new AuditMark(1, Digest.of("a")));
        witness.look(Set.of(RUN), trail);
        heads.put(RUN, new AuditMark(2, Digest.of("b")));
        heads.put(AuditChain.installation(), new AuditMark(9, Digest.of("c")));
        witness.look(Set.of(RUN, AuditChain.installation()), trail);

        assertEquals(Optional.of(place(2, "b", "run-7")), witness.of(RUN));
        assertEquals(Optional.of(place(9, "c", "installation")), witness.of(AuditChain.installation()));
        assertEquals(Set.of(RUN, AuditChain.installation()), Set.copyOf(witness.chains()));
    }

    @Test
    void looks_again_at_what_was_not_durable_yet() {
        witness.look(Set.of(RUN), trail);
        assertEquals(List.of(), witness.chains());

        heads.put(RUN, new AuditMark(1, Digest.of("a")));
        witness.look(Set.of(), trail);

        assertEquals(Optional.of(place(1, "a", "run-7")), witness.of(RUN));
    }

    @Test
    void knows_nothing_of_a_chain_that_it_never_saw() {
        assertEquals(Optional.empty(), witness.of(OTHER));
    }

    @Test
    void a_file_that_somebody_spoiled_is_no_silence() throws Exception {
        heads.put(RUN, new AuditMark(1, Digest.of("a")));
        witness.look(Set.of(RUN), trail);
        Files.writeString(home.resolve("audit").resolve("run-7"), "nothing");

        assertThrows(IllegalStateException.class, () -> witness.of(RUN));
    }

    private static KnownPlace place(long sequence, String text, String file) {
        return KnownPlace.of(new AuditMark(sequence, Digest.of(text)), "the witness file " + file);
    }
}
