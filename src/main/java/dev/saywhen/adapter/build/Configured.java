package dev.saywhen.adapter.build;

import dev.saywhen.engineer.Build;
import dev.saywhen.plan.CommandScope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator set for a project; for what was not set, the build that is known there.
 *
 * @param known absent where none is
 */
record Configured(CommandScope suite, @Nullable Build known) implements Build {
    @Override
    public String name() {
        return "configured";
    }

    @Override
    public CommandScope only(String test) {
        return known == null ? suite : known.only(test);
    }

    @Override
    public Optional<CommandScope> fetch() {
        return known == null ? Optional.empty() : known.fetch();
    }
}
