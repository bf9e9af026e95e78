package dev.saywhen.adapter.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Repository;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBuildsTest {
    private static final ProjectName PROJECT = new ProjectName("demo");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pom.xml          |                                                 | src/test/java/shop/ATest.java      | Maven: mvn -B -ntp verify · mvn -B -ntp test -Dtest=ATest · mvn -B -ntp verify -Dmaven.test.failure.ignore=true   (uses the network)
            pom.xml          |                                                 | core/src/test/java/shop/ATest.java | Maven: mvn -B -ntp verify · mvn -B -ntp test -pl core -am -Dtest=ATest -Dsurefire.failIfNoSpecifiedTests=false · mvn -B -ntp verify -Dmaven.test.failure.ignore=true   (uses the network)
            build.gradle.kts |                                                 | app/src/test/kotlin/ATest.kt       | Gradle: gradle --console=plain --no-daemon --offline check · gradle --console=plain --no-daemon --offline :app:test --tests *ATest · gradle --console=plain --no-daemon check --continue   (uses the network)
            package.json     | {}                                              | test/a.test.js                     | npm: node --test · node --test test/a.test.js · nothing
            package.json     | {"scripts":{"test":"node --test"}}              | test/a.test.js                     | npm: npm test · node --test test/a.test.js · nothing
            package.json     | {"scripts":{"test":"jest --ci"},"devDependencies":{"jest":"^29"}} | src/a.test.js    | npm: npm test · npx --no-install jest --runTestsByPath src/a.test.js · npm install --ignore-scripts   (uses the network)
            package.json     | {"scripts":{"test":"vitest run"}}               | a.test.ts                          | npm: npm test · npx --no-install vitest run a.test.ts · nothing
            package.json     | {"scripts":{"test":"./ci.sh"}}                  | a.test.ts                          | npm: npm test · npm test -- a.test.ts · nothing
            package.json     | {"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}} | a.test.js     | npm: node --test · node --test a.test.js · nothing
            package.json     | not json                                        | a.test.js                          | npm: node --test · node --test a.test.js · nothing
            requirements.txt | flask                                           | tests/test_a.py                    | pytest: python3 -m pytest -p no:cacheprovider · python3 -m pytest -p no:cacheprovider tests/test_a.py · python3 -m pip install -r requirements.txt pytest   (uses the network)
            pyproject.toml   | [project]                                       | tests/test_a.py                    | pytest: python3 -m pytest -p no:cacheprovider · python3 -m pytest -p no:cacheprovider tests/test_a.py · python3 -m pip install -e . pytest   (uses the network)
            pkg/test_a.py    |                                                 | pkg/test_a.py                      | pytest: python3 -m pytest -p no:cacheprovider · python3 -m pytest -p no:cacheprovider pkg/test_a.py · nothing
            go.mod           | module x                                        | store/a_test.go                    | Go: go test -v ./... · go test -v ./store · nothing
            go.mod           | require github.com/lib/pq v1.10.9               | a_test.go                          | Go: go test -v ./... · go test -v . · go mod download   (uses the network)
            Cargo.toml       | [package]                                       | tests/shop.rs                      | Cargo: cargo test --no-fail-fast · cargo test --test shop · nothing
            Cargo.toml       | [dependencies]                                  | src/lib.rs                         | Cargo: cargo test --no-fail-fast · cargo test --lib · cargo fetch   (uses the network)
            """)
    void a_build_is_known_by_the_files_at_the_root(String file, String content, String test, String commands) {
        Build build = known(Map.of(file, content == null ? "" : content)).getFirst();

        assertEquals(
                commands,
                build.name() + ": " + build.suite() + " · " + build.only(test) + " · "
                        + build.fetch().map(CommandScope::toString).orElse("nothing"));
    }

    @Test
    void a_wrapper_of_gradle_is_called_and_one_of_maven_is_not() {
        assertEquals(
                "./gradlew",
                known(Map.of("build.gradle", "", "gradlew", ""))
                        .getFirst()
                        .suite()
                        .arguments()
                        .getFirst());
        assertEquals(
                "mvn",
                known(Map.of("pom.xml", "", "mvnw", ""))
                        .getFirst()
                        .suite()
                        .arguments()
                        .getFirst());
    }

    @Test
    void a_lock_file_says_what_exactly_is_fetched() {
        Map<String, String> files =
                Map.of("package.json", "{\"dependencies\":{\"a\":\"1\"}}", "package-lock.json", "{}");

        assertEquals(
                List.of("npm", "ci", "--ignore-scripts"),
                known(files).getFirst().fetch().orElseThrow().arguments());
    }

    @Test
    void a_repository_can_be_of_more_than_one_sort_or_of_none() {
        assertEquals(
                List.of("Maven", "npm"),
                known(Map.of("pom.xml", "", "package.json", "{}")).stream()
                        .map(Build::name)
                        .toList());
        assertEquals(List.of(), known(Map.of("README.md", "# x", "web/package.json", "{}")));
    }

    @Test
    void what_the_operator_set_comes_first_and_leaves_the_rest_to_what_is_known() {
        CommandScope set = CommandScope.offline("make", "check");
        KnownBuilds builds = new KnownBuilds(_ -> "", Map.of(PROJECT, set));

        List<Build> found = builds.of(PROJECT, repository(Map.of("go.mod", "require x v1")));

        assertEquals(
                List.of("configured", "Go"), found.stream().map(Build::name).toList());
        assertEquals(set, found.getFirst().suite());
        assertEquals(
                CommandScope.offline("go", "test", "-v", "./a"),
                found.getFirst().only("a/b_test.go"));
        assertEquals(found.getLast().fetch(), found.getFirst().fetch());
        Build alone = builds.of(PROJECT, repository(Map.of())).getFirst();
        assertEquals(set, alone.only("a"));
        assertEquals(Optional.empty(), alone.fetch());
        assertEquals(List.of(), builds.of(new ProjectName("other"), repository(Map.of())));
    }

    private static List<Build> known(Map<String, String> files) {
        return new KnownBuilds(_ -> "", Map.of()).of(PROJECT, repository(files));
    }

    private static Repository repository(Map<String, String> files) {
        return new Repository() {
            @Override
            public List<String> files() {
                return List.copyOf(new TreeMap<>(files).keySet());
            }

            @Override
            public Optional<String> read(String path) {
                return Optional.ofNullable(files.get(path));
            }
        };
    }
}
