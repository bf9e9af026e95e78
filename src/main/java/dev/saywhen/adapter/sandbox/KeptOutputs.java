package dev.saywhen.adapter.sandbox;

import dev.saywhen.engineer.CommandOutputs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files that {@link RunsCommands} keeps all output in. */
public final class KeptOutputs implements CommandOutputs {
    private static final int MOST = 10_000_000;

    private final Path home;

    /** @param home {@code saywhen.home} */
    public KeptOutputs(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    @Override
    public String whole(dev.saywhen.safety.CommandResult result) {
        Path file = home.resolve(result.output()).normalize();
        if (!file.startsWith(home.resolve("output"))) {
            return result.excerpt();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size <= MOST) {
                return read(channel, 0, (int) size);
            }
            return read(channel, 0, MOST / 2)
                    + "\n[%,d bytes left out]\n".formatted(size - MOST)
                    + read(channel, size - MOST / 2, MOST / 2);
        } catch (IOException gone) {
            return result.excerpt();
        }
    }

    /** Invalid UTF-8, half a character at a cut included, is replaced. */
    private static String read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // read on
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
}
