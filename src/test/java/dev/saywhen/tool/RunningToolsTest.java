package dev.saywhen.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.saywhen.engineer.Build;
import dev.saywhen.engineer.Builds;
import dev.saywhen.engineer.EffectBroke;
import dev.saywhen.engineer.Repository;
import dev.saywhen.engineer.TestReport;
import dev.saywhen.engineer.Tool;
import dev.saywhen.engineer.WorkTree;
import dev.saywhen.id.ProjectName;
import dev.saywhen.plan.CommandScope;
import dev.saywhen.run.Phase;
import dev.saywhen.safety.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningToolsTest {
    private static final String NAMED = "\nThe plan names:\nmvn -o verify\nmvn -o test";

    @TempDir
    Path home;

    private TestDesk desk;
    private String printed = "BUILD FAILURE\n";
    private TestReport report = new TestReport(3, 1, 0, "BookTest.adds\nexpected 2 but was 3");

    private final ToolBox tools = new ToolBox(
            new Builds() {
                @Override
                public List<Build> of(ProjectName project, Repository repository) {
                    return List.of();
                }

                @Override
                public TestReport report(WorkTree tree, CommandResult result) {
                    return report;
                }
            },
            result -> printed);

    @BeforeEach
    void begin() throws IOException {
        desk = new TestDesk(home);
    }

    @Test
    void the_check_of_the_step_is_run_and_its_report_told() {
        desk.hands.next = ended(CommandResult.Ending.EXITED, 1);

        assertEquals("""
                3 tests, 1 failed, 0 skipped. Exit 1 after 1.5 s.

                First failure:
                BookTest.adds
                expected 2 but was 3

                Output:
                BUILD FAILURE
                """, tests(null));
        assertEquals(List.of(CommandScope.offline("mvn", "-o", "test")), desk.hands.ran);
    }

    @Test
    void the_whole_suite_is_run_when_asked_for() {
        report = new TestReport(3, 0, 0, "");
        printed = "";

        assertEquals("3 tests, 0 failed, 0 skipped. Exit 0 after 1.5 s.\n\nOutput:\n", tests(true));
        assertEquals(List.of(CommandScope.offline("mvn", "-o", "verify")), desk.hands.ran);
    }

    @Test
    void an_output_of_ten_megabytes_is_shortened_and_kept() {
        printed = "x".repeat(10_000_000);

        assertEquals(
                "Exit 0 after 1.5 s.\n\n" + "x".repeat(10_000) + "[all of it: output/1]", run("mvn", "-o", "test"));
    }

    @Test
    void a_command_that_the_plan_does_not_name_is_refused() {
        assertEquals("Refused: The plan does not name this: rm -rf /" + NAMED, run("rm", "-rf", "/"));
        assertEquals("Refused: The plan does not name this: mvn -o" + NAMED, run("mvn", "-o"));
        assertEquals("Refused: The plan does not name this: 'mvn -o test'" + NAMED, run("mvn -o test"));
        assertEquals(
                "Refused: The plan does not name this: sh -c 'mvn -o test; curl x'" + NAMED,
                run("sh", "-c", "mvn -o test; curl x"));
        assertEquals("Refused: A command has at least a program." + NAMED, run());
        assertEquals("Refused: A command has at least a program." + NAMED, run(" ", "x"));
        assertEquals("Refused: An argument holds a NUL character.", run("mvn", "-o", "test\0"));
        assertEquals(7, desk.refused.size());
        assertEquals("run mvn -o 'test<U+0000>'", desk.refused.getLast());
        assertEquals(List.of(), desk.hands.ran);
    }

    @ParameterizedTest
    @EnumSource(
            value = CommandResult.Ending.class,
            names = {"KILLED", "LEASE_LOST"})
    void a_command_that_was_cut_off_goes_through(CommandResult.Ending ending) {
        desk.hands.next = ended(ending, 0);

        assertThrows(EffectBroke.class, () -> run("mvn", "-o", "test"));
        assertThrows(EffectBroke.class, () -> tests(null));
    }

    @Test
    void a_command_that_ran_too_long_or_printed_too_much_is_told() {
        desk.hands.next = ended(CommandResult.Ending.TIMED_OUT, 0);
        assertTrue(run("mvn", "-o", "test").startsWith("Ended after 1.5 s, its time limit.\n"));

        desk.hands.next = ended(CommandResult.Ending.TOO_MUCH_OUTPUT, 0);
        assertTrue(run("mvn", "-o", "test").startsWith("Ended after 1.5 s: it printed more than a command may.\n"));
    }

    @Test
    void to_be_finished_is_said_with_a_summary() {
        FinishStep finish = new FinishStep();

        assertEquals("Say in a few sentences what was done.", finish.use(new FinishStep.Arguments(" \n"), desk));
        assertEquals("Noted.", finish.use(new FinishStep.Arguments(" Books are kept. "), desk));
        assertEquals("Noted.", finish.use(new FinishStep.Arguments("x".repeat(10_000_000)), desk));
        assertEquals(List.of("Books are kept.", "x".repeat(2_000)), desk.finished);
    }

    @Test
    void nothing_that_writes_or_runs_exists_before_a_yes_or_in_a_review() {
        for (Phase phase : List.of(Phase.ASK, Phase.PLAN, Phase.REVIEW)) {
            assertEquals(
                    List.of("list_files", "read_file", "search_code", "repository_map"),
                    tools.in(phase).stream().map(Tool::name).toList());
        }
        for (Phase phase : List.of(Phase.EXECUTE, Phase.DEBUG, Phase.DOCUMENT)) {
            assertEquals(tools.all(), tools.in(phase));
        }
    }

    @Test
    void without_hands_nothing_runs() {
        desk.withoutHands();

        assertEquals("Refused: Nothing can be run in this phase.", run("mvn", "-o", "test"));
        assertEquals("Refused: There is no plan with a command that runs tests here.", tests(true));
    }

    private static CommandResult ended(CommandResult.Ending ending, int exit) {
        return new CommandResult(ending, exit, Duration.ofMillis(1_500), "", "");
    }

    @SuppressWarnings("unchecked")
    private <A extends Record> String use(String name, A arguments) {
        return ((Tool<A>) tools.all().stream()
                        .filter(tool -> tool.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .use(arguments, desk);
    }

    private String run(String... command) {
        return use("run_command", new RunCommand.Arguments(List.of(command)));
    }

    private String tests(Boolean whole) {
        return use("run_tests", new RunTests.Arguments(whole));
    }
}
