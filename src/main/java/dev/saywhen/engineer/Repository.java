package dev.saywhen.engineer;

import java.util.List;
import java.util.Optional;

/** A project's files at one commit, for reading. */
public interface Repository {
    /** Every file, sorted. */
    List<String> files();

    /** The text of a file; empty where there is none, or none that is UTF-8 text. */
    Optional<String> read(String path);
}
