package dev.saywhen.boot;

import dev.saywhen.adapter.blueprint.BlueprintEngineer;
import dev.saywhen.adapter.build.KnownBuilds;
import dev.saywhen.adapter.langchain4j.ModelEngineer;
import dev.saywhen.adapter.langchain4j.ModelSetting;
import dev.saywhen.adapter.sandbox.KeptOutputs;
import dev.saywhen.audit.AuditTrail;
import dev.saywhen.audit.ModelUse;
import dev.saywhen.boot.home.StartRefused;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.Engineer;
import dev.saywhen.safety.StopSwitch;
import dev.saywhen.tool.ToolBox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Who thinks: a model where one is configured, the blueprints otherwise. What is wrong stops the start with one line. */
final class ConfiguredModel {
    private static final String KEY = "saywhen.model.";

    private ConfiguredModel() {}

    static Engineer engineer(
            SaywhenConfig config,
            ConfiguredProjects projects,
            ConfiguredServers servers,
            AuditTrail trail,
            ModelUse use,
            StopSwitch stops,
            InstantSource clock,
            Path home) {
        Optional<ModelSetting> setting = setting(config.model());
        if (setting.isEmpty()) {
            return new BlueprintEngineer();
        }
        priced(config);
        KeptOutputs outputs = new KeptOutputs(home);
        Builds builds = new KnownBuilds(outputs, projects.suites());
        ToolBox tools = new ToolBox(builds, outputs);
        return new ModelEngineer(
                setting.get(),
                tools::in,
                builds,
                servers::tools,
                projects::allowance,
                trail,
                use,
                stops,
                clock,
                secrets(config));
    }

    /** One line about who thinks. Throws {@link StartRefused} as the start would. Nobody is asked whether the key is good. */
    static String told(SaywhenConfig.Model model) {
        return setting(model)
                .map(setting -> setting.name() + " of " + model.provider()
                        + model.baseUrl().map(url -> " at " + url).orElse(""))
                .orElse("none: the blueprint engineer, for CRUD-shaped services");
    }

    private static Optional<ModelSetting> setting(SaywhenConfig.Model model) {
        String provider = model.provider().toUpperCase(Locale.ROOT);
        if (provider.equals("NONE")) {
            return Optional.empty();
        }
        ModelSetting.Provider known;
        try {
            known = ModelSetting.Provider.valueOf(provider);
        } catch (IllegalArgumentException unknown) {
            throw new StartRefused(
                    KEY + "provider is none, openai, anthropic or ollama, not \"" + model.provider() + "\"");
        }
        String name = model.name()
                .orElseThrow(() -> new StartRefused(KEY + "name is missing: the model's name as the provider has it."));
        model.baseUrl().ifPresent(ConfiguredModel::address);
        if (model.apiKey().isEmpty() && model.baseUrl().isEmpty() && known != ModelSetting.Provider.OLLAMA) {
            throw new StartRefused(KEY + "api-key is missing: " + model.provider() + " answers nobody without one.");
        }
        positive("timeout", model.timeout());
        return Optional.of(new ModelSetting(
                known,
                name,
                orNull(model.baseUrl()),
                orNull(model.apiKey()),
                orNull(model.inputPrice()),
                orNull(model.outputPrice()),
                model.streaming(),
                model.timeout(),
                Duration.ofSeconds(2)));
    }

    private static void address(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return;
            }
        } catch (IllegalArgumentException wrong) {
            // told below
        }
        throw new StartRefused(KEY + "base-url=" + url + " is no address: it begins with http:// or https://");
    }

    private static void positive(String key, Duration time) {
        if (!time.isPositive()) {
            throw new StartRefused(KEY + key + " does not do: it is more than nothing.");
        }
    }

    /** A limit of money means nothing without a price. */
    private static void priced(SaywhenConfig config) {
        boolean isPriced = config.model().inputPrice().isPresent()
                && config.model().outputPrice().isPresent();
        config.projects().forEach((name, project) -> {
            boolean limitsMoney = Stream.of(
                            project.maxCost(), project.planningCost(), project.maxStepCost(), project.maxDayCost())
                    .anyMatch(Optional::isPresent);
            if (!isPriced && limitsMoney) {
                throw new StartRefused("saywhen.projects.\"" + name + "\" limits money and the model has no price: set "
                        + KEY + "input-price and .output-price, dollars for a million tokens.");
            }
        });
    }

    /** What no text may show: every value of a key that is named for a secret. */
    private static List<String> secrets(SaywhenConfig config) {
        List<String> secrets = new ArrayList<>();
        config.model().apiKey().ifPresent(secrets::add);
        config.slack().botToken().ifPresent(secrets::add);
        config.slack().appToken().ifPresent(secrets::add);
        config.slack().signingSecret().ifPresent(secrets::add);
        config.discord().token().ifPresent(secrets::add);
        config.mcp().servers().values().forEach(server -> server.token().ifPresent(secrets::add));
        config.projects().values().forEach(project -> project.databasePassword().ifPresent(secrets::add));
        ConfigProvider.getConfig()
                .getOptionalValue("quarkus.datasource.password", String.class)
                .ifPresent(secrets::add);
        return secrets;
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.isPresent() ? value.get() : null;
    }
}
