package dev.saywhen.boot.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.saywhen.boot.home.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who the server runs as. PostgreSQL refuses to run as root, so root's service starts it as somebody else.
 *
 * @param prefix what stands in front of the server's command line
 * @param uid owner of the server's files, and {@code gid} their group; -1 where they stay as they are made
 */
record ServerUser(List<String> prefix, int uid, int gid) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /** @param data the data folder, which may not exist yet */
    static ServerUser toServe(Path data) throws IOException {
        if (new UnixSystem().getUid() != ROOT) {
            return new ServerUser(List.of(), -1, -1);
        }
        if (Files.exists(data) && (int) Files.getAttribute(data, "unix:uid") != ROOT) {
            int uid = (int) Files.getAttribute(data, "unix:uid");
            return other(uid, (int) Files.getAttribute(data, "unix:gid"));
        }
        // In a user namespace without a mapping root stays the owner of its files and is nobody to its programs.
        // Containers often forbid such namespaces, but there the folder can usually be reached by other users.
        List<String> namespace = List.of("unshare", "--user", "--");
        return works(namespace) ? new ServerUser(namespace, -1, -1) : other(NOBODY, NOBODY);
    }

    private static ServerUser other(int uid, int gid) {
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
        if (!works(prefix)) {
            throw new StartRefused("PostgreSQL does not run as root, and this machine lets neither unshare nor setpriv"
                    + " start it as somebody else. Start Saywhen as an ordinary user, or name a database of your own:"
                    + " quarkus.datasource.jdbc.url");
        }
        return new ServerUser(prefix, uid, gid);
    }

    /** The command line that runs this program as the server's user. */
    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Gives what the service wrote to the server's user. */
    void own(Path path) throws IOException {
        if (uid < 0) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.setAttribute(each, "unix:gid", gid);
                Files.setAttribute(each, "unix:uid", uid);
            }
        }
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // The program is not installed.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
