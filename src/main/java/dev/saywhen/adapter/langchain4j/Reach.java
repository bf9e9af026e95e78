package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.Actuator;
import dev.saywhen.engineer.EffectRefused;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.plan.ToolScope;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.Denial;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hands that reach less than the plan allows: only the files that this part of the work is about. */
final class Reach implements Actuator {
    private final Actuator hands;
    private final Set<String> paths;
    private final Words words;

    Reach(Actuator hands, List<String> paths, Words words) {
        this.hands = hands;
        this.paths = Set.copyOf(paths);
        this.words = words;
    }

    @Override
    public StopSwitch.Epoch epoch() {
        return hands.epoch();
    }

    @Override
    public Optional<String> read(String path) {
        return hands.read(path);
    }

    @Override
    public List<String> list(String folder) {
        return hands.list(folder);
    }

    @Override
    public void write(String path, String content) {
        if (!paths.contains(path)) {
            throw refused("Now only these are written: "
                    + String.join(", ", paths.stream().sorted().toList()) + ".");
        }
        if (words.tellsSecrets(content)) {
            throw refused("The content holds a secret of the configuration.");
        }
        hands.write(path, content);
    }

    @Override
    public CommandResult run(CommandScope command) {
        return hands.run(command);
    }

    /** Neither a secret of ours nor one that the repository holds goes to a server, and none comes to the model. */
    @Override
    public ToolAnswer call(ToolScope tool, String code, String arguments) {
        GivenObject given = GivenObject.read(arguments).orElseThrow(() -> refused("The arguments are no JSON object."));
        if (given.texts().stream().anyMatch(words::holdsSecrets)) {
            throw refused("The arguments hold a secret, or what has the shape of one.");
        }
        ToolAnswer answer = hands.call(tool, code, given.plain());
        return new ToolAnswer(answer.ending(), words.withoutSecrets(answer.text()));
    }

    private static EffectRefused refused(String why) {
        return new EffectRefused(new Denial(Denial.Reason.OUT_OF_SCOPE, why));
    }
}
