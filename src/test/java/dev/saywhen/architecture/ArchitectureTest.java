package dev.saywhen.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchRule;
import dev.saywhen.safety.Clearance;
import dev.saywhen.safety.EffectHandler;
import dev.saywhen.safety.EffectHandlers;
import dev.saywhen.safety.Gate;
import dev.saywhen.safety.Permit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. A package that does not exist yet breaks no rule. */
class ArchitectureTest {
    private static final String ROOT = "dev.saywhen.";
    private static final Path SOURCES = Path.of("src/main/java/dev/saywhen");

    /** The core, and what each part of it may know besides Java and JSpecify. */
    private static final String CORE = """
            id       ->
            words    ->
            plan     -> id
            audit    -> id
            chat     -> id
            http     ->
            safety   -> id words plan audit
            run      -> id plan safety
            engineer -> id plan run safety
            tool     -> id plan engineer run safety
            phase    -> id words plan audit run chat engineer safety
            flow     -> id words plan audit run chat phase safety engineer
            """;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.saywhen");

    @ParameterizedTest(name = "{0} knows only {1}")
    @MethodSource("core")
    void a_package_of_the_core_knows_only_what_the_table_says(String name, List<String> known) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify..", within(name)));
        known.forEach(other -> allowed.add(within(other)));

        check(classes()
                .that()
                .resideInAPackage(within(name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(allowed.toArray(String[]::new)).or(arrays())));
    }

    @ParameterizedTest(name = "{0} says so")
    @MethodSource("core")
    void a_package_of_the_core_says_what_it_may_know(String name, List<String> known) {
        Path info = SOURCES.resolve(name).resolve("package-info.java");
        if (Files.exists(SOURCES.resolve(name))) {
            Matcher sentence =
                    Pattern.compile("May depend on:(.*?)\\*/", Pattern.DOTALL).matcher(text(info));
            assertTrue(sentence.find(), name);
            List<String> said = Pattern.compile("\\{@code ([a-z]+)}")
                    .matcher(sentence.group(1))
                    .results()
                    .map(found -> found.group(1))
                    .filter(other -> !other.equals("java"))
                    .toList();
            assertEquals(new TreeSet<>(known), new TreeSet<>(said));
        }
    }

    @Test
    void no_adapter_knows_another() {
        check(slices().matching(ROOT + "adapter.(*)..").should().notDependOnEachOther());
    }

    @Test
    void nobody_knows_boot() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(within("boot"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(within("boot")));
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    com.slack..                                 | adapter.slack
                    net.dv8tion..                               | adapter.discord
                    com.neovisionaries..                        | adapter.discord adapter.slack
                    dev.langchain4j..                           | adapter.langchain4j adapter.mcp
                    jakarta.persistence.. org.hibernate..       | adapter.store
                    io.quarkus.hibernate..                      | adapter.store
                    java.sql.. javax.sql..                      | adapter.store adapter.database boot
                    liquibase..                                 | adapter.database boot
                    io.zonky..                                  | boot
                    java.net.http..                             | http adapter.langchain4j adapter.mcp adapter.slack adapter.discord boot
                    jakarta.. io.quarkus.. org.eclipse.microprofile.. io.smallrye.. com.fasterxml.. | adapter boot
                    """)
    void a_framework_stays_in_its_place(String frameworks, String places) {
        check(noClasses()
                .that(residesOutside(places))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(frameworks.split(" +")));
    }

    @Test
    void processes_are_started_in_their_places_only() {
        check(noClasses()
                .that(residesOutside("adapter.git adapter.sandbox boot"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(calls("java.lang.Runtime", "exec")));
    }

    @Test
    void files_are_written_in_their_places_only() {
        DescribedPredicate<JavaClass> elsewhere =
                residesOutside("adapter.git adapter.sandbox adapter.store adapter.database boot");
        check(noClasses()
                .that(elsewhere)
                .should()
                .callMethodWhere(calls(
                        "java.nio.file.Files", "(write|create|delete|move|copy|set|newOutput|newBufferedWriter).*"))
                .orShould()
                .callMethodWhere(calls("java.nio.channels.FileChannel", "open")));
        check(noClasses()
                .that(elsewhere)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(FileOutputStream|FileWriter|RandomAccessFile|PrintWriter)"));
    }

    @Test
    void no_clock_is_read_outside_boot() {
        DescribedPredicate<JavaClass> elsewhere = residesOutside("boot");
        check(noClasses()
                .that(elsewhere)
                .should()
                .callMethodWhere(calls("java\\.time\\..*", "now"))
                .orShould()
                .callMethodWhere(calls("java\\.time\\.(Clock|InstantSource)", "(system|tick).*"))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(java.util.Date.class));
    }

    @Test
    void the_core_does_not_log() {
        check(noClasses()
                .that(residesOutside("adapter boot"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jboss.logging..", "org.slf4j..", "java.util.logging..", "io.quarkus.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void the_kernel_has_no_input_and_output_of_its_own() {
        check(noClasses()
                .that()
                .resideInAnyPackage(within("safety"), within("words"), within("run"), within("plan"), within("id"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                .orShould()
                .callMethodWhere(calls("java.lang.System", "(getenv|getProperty|getProperties)")));
    }

    @Test
    void a_permit_is_made_by_the_gate_and_a_clearance_for_a_handler() {
        check(noClasses()
                .that()
                .doNotBelongToAnyOf(Gate.class)
                .should()
                .callConstructorWhere(describe(
                        "a permit is made", call -> call.getTargetOwner().isEquivalentTo(Permit.class))));
        check(noClasses()
                .that()
                .doNotBelongToAnyOf(EffectHandlers.class)
                .should()
                .callConstructorWhere(describe(
                        "a clearance is made", call -> call.getTargetOwner().isEquivalentTo(Clearance.class))));
    }

    @Test
    void only_the_kernel_lets_an_effect_happen() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(within("safety"))
                .should()
                .callMethodWhere(describe(
                        "an effect handler is called",
                        // A handler's bridge to its own typed method is the compiler's doing.
                        (JavaCall<?> call) -> call.getName().equals("perform")
                                && !call.getOriginOwner().equals(call.getTargetOwner())
                                && call.getTargetOwner().isAssignableTo(EffectHandler.class))));
    }

    @Test
    void no_permit_is_kept_in_a_field_outside_the_flow_of_a_run() {
        check(noClasses()
                .that(residesOutside("safety phase flow"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Permit.class));
    }

    @Test
    void every_package_says_what_it_is_for_and_has_no_nulls_unsaid() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> without = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java"))
                            || !text(folder.resolve("package-info.java")).contains("@NullMarked"))
                    .map(Path::toString)
                    .toList();
            assertEquals(List.of(), without);
        }
    }

    @Test
    void the_table_names_every_package_but_adapters_and_boot() throws IOException {
        Map<String, List<String>> table = table();
        try (Stream<Path> folders = Files.list(SOURCES)) {
            List<String> unnamed = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !table.containsKey(name) && !name.equals("adapter") && !name.equals("boot"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            assertEquals(List.of(), unnamed);
        }
    }

    static Stream<Arguments> core() {
        return table().entrySet().stream().map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new TreeMap<>();
        CORE.lines().forEach(line -> {
            String[] sides = line.split("->", -1);
            String known = sides[1].strip();
            table.put(sides[0].strip(), known.isEmpty() ? List.of() : List.of(known.split(" +")));
        });
        return table;
    }

    private static String within(String name) {
        return ROOT + name + "..";
    }

    private static DescribedPredicate<JavaClass> residesOutside(String places) {
        String[] packages =
                Arrays.stream(places.split(" +")).map(ArchitectureTest::within).toArray(String[]::new);
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static DescribedPredicate<JavaCall<?>> calls(String type, String method) {
        Pattern owner = Pattern.compile(type);
        Pattern name = Pattern.compile(method);
        return describe(
                "of " + type + "." + method,
                (JavaCall<?> call) ->
                        owner.matcher(call.getTargetOwner().getName()).matches()
                                && name.matcher(call.getName()).matches());
    }

    private static DescribedPredicate<JavaClass> arrays() {
        return describe("arrays", JavaClass::isArray);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
