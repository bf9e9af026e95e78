package dev.saywhen.adapter.store;

import dev.saywhen.audit.AuditChain;
import dev.saywhen.audit.AuditMark;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.KnownPlace;
import dev.saywhen.id.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Knows beside the database how far each chain reached, a file a chain: records that are cut off in the database together
 * with the chain's head show here.
 */
public final class AuditWitness {
    private static final String UNFINISHED = ".new";

    private final Path folder;
    private Set<AuditChain> lately = Set.of(); // guarded by this

    public AuditWitness(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks how far chains reach now.
     *
     * @param grown chains that grew since the last look; each is looked at twice, as its transaction may still be open
     */
    public synchronized void look(Set<AuditChain> grown, AuditTrail heads) {
        Set<AuditChain> both = new HashSet<>(lately);
        both.addAll(grown);
        lately = Set.copyOf(grown);
        for (AuditChain chain : both) {
            AuditMark newest = heads.head(chain);
            if (!newest.equals(AuditMark.START)) {
                saw(chain, newest);
            }
        }
    }

    /** Notes the newest durable record of a chain. */
    void saw(AuditChain chain, AuditMark newest) {
        try {
            Files.createDirectories(folder);
            Path written = folder.resolve(chain + UNFINISHED);
            Files.writeString(written, newest + "\n", StandardCharsets.US_ASCII);
            Files.move(written, file(chain), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notWritten) {
            throw new UncheckedIOException("how far " + chain + " reaches could not be noted in " + folder, notWritten);
        }
    }

    /** The newest record that was seen; empty where none was. */
    public Optional<KnownPlace> of(AuditChain chain) {
        Path file = file(chain);
        try {
            String[] mark =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ");
            return Optional.of(KnownPlace.of(
                    new AuditMark(Long.parseLong(mark[0]), new Digest(mark[1])),
                    "the witness file " + file.getFileName()));
        } catch (NoSuchFileException unseen) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
            throw new IllegalStateException(file + " is no witness any more: it cannot be read", unreadable);
        }
    }

    /** The chains that were seen. */
    public List<AuditChain> chains() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(UNFINISHED))
                    .map(PostgresAuditTrail::chain)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(folder + " cannot be read", unreadable);
        }
    }

    private Path file(AuditChain chain) {
        return folder.resolve(chain.toString());
    }
}
