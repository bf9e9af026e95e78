package dev.saywhen.adapter.blueprint.service;

import dev.saywhen.plan.CommandScope;
import java.util.List;
import java.util.stream.Stream;

/**
 * One commit of the work: tests first, then what makes them pass.
 *
 * @param title what the step brings, fit for a commit's subject
 * @param change what it is called where it changes what is there instead of adding to it
 * @param tests files to be written first; with them alone the check must fail
 * @param code files to be written then; with them the check must pass
 * @param check the command that decides, run in the repository's root
 * @param red why the check fails before the code is there
 * @param redSigns texts of which at least one is in the output of a check that failed for the right reason
 * @param wayBack how the step is undone
 */
public record BlueprintStep(
        String title,
        String change,
        List<GeneratedFile> tests,
        List<GeneratedFile> code,
        CommandScope check,
        String red,
        List<String> redSigns,
        String wayBack) {

    public BlueprintStep {
        tests = List.copyOf(tests);
        code = List.copyOf(code);
        redSigns = List.copyOf(redSigns);
    }

    /** Every file of the step, tests first. */
    public List<String> paths() {
        return Stream.concat(tests.stream(), code.stream())
                .map(GeneratedFile::path)
                .toList();
    }

    /** The same step by another title and with other files. */
    BlueprintStep with(String newTitle, List<GeneratedFile> newTests, List<GeneratedFile> newCode) {
        return new BlueprintStep(newTitle, change, newTests, newCode, check, red, redSigns, wayBack);
    }

    /** The same step with another command that decides. */
    BlueprintStep checkedBy(CommandScope newCheck) {
        return new BlueprintStep(title, change, tests, code, newCheck, red, redSigns, wayBack);
    }

    /** The same step without one file. */
    public BlueprintStep without(String path) {
        List<GeneratedFile> rest =
                code.stream().filter(file -> !file.path().equals(path)).toList();
        return new BlueprintStep(title, change, tests, rest, check, red, redSigns, wayBack);
    }
}
