package dev.saywhen.flow.fakes;

import dev.saywhen.engineer.Sandbox;

/** Keeps everything apart, unless told otherwise. */
public final class FakeSandbox implements Sandbox {
    private boolean complete = true;

    public void weaken() {
        complete = false;
    }

    @Override
    public String isolation() {
        return complete ? "kept apart" : "not kept apart";
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }
}
