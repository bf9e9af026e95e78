package dev.saywhen.adapter.langchain4j;

import dev.saywhen.engineer.Desk;
import dev.saywhen.engineer.Tool;
import dev.saywhen.run.Phase;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A tool that is at work until a test lets it go on, whatever else happens. */
final class PausingTool implements Tool<PausingTool.Nothing> {
    private final CountDownLatch used = new CountDownLatch(1);
    private final CountDownLatch on = new CountDownLatch(1);

    /** No arguments. */
    record Nothing() {}

    void awaitUse() throws InterruptedException {
        if (!used.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody uses the tool");
        }
    }

    void goOn() {
        on.countDown();
    }

    @Override
    public String name() {
        return "pause";
    }

    @Override
    public String purpose() {
        return "Waits.";
    }

    @Override
    public Set<Phase> phases() {
        return EnumSet.allOf(Phase.class);
    }

    @Override
    public Class<Nothing> arguments() {
        return Nothing.class;
    }

    @Override
    public String use(Nothing none, Desk desk) {
        used.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                on.await();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return "Waited.";
    }
}
