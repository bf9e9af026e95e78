package dev.saywhen.adapter.blueprint.service;

import java.util.List;

/**
 * One commit of the work: tests first, then what makes them pass.
 *
 * @param title what the step brings, fit for a commit's subject
 * @param tests files to be written first; with them alone the check must fail
 * @param code files to be written then; with them the check must pass
 * @param check the command that decides, as exact arguments, run in the repository's root
 * @param red why the check fails before the code is there
 * @param redSigns texts of which at least one is in the output of a check that failed for the right reason
 * @param wayBack how the step is undone
 */
public record BlueprintStep(
        String title,
        List<GeneratedFile> tests,
        List<GeneratedFile> code,
        List<String> check,
        String red,
        List<String> redSigns,
        String wayBack) {

    public BlueprintStep {
        tests = List.copyOf(tests);
        code = List.copyOf(code);
        check = List.copyOf(check);
        redSigns = List.copyOf(redSigns);
    }

    /** What the step is called where it changes what is there instead of adding to it. */
    String changeTitle() {
        return "Change, test first: " + Character.toLowerCase(title.charAt(0)) + title.substring(1);
    }
}
