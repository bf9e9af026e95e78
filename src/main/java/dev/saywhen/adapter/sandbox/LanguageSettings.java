package dev.saywhen.adapter.sandbox;

import java.util.Map;
import java.util.TreeMap;

/**
 * What tools of languages are told by their environment: where what they fetch is kept, and to fetch nothing where there is
 * no network, so that they say at once what is missing instead of waiting for an answer.
 */
final class LanguageSettings {
    private LanguageSettings() {}

    /** @param cache the folder that one run has for itself, as its commands see it */
    static Map<String, String> of(String cache, boolean sharesNetwork) {
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(
                Map.entry("CI", "true"),
                Map.entry("NO_COLOR", "1"),
                Map.entry("npm_config_cache", cache + "/npm"),
                Map.entry("npm_config_update_notifier", "false"),
                Map.entry("npm_config_fund", "false"),
                Map.entry("npm_config_audit", "false"),
                Map.entry("npm_config_offline", Boolean.toString(!sharesNetwork)),
                Map.entry("PYTHONUSERBASE", cache + "/python"),
                Map.entry("PYTHONDONTWRITEBYTECODE", "1"),
                Map.entry("PIP_CACHE_DIR", cache + "/pip"),
                Map.entry("PIP_USER", "1"),
                Map.entry("PIP_BREAK_SYSTEM_PACKAGES", "1"),
                Map.entry("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                Map.entry("GOPATH", cache + "/go"),
                Map.entry("GOCACHE", cache + "/go-build"),
                Map.entry("GOTOOLCHAIN", "local"),
                Map.entry("CARGO_HOME", cache + "/cargo"),
                Map.entry("CARGO_TARGET_DIR", cache + "/cargo-target"),
                Map.entry("CARGO_NET_OFFLINE", Boolean.toString(!sharesNetwork)),
                Map.entry("GRADLE_USER_HOME", cache + "/gradle")));
        if (!sharesNetwork) {
            settings.put("GOPROXY", "off");
            settings.put("PIP_NO_INDEX", "1");
        }
        return settings;
    }
}
