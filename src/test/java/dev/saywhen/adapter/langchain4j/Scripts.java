package dev.saywhen.adapter.langchain4j;

import static dev.saywhen.adapter.langchain4j.ScriptedModel.call;
import static dev.saywhen.adapter.langchain4j.ScriptedModel.calls;

import dev.saywhen.adapter.langchain4j.ScriptedModel.Reply;
import java.util.List;
import java.util.Map;

/** A small npm repository with a bug, and what a good engineer does about it. */
final class Scripts {
    static final String BUGGY = "exports.total = (items) => items.slice(1).reduce((sum, one) => sum + one.price, 0);\n";
    static final String MENDED = "exports.total = (items) => items.reduce((sum, one) => sum + one.price, 0);\n";
    static final Map<String, String> NPM = Map.of(
            "package.json",
            "{\"name\": \"shop\", \"version\": \"1.0.0\", \"scripts\": {\"test\": \"node --test\"}}\n",
            "README.md",
            "# Shop\n",
            "lib/total.js",
            BUGGY,
            "test/empty.test.js",
            """
                    const test = require('node:test');
                    const assert = require('node:assert');
                    const { total } = require('../lib/total.js');
                    test('an empty basket costs nothing', () => assert.strictEqual(total([]), 0));
                    """);
    static final String TEST = """
            const test = require('node:test');
            const assert = require('node:assert');
            const { total } = require('../lib/total.js');
            test('the first item counts', () => assert.strictEqual(total([{ price: 3 }, { price: 4 }]), 7));
            """;
    private static final Map<String, Object> CHECK =
            Map.of("arguments", List.of("node", "--test", "test/total.test.js"), "network", false);
    private static final Map<String, Object> WHOLE = Map.of("arguments", List.of("npm", "test"), "network", false);

    private Scripts() {}

    static Reply understands(String... questions) {
        return calls(call(
                "report_understanding",
                "understood",
                List.of("total() leaves out the first item"),
                "questions",
                List.of(questions),
                "performance",
                "a handful of baskets a second"));
    }

    static ScriptedModel.Call plan(Object... changes) {
        java.util.Map<String, Object> form = new java.util.LinkedHashMap<>(Map.of(
                "title", "count the first item",
                "architecture", List.of("Nothing changes but one function."),
                "endpoints", List.of("None."),
                "testing", List.of("A test that shows the bug first."),
                "deployment", List.of("None.")));
        form.put(
                "steps",
                List.of(Map.of(
                        "title",
                        "Count the first item of a basket",
                        "tests",
                        List.of("test/total.test.js"),
                        "files",
                        List.of("lib/total.js"),
                        "check",
                        CHECK,
                        "wayBack",
                        "revert the commit")));
        form.put("whole", WHOLE);
        form.put("commands", List.of());
        form.put("documents", List.of("README.md"));
        form.put("notTouched", List.of("prices"));
        form.put("risks", List.of("low"));
        form.put("wayBack", "revert the commits");
        form.put("minutes", 20);
        for (int at = 0; at < changes.length; at += 2) {
            form.put((String) changes[at], changes[at + 1]);
        }
        return new ScriptedModel.Call("propose_plan", ScriptedModel.json(form));
    }

    static Reply plans() {
        return calls(plan());
    }

    static Reply finishes() {
        return calls(call("finish_step", "summary", "done"));
    }

    static Reply writes(String path, String content) {
        return calls(call("write_file", "path", path, "content", content));
    }

    static Reply approves() {
        return calls(call(
                "report_findings", "verdict", "It does what the plan says.", "findings", List.of(), "notLookedAt", ""));
    }

    /** From the yes to the end. */
    static Reply[] works() {
        return new Reply[] {
            calls(call("read_file", "path", "lib/total.js")),
            writes("test/total.test.js", TEST),
            finishes(),
            calls(call(
                    "edit_file",
                    "path",
                    "lib/total.js",
                    "old",
                    "items.slice(1).reduce",
                    "replacement",
                    "items.reduce")),
            calls(call("run_tests")),
            finishes(),
            approves(),
            writes("README.md", "# Shop\n\nThe total counts every item.\n"),
            finishes()
        };
    }
}
