package dev.saywhen.boot;

import dev.saywhen.adapter.console.Readiness;
import dev.saywhen.adapter.discord.Discord;
import dev.saywhen.adapter.local.LocalChat;
import dev.saywhen.adapter.sandbox.Lease;
import dev.saywhen.adapter.sandbox.ProvenSandbox;
import dev.saywhen.adapter.sandbox.SandboxLevel;
import dev.saywhen.adapter.sandbox.Tools;
import dev.saywhen.adapter.slack.Slack;
import dev.saywhen.adapter.store.AuditWitness;
import dev.saywhen.adapter.store.PostgresAuditTrail;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.chat.ChatGateway;
import dev.saywhen.chat.DirectConversations;
import dev.saywhen.chat.Directory;
import dev.saywhen.flow.HearingLog;
import dev.saywhen.flow.Inbox;
import dev.saywhen.flow.Outbox;
import dev.saywhen.flow.RunFeed;
import dev.saywhen.flow.RunStore;
import dev.saywhen.flow.StopWarmUp;
import dev.saywhen.id.Platform;
import dev.saywhen.id.TeamId;
import dev.saywhen.run.RunState;
import dev.saywhen.safety.StopLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Gives the framework what the core is made of, and the core what the framework brings. */
@Singleton
final class Wiring {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RunFeed feed() {
        return new RunFeed();
    }

    @Produces
    @Singleton
    LocalChat localChat(SaywhenConfig config) {
        boolean isAlone =
                !ConfiguredSlack.isConfigured(config.slack()) && !ConfiguredDiscord.isConfigured(config.discord());
        return new LocalChat(config.name(), config.local().enabled().orElse(isAlone));
    }

    @Produces
    @Singleton
    ProvenSandbox sandbox(SaywhenConfig config) {
        StartChecks.hearing(config);
        SandboxLevel level;
        try {
            level = SandboxLevel.valueOf(config.sandbox().level().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new StartRefused("saywhen.sandbox.level is auto, bubblewrap, unshare or none, not \""
                    + config.sandbox().level() + "\"");
        }
        var tools = Tools.find()
                .orElseThrow(
                        () -> new StartRefused(
                                "There is no Maven on this machine. ./mvnw fetches one; or set MAVEN_HOME to an installed one."));
        try {
            Path folder = Files.createDirectories(home(config).resolve("cache").resolve("sandbox"));
            return new ProvenSandbox(
                    level.choose(tools, folder, new Lease(config.hearing().limit())));
        } catch (IOException broken) {
            throw new StartRefused(
                    "saywhen.home=" + config.home() + " cannot be written (" + broken.getMessage() + ")");
        }
    }

    @Produces
    @Singleton
    Optional<Slack> slack(SaywhenConfig config, Clock clock) {
        return ConfiguredSlack.connected(config, clock);
    }

    @Produces
    @Singleton
    Optional<Discord> discord(SaywhenConfig config, Clock clock) {
        return ConfiguredDiscord.connected(config, clock);
    }

    @Produces
    @Singleton
    Core core(
            SaywhenConfig config,
            RunStore store,
            Outbox outbox,
            PostgresAuditTrail trail,
            StopLog stopLog,
            HearingLog hearingLog,
            ChatGateway local,
            Optional<Slack> slack,
            Optional<Discord> discord,
            RunFeed feed,
            ProvenSandbox sandbox,
            Clock clock) {
        new StartChecks(config, home(config), clock).check();
        AuditWitness witness = new AuditWitness(home(config).resolve(VerifyAudit.WITNESS));
        List<ChatGateway> gateways = new ArrayList<>(List.of(local));
        Map<Platform, Directory> directories = new HashMap<>();
        slack.ifPresent(connected -> {
            gateways.add(connected.gateway());
            directories.put(connected.gateway().platform(), connected.directory());
        });
        discord.ifPresent(connected -> {
            gateways.add(connected.gateway());
            directories.put(connected.gateway().platform(), connected.directory());
        });
        return new Core(
                config,
                new Core.Outside(
                        store,
                        outbox,
                        trail,
                        trail,
                        trail,
                        stopLog,
                        hearingLog,
                        gateways,
                        new Directories(directories),
                        feed,
                        () -> witness.look(trail.grown(), trail)),
                sandbox,
                home(config),
                clock);
    }

    @Produces
    @Singleton
    Inbox inbox(Core core) {
        return core.inbox();
    }

    @Produces
    @Singleton
    Readiness readiness(
            SaywhenConfig config,
            Core core,
            LocalChat local,
            Optional<Slack> slack,
            Optional<Discord> discord,
            Clock clock) {
        List<String> expected = ConfiguredSlack.channels(config);
        return () -> {
            List<Readiness.Ear> ears = new ArrayList<>();
            if (local.enabled()) {
                ears.add(new Readiness.Ear("local", "local", "this one", clock.instant(), List.of()));
            }
            List<String> onSlack = without(discord.map(Discord::heard).orElse(List.of()), expected);
            List<String> onDiscord = without(slack.map(Slack::heard).orElse(List.of()), expected);
            slack.ifPresent(connected ->
                    ears.add(ear(connected.team(), connected.isOpen(), connected.notHeard(onSlack), core, clock)));
            discord.ifPresent(connected -> connected
                    .teams()
                    .forEach(team ->
                            ears.add(ear(team, connected.isOpen(), connected.notHeard(onDiscord), core, clock))));
            String status = core.live().all().stream()
                    .filter(run -> !run.state().hasEnded())
                    .map(run -> "run " + run.id() + " " + run.state().name())
                    .sorted()
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("no run is going on");
            boolean acts = core.live().all().stream().anyMatch(run -> run.state() instanceof RunState.Acting);
            return new Readiness.Report(
                    (core.sandbox().isComplete() || !acts) && ears.stream().allMatch(ear -> ear.lastHeard() != null),
                    ears,
                    null,
                    core.sandbox().isolation(),
                    status);
        };
    }

    private static List<String> without(List<String> heardElsewhere, List<String> channels) {
        return channels.stream()
                .filter(channel -> !heardElsewhere.contains(channel))
                .toList();
    }

    /** While nothing acts there is no echo, and an open connection is all that can be known. */
    private static Readiness.Ear ear(TeamId team, boolean isOpen, List<String> notHeard, Core core, Clock clock) {
        @org.jspecify.annotations.Nullable
        Instant heard = core.watch().lastHeard(team).orElse(null);
        if (!core.acts(team) && isOpen) {
            heard = clock.instant();
        }
        return new Readiness.Ear(team.platform().name(), team.value(), "this one", heard, notHeard);
    }

    void start(
            @Observes StartupEvent event,
            Core core,
            Optional<Slack> slack,
            Optional<Discord> discord,
            DirectConversations conversations,
            MeterRegistry meters,
            Clock clock) {
        Precedence.establish();
        core.open();
        slack.ifPresent(connected -> {
            connected.open(core.inbox(), core.watch(), core.threads());
            new HearingMetrics(core.watch(), connected.team(), clock).bindTo(meters);
        });
        discord.ifPresent(connected -> {
            connected.open(core.inbox(), core.watch(), core.live(), conversations, core.threads());
            connected.teams().forEach(team -> new HearingMetrics(core.watch(), team, clock).bindTo(meters));
        });
        List<Function<Inbox, StopWarmUp.Way>> ways = new ArrayList<>();
        slack.ifPresent(connected -> ways.add(connected::warmUp));
        discord.ifPresent(connected -> ways.add(connected::warmUp));
        core.warmUp(ways);
    }

    void end(@Observes ShutdownEvent event, Core core, Optional<Slack> slack, Optional<Discord> discord) {
        slack.ifPresent(Slack::close);
        discord.ifPresent(Discord::close);
        core.close();
    }

    private static Path home(SaywhenConfig config) {
        return config.home().toAbsolutePath().normalize();
    }
}
