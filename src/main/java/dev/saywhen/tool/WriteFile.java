package dev.saywhen.tool;

import dev.saywhen.engineer.About;
import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Writes a file whole. */
public final class WriteFile implements Tool<WriteFile.Arguments> {
    public record Arguments(
            @About("the file, relative to the root of the repository")
            String path,

            @About("everything that is to be in it") String content) {}

    @Override
    public String name() {
        return "write_file";
    }

    @Override
    public String purpose() {
        return "Writes a file, the whole of it; to change a file that is there, edit_file is better.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.of(Phase.EXECUTE, Phase.DEBUG, Phase.DOCUMENT);
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public String use(Arguments arguments, Desk desk) {
        GivenPath path = new GivenPath(arguments.path());
        Optional<String> objection = path.objection();
        if (objection.isPresent()) {
            return desk.refused("write " + path.shown(), objection.get());
        }
        if (!desk.files().list(path.plain()).isEmpty()) {
            return path.shown() + " is a folder.";
        }
        return Writing.to(path, desk.files().read(path.plain()).orElse(""), arguments.content(), desk);
    }
}
