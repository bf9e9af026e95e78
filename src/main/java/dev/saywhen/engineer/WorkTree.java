package dev.saywhen.engineer;

import java.util.List;
import java.util.Optional;

/** The files of a run, for reading. Paths are relative, with forward slashes; links are never followed. */
public interface WorkTree {
    /** The text of a file; empty where there is none, or none that is UTF-8 text of at most 20 MB. */
    Optional<String> read(String path);

    /** The files below a folder, sorted; empty where there is no such folder. */
    List<String> list(String folder);
}
