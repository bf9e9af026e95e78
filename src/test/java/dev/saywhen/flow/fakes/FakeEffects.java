package dev.saywhen.flow.fakes;

import dev.saywhen.id.RunId;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.CommandResult;
import dev.saywhen.safety.CutOff;
import dev.saywhen.safety.Effect;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.EffectHandlers;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.safety.ToolAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does effects to a {@link FakeWorkspace}. Something can be made to happen right before one is let through, while a
 * command runs, and after it.
 */
public final class FakeEffects {
    /** An effect that came to pass. */
    public record Deed(RunId run, String what) {}

    private final FakeWorkspace workspace;
    private final List<Deed> deeds = new ArrayList<>();
    private final Deque<CommandResult> results = new ArrayDeque<>();
    private BiConsumer<String, RunId> before = (_, _) -> {};
    private BiConsumer<String, RunId> after = (_, _) -> {};
    private @Nullable Runnable whileCommandRuns;
    private @Nullable Runnable inCommand;
    private boolean commandsLast;
    private volatile Runnable whenCutOff = () -> {}; // set by a test, read by what cuts off
    private List<String> survivors = List.of();
    private List<String> unknown = List.of();
    private List<String> lasting = List.of();

    public FakeEffects(FakeWorkspace workspace) {
        this.workspace = workspace;
    }

    /** Everything that came to pass, in order. */
    public List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    public List<String> names() {
        return deeds.stream().map(Deed::what).toList();
    }

    /** Called with the effect's name and run, before it is let through. */
    public void before(BiConsumer<String, RunId> next) {
        before = next;
    }

    public void after(BiConsumer<String, RunId> next) {
        after = next;
    }

    /** What the next commands come to, one each; after that the rule of the sample holds. */
    public void results(CommandResult... next) {
        results.addAll(List.of(next));
    }

    /** Starts the next command and does this meanwhile, which has to bring a STOP: the command runs until it is cut off. */
    public void whileCommandRuns(Runnable stop) {
        whileCommandRuns = stop;
    }

    /** From now on every command runs until it is cut off. */
    public void commandsLast() {
        commandsLast = true;
    }

    /** Called as soon as such a command is being cut off. */
    public void whenCutOff(Runnable next) {
        whenCutOff = next;
    }

    /** Something that the next command does. */
    public void inCommand(Runnable work) {
        inCommand = work;
    }

    /** What a cut-off cannot end. */
    public void survivors(String... next) {
        survivors = List.of(next);
    }

    /** What a cut-off cannot find out, and what was changed outside before it. */
    public void leaves(List<String> nextUnknown, List<String> nextLasting) {
        unknown = nextUnknown;
        lasting = nextLasting;
    }

    public List<String> survivorsOf(RunId run) {
        return survivors;
    }

    public static CommandResult exit(int code) {
        return new CommandResult(
                CommandResult.Ending.EXITED, code, Duration.ofSeconds(1), "exit " + code, "output/1.log");
    }

    public static CommandResult ending(CommandResult.Ending ending) {
        return new CommandResult(ending, 0, Duration.ofSeconds(1), "", "output/1.log");
    }

    public EffectHandlers handlers(StopSwitch stops) {
        return new EffectHandlers(
                handler((Effect.OpenWorkTree effect) -> {
                    workspace.open(effect.run(), effect.commit());
                    return true;
                }),
                handler((Effect.WriteFile effect) -> {
                    workspace.put(effect.run(), effect.path(), effect.content());
                    return true;
                }),
                new EffectHandler<>() {
                    @Override
                    public CommandResult perform(Clearance<Effect.RunCommand> clearance) {
                        return FakeEffects.this.command(clearance, stops);
                    }
                },
                handler((Effect.CommitFiles effect) ->
                        workspace.commit(effect.run(), effect.parent(), effect.paths(), effect.message())),
                handler((Effect.RevertCommit effect) ->
                        workspace.commit(effect.run(), effect.parent(), List.of(), effect.message())),
                handler((Effect.PublishBranch effect) -> {
                    workspace.publish(effect.run(), effect.commit());
                    return true;
                }),
                handler((Effect.ApplyChangeSets _) -> true),
                handler((Effect.RollBackChangeSets _) -> true),
                handler((Effect.CallTool _) -> new ToolAnswer(ToolAnswer.Ending.ANSWERED, "")));
    }

    /** What an effect does once it is let through. */
    private interface Work<E, R> {
        R of(E effect);
    }

    private <E extends Effect<R>, R> EffectHandler<E, R> handler(Work<E, R> work) {
        return new EffectHandler<>() {
            @Override
            public R perform(Clearance<E> clearance) {
                E effect = clearance.effect();
                String name = effect.getClass().getSimpleName();
                before.accept(name, effect.run());
                clearance.spend();
                deeds.add(new Deed(effect.run(), name));
                R result = work.of(effect);
                after.accept(name, effect.run());
                return result;
            }
        };
    }

    private CommandResult command(Clearance<Effect.RunCommand> clearance, StopSwitch stops) {
        RunId run = clearance.effect().run();
        before.accept("RunCommand", run);
        clearance.spend();
        deeds.add(new Deed(run, "RunCommand"));
        Runnable work = inCommand;
        inCommand = null;
        if (work != null) {
            work.run();
        }
        Runnable stop = whileCommandRuns;
        whileCommandRuns = null;
        CommandResult result =
                stop == null ? commandsLast ? lasting(clearance, stops) : result(run) : killed(clearance, stops, stop);
        after.accept("RunCommand", run);
        return result;
    }

    private CommandResult killed(Clearance<Effect.RunCommand> clearance, StopSwitch stops, Runnable stop) {
        CountDownLatch killed = new CountDownLatch(1);
        CutOff cutOff = () -> {
            killed.countDown();
            return new CutOff.Report(2, survivors, List.of(), unknown, lasting);
        };
        try (var _ = stops.onPull(clearance.epoch(), cutOff)) {
            stop.run();
            if (!killed.await(5, TimeUnit.SECONDS)) {
                throw new AssertionError("no stop cut the command off");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nothing interrupts a command", interrupted);
        }
        return ending(CommandResult.Ending.KILLED);
    }

    private CommandResult lasting(Clearance<Effect.RunCommand> clearance, StopSwitch stops) {
        CountDownLatch killed = new CountDownLatch(1);
        CutOff cutOff = () -> {
            whenCutOff.run();
            killed.countDown();
            return new CutOff.Report(1, survivors);
        };
        try (var _ = stops.onPull(clearance.epoch(), cutOff)) {
            killed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the test is over
        }
        return ending(CommandResult.Ending.KILLED);
    }

    /** The sample's tests are red while there is no code for them. */
    private CommandResult result(RunId run) {
        CommandResult scripted = results.poll();
        if (scripted != null) {
            return scripted;
        }
        boolean tests = workspace.tree(run).read("src/test/java/BookTest.java").isPresent();
        boolean code = workspace.tree(run).read("src/main/java/Book.java").isPresent();
        return exit(tests && !code ? 1 : 0);
    }
}
