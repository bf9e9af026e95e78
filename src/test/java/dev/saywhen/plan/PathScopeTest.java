package dev.saywhen.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathScopeTest {
    private static final PathScope FOLDER = new PathScope("src/**");

    @ParameterizedTest
    @ValueSource(strings = {"src/Book.java", "src/main/java/a b/Ünïcode.java", "src/.hidden", "src/deploy"})
    void a_folder_covers_what_lies_below_it(String path) {
        assertTrue(FOLDER.covers(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src", "src/", "source/Book.java", "srcs/Book.java", "SRC/Book.java", "a/src/Book.java"})
    void a_folder_covers_nothing_else(String path) {
        assertFalse(FOLDER.covers(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/../README.md",
                "src/../../etc/cron.d/job",
                "src/./Book.java",
                "src//Book.java",
                "/src/Book.java",
                "src/main/..",
                "src\\..\\x",
                "src/a\u0000b",
                "src/a\nb",
                "src/a\u200bb",
                "src/a\u202eb",
                "src/*",
                "src/.git/config",
                "src/.GIT/config",
                "src/.Git/hooks/x",
                ""
            })
    void no_scope_covers_what_is_no_path_inside_the_repository(String path) {
        assertFalse(FOLDER.covers(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/pom.xml",
                "src/POM.XML",
                "src/Pom.Xml",
                "src/Makefile",
                "src/GNUmakefile",
                "src/CMakeLists.txt",
                "src/main/docker/Dockerfile.jvm",
                "src/Dockerfile",
                "src/app.Dockerfile",
                "src/Containerfile",
                "src/docker-compose.yml",
                "src/compose.yaml",
                "src/.dockerignore",
                "src/.github/workflows/ci.yml",
                "src/.GitHub/workflows/ci.yml",
                "src/.gitlab-ci.yml",
                "src/.circleci/config.yml",
                "src/Jenkinsfile",
                "src/azure-pipelines.yml",
                "src/cloudbuild.yaml",
                "src/buildspec.yml",
                "src/appveyor.yml",
                "src/.githooks/pre-commit",
                "src/.husky/pre-push",
                "src/lefthook.yml",
                "src/.pre-commit-config.yaml",
                "src/helm/templates/x.yaml",
                "src/charts/x.yaml",
                "src/Chart.yaml",
                "src/kustomization.yaml",
                "src/k8s/x.yaml",
                "src/deploy/x.yaml",
                "src/helmfile.yaml",
                "src/run.sh",
                "src/run.SH",
                "src/run.bat",
                "src/run.cmd",
                "src/run.ps1",
                "src/mvnw",
                "src/.mvn/jvm.config",
                "src/build.gradle",
                "src/build.gradle.kts",
                "src/gradle/wrapper/x.jar",
                "src/buildSrc/x.java",
                "src/build.xml",
                "src/build.sbt",
                "src/BUILD",
                "src/BUILD.bazel",
                "src/WORKSPACE",
                "src/Rakefile",
                "src/Gemfile",
                "src/package.json",
                "src/setup.py",
                "src/requirements.txt",
                "src/composer.json",
                "src/Cargo.toml",
                "src/go.mod",
                "src/main.tf",
                "src/Taskfile.yml",
                "src/Vagrantfile",
                "src/.envrc",
                "src/fly.toml",
                "src/vercel.json",
                "src/netlify.toml",
                "src/.gitattributes",
                "src/CODEOWNERS",
                "src/.env",
                "src/.npmrc",
                "src/.devcontainer/devcontainer.json"
            })
    void a_folder_never_covers_what_decides_how_things_are_built_delivered_or_run(String path) {
        assertFalse(FOLDER.covers(path), path);
        assertTrue(new PathScope(path).covers(path), "named on a line of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/Book.java", "src/Book.Java", "src/book.java", "src/Book.java/", "src/Book.java "})
    void a_path_covers_exactly_itself(String path) {
        assertEquals(path.equals("src/Book.java"), new PathScope("src/Book.java").covers(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/**",
                "**",
                "*",
                "src/*",
                "*.java",
                "src/**/x",
                "**/x/**",
                "../**",
                "/etc/**",
                "src/../**",
                ".git/**",
                "a/.git/b",
                "a\\b",
                "a\nb",
                "a\u200bb",
                "./a",
                "a//b",
                "a/"
            })
    void what_is_neither_a_path_nor_a_folder_is_no_scope(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> new PathScope(pattern));
    }

    @Test
    void it_is_written_as_its_pattern() {
        assertEquals("src/**", FOLDER.toString());
    }
}
