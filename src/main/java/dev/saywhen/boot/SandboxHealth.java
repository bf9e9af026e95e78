package dev.saywhen.boot;

import dev.saywhen.adapter.sandbox.ProvenSandbox;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Commands can be run, kept apart as the self-test at start found it or as the configuration allows. */
@Readiness
@Singleton
final class SandboxHealth implements HealthCheck {
    private final ProvenSandbox sandbox;

    SandboxHealth(ProvenSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("sandbox")
                .status(sandbox.isAvailable())
                .withData("commands", sandbox.isolation())
                .build();
    }
}
