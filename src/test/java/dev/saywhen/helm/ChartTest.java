package dev.saywhen.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import dev.saywhen.boot.SaywhenConfig;
import dev.saywhen.image.ServiceImage;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChartTest {
    @TempDir
    private Path folder;

    @Test
    void helm_itself_finds_nothing_to_say_but_that_there_is_no_icon() throws Exception {
        // The linter takes no values file, so the example's stand where the chart's own would.
        Path chart = Files.createDirectories(folder.resolve("saywhen"));
        try (var files = Files.walk(Rendered.CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = chart.resolve(Rendered.CHART.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        withoutWhatTheExampleSets(chart.resolve("values.yaml"));

        var result = new Helm(chart).lint().strict().call();

        assertEquals(List.of("[INFO] Chart.yaml: icon is recommended"), result.getMessages());
        assertFalse(result.isFailed());
    }

    @Test
    void the_chart_is_of_the_version_that_is_built() throws IOException {
        Matcher version = Pattern.compile("<artifactId>saywhen</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(version.find());
        assertTrue(Files.readString(Rendered.CHART.resolve("Chart.yaml"))
                .contains("\nappVersion: " + version.group(1) + "\n"));
    }

    @Test
    void one_pod_has_the_home_to_itself_and_may_let_its_step_end() {
        Rendered chart = Rendered.example();

        assertEquals(List.of("ConfigMap", "Deployment", "NetworkPolicy", "PersistentVolumeClaim"), chart.kinds());
        JsonNode deployment = chart.object("Deployment");
        assertEquals("crew-saywhen", deployment.at("/metadata/name").asText());
        assertEquals(1, deployment.at("/spec/replicas").asInt());
        assertEquals("Recreate", deployment.at("/spec/strategy/type").asText());
        assertTrue(chart.pod().at("/terminationGracePeriodSeconds").asInt() > 600, "a step may take ten minutes");
        assertEquals(
                deployment.at("/spec/selector/matchLabels"),
                chart.object("NetworkPolicy").at("/spec/podSelector/matchLabels"));
        assertEquals(
                chart.object("PersistentVolumeClaim").at("/metadata/name"),
                chart.pod().at("/volumes/1/persistentVolumeClaim/claimName"));
        assertEquals(
                "registry.example.org/saywhen:0.1.0",
                chart.container().at("/image").asText());
    }

    @ParameterizedTest
    @CsvSource({"startupProbe,/q/health/live", "livenessProbe,/q/health/live", "readinessProbe,/q/health/ready"})
    void a_probe_asks_for_health_which_alone_is_open_to_other_machines(String probe, String path) {
        JsonNode request = Rendered.example().container().at("/" + probe + "/httpGet");

        assertEquals(path, request.at("/path").asText());
        assertEquals("http", request.at("/port").asText());
    }

    @Test
    void nothing_runs_as_root_or_may_write_but_to_the_home_and_scratch() {
        Rendered chart = Rendered.example();
        JsonNode container = chart.container();

        assertTrue(chart.pod().at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(1000, chart.pod().at("/securityContext/runAsUser").asInt());
        assertFalse(chart.pod().at("/automountServiceAccountToken").asBoolean(true));
        assertTrue(container.at("/securityContext/readOnlyRootFilesystem").asBoolean());
        assertFalse(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true));
        assertEquals(
                "[\"ALL\"]", container.at("/securityContext/capabilities/drop").toString());
        assertEquals(
                Set.of("/var/lib/saywhen", "/tmp"),
                stream(container.at("/volumeMounts"))
                        .filter(mount -> !mount.at("/readOnly").asBoolean())
                        .map(mount -> mount.at("/mountPath").asText())
                        .collect(Collectors.toSet()));
        assertTrue(container.at("/resources/limits/memory").isTextual());
    }

    @Test
    void the_image_that_is_built_is_the_one_the_pod_expects() throws IOException {
        Rendered chart = Rendered.example(
                folder, "image: {repository: %s}\ngit: {sshSecret: deploy-key}".formatted(ServiceImage.NAME));

        JsonNode user = chart.pod().at("/securityContext");
        assertEquals(ServiceImage.USER, user.at("/runAsUser").asInt());
        assertEquals(ServiceImage.USER, user.at("/runAsGroup").asInt());
        assertEquals(
                ServiceImage.NAME + ":0.1.0", chart.container().at("/image").asText());
        assertEquals(
                ServiceImage.PORT,
                chart.container().at("/ports/0/containerPort").asInt());
        assertEquals(ServiceImage.HOME, chart.properties().getProperty("saywhen.home"));
        assertEquals(
                List.of("/etc/saywhen", ServiceImage.HOME, "/tmp", ServiceImage.HOME_OF_USER + "/.ssh"),
                stream(chart.container().at("/volumeMounts"))
                        .map(mount -> mount.at("/mountPath").asText())
                        .toList());
        assertTrue(chart.container().at("/command").isMissingNode(), "the image knows how it is started");
    }

    @Test
    void the_pod_may_make_namespaces_for_commands_unless_that_is_not_wanted() throws IOException {
        Rendered with = Rendered.example();
        Rendered without = Rendered.example(folder, "sandbox: {userNamespaces: false}");

        assertFalse(with.pod().at("/hostUsers").asBoolean(true));
        assertEquals(
                "Unmasked", with.container().at("/securityContext/procMount").asText());
        assertEquals(
                "Unconfined",
                with.container().at("/securityContext/seccompProfile/type").asText());
        assertTrue(without.pod().at("/hostUsers").isMissingNode());
        assertEquals(
                Set.of("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities"),
                Set.copyOf(without.container().at("/securityContext").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList()));
        assertEquals(
                "RuntimeDefault",
                without.pod().at("/securityContext/seccompProfile/type").asText());
    }

    @Test
    void what_is_not_needed_is_denied_on_the_network() throws IOException {
        JsonNode alone = Rendered.example().object("NetworkPolicy").at("/spec");
        Rendered reachable = Rendered.example(folder, "service: {enabled: true}\nnetworkPolicy: {databasePort: 6432}");

        assertEquals("[\"Ingress\",\"Egress\"]", alone.at("/policyTypes").toString());
        assertEquals("[]", alone.at("/ingress").toString());
        assertEquals(List.of(53, 53, 5432, 443), ports(alone.at("/egress")));
        JsonNode open = reachable.object("NetworkPolicy").at("/spec");
        assertEquals(
                "[{\"ports\":[{\"port\":\"http\",\"protocol\":\"TCP\"}]}]",
                open.at("/ingress").toString());
        assertEquals(List.of(53, 53, 6432, 443), ports(open.at("/egress")));
        assertEquals(
                "http",
                reachable.object("Service").at("/spec/ports/0/targetPort").asText());
    }

    @Test
    void the_service_understands_every_key_and_value_that_the_chart_sets() throws IOException {
        Rendered chart = Rendered.example();
        Map<String, String> set = new HashMap<>();
        chart.properties().forEach((key, value) -> set.put((String) key, (String) value));
        stream(chart.container().at("/env"))
                .map(variable -> variable.at("/name").asText())
                .filter(name -> name.startsWith("SAYWHEN_"))
                .forEach(name -> set.put(name, "from a secret"));

        SmallRyeConfig read = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(set, 300), new PropertiesConfigSource(set, "chart", 250))
                .withMapping(SaywhenConfig.class)
                .build();
        SaywhenConfig config = read.getConfigMapping(SaywhenConfig.class);

        assertEquals(Path.of("/var/lib/saywhen"), config.home());
        assertEquals(Optional.of(false), config.local().enabled());
        assertEquals(Optional.of("from a secret"), config.slack().botToken());
        assertEquals(Optional.of("from a secret"), config.slack().appToken());
        assertEquals(Optional.of(List.of("backend-*")), config.slack().join());
        SaywhenConfig.Project shop = config.projects().get("shop");
        assertEquals(Optional.of(List.of("slack:T0123456:U0123456", "slack:T0123456:U0123457")), shop.approvers());
        assertEquals(3_000_000, shop.maxTokens());
        assertEquals(Duration.ofMinutes(90), shop.maxTime());
        assertTrue(shop.secondPerson());
    }

    @Test
    void a_value_means_to_the_service_what_it_says_in_the_values_file() throws IOException {
        Rendered chart = Rendered.example(folder, """
                settings:
                  saywhen.phrases: ['go, then', 'back\\slash']
                  saywhen.projects-of-old: 123456789
                """);

        assertEquals("go\\, then,back\\slash", chart.properties().getProperty("saywhen.phrases"));
        assertEquals("123456789", chart.properties().getProperty("saywhen.projects-of-old"));
    }

    @Test
    void a_secret_is_named_and_never_shown() {
        Rendered chart = Rendered.example();

        Set<String> byReference = new TreeSet<>();
        for (JsonNode variable : chart.container().at("/env")) {
            if (variable.has("value")) {
                assertEquals("QUARKUS_CONFIG_LOCATIONS", variable.at("/name").asText());
            } else {
                assertTrue(variable.at("/valueFrom/secretKeyRef/name").isTextual());
                assertTrue(variable.at("/valueFrom/secretKeyRef/key").isTextual());
                byReference.add(variable.at("/name").asText());
            }
        }
        assertEquals(
                "QUARKUS_DATASOURCE_PASSWORD QUARKUS_DATASOURCE_USERNAME SAYWHEN_SLACK_APP_TOKEN SAYWHEN_SLACK_BOT_TOKEN",
                String.join(" ", byReference));
        assertFalse(chart.kinds().contains("Secret"));
    }

    @Test
    void a_key_for_git_is_where_ssh_looks_for_it() throws IOException {
        Rendered chart = Rendered.example(folder, """
                git: {sshSecret: deploy-key}
                networkPolicy: {outsidePorts: [443, 22]}
                projects: {shop: {repository: 'git@git.example.org:shop.git'}}
                """);

        JsonNode mount = chart.container().at("/volumeMounts/3");
        assertEquals("/home/saywhen/.ssh", mount.at("/mountPath").asText());
        assertTrue(mount.at("/readOnly").asBoolean());
        assertEquals(
                "deploy-key", chart.pod().at("/volumes/3/secret/secretName").asText());
        assertEquals(
                List.of(53, 53, 5432, 443, 22),
                ports(chart.object("NetworkPolicy").at("/spec/egress")));
    }

    @Test
    void what_changes_for_the_service_makes_a_new_pod() throws IOException {
        Rendered other = Rendered.example(folder, "settings: {saywhen.name: ada}");

        assertFalse(checksum(Rendered.example()).isEmpty());
        assertEquals(checksum(Rendered.example()), checksum(Rendered.example()));
        assertNotEquals(checksum(Rendered.example()), checksum(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|database.url is missing: jdbc:postgresql://HOST:PORT/DATABASE of a PostgreSQL of yours.",
                "database: {url: 'jdbc:postgresql://db/x'}|database.secret is missing: the name of a Secret",
                "database: {url: 'jdbc:postgresql://db/x', secret: db}|secrets is empty, so nobody could talk to Saywhen",
            })
    void what_is_missing_is_said_in_a_sentence(String values, String sentence) {
        String said = refusal(() -> Rendered.only(folder, values));

        assertTrue(said.contains(sentence), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 2",
                "database: {url: 'jdbc:h2:mem:x'}",
                "database: {url: 'jdbc:postgresql://db/x?password=secret'}",
                "settings: {saywhen.slack.bot-token: xoxb-1}",
                "settings: {saywhen.home: /elsewhere}",
                "settings: {quarkus.http.host: 127.0.0.1}",
                "settings: {saywhen.name: \"two\\nlines\"}",
                "secrets: {saywhen.slack.bot-token: xoxb-1}",
                "secrets: {saywhen.slack.bot-token: {name: x, key: y, value: xoxb-1}}",
                "sandbox: {level: none}",
                "projects: {shop: {repository: 'https://me:word@git.example.org/shop.git'}}",
                "projects: {shop: {approvers: [anyone]}}",
                "projects: {shop: {channels: ['#shop']}}",
                "persistence: {size: much}",
                "service: {port: 70000}",
            })
    void a_value_that_cannot_be_meant_is_refused(String values) {
        String said = refusal(() -> Rendered.example(folder, values));

        assertTrue(said.contains("values don't meet the specifications of the schema"), said);
    }

    private static void withoutWhatTheExampleSets(Path values) throws IOException {
        String own = Files.readString(values);
        for (String name : List.of("image", "database", "settings", "projects", "secrets")) {
            own = own.replaceAll("(?m)^" + name + ":.*\n(  .*\n|\n)*", "");
        }
        Files.writeString(values, own + Files.readString(Rendered.EXAMPLE));
    }

    private static String refusal(Executable rendering) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, rendering).getMessage());
    }

    private static String checksum(Rendered chart) {
        return chart.object("Deployment")
                .at("/spec/template/metadata/annotations/checksum~1configuration")
                .asText();
    }

    private static List<Integer> ports(JsonNode egress) {
        return stream(egress)
                .flatMap(rule -> stream(rule.at("/ports")))
                .map(port -> port.at("/port").asInt())
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
