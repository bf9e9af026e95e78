/** A plan revision in full, and two of them side by side. */
import { fold } from "./cards.js";
import { el } from "./dom.js";
import { comparison, sideBySide } from "./lines.js";
import { inline, markdown } from "./markdown.js";

/**
 * @param plan the revision that is shown
 * @param revisions all of them, the newest first
 * @param other the revision it is compared with; absent when it is not
 * @param toRevision the address at which a revision is shown, beside another one where that is named
 */
export function planView(plan, revisions, other, toRevision) {
  return [
    revisions.length > 1 && revisionList(plan, revisions, other, toRevision),
    other ? compared(other, plan) : whole(plan),
  ].filter(Boolean);
}

function revisionList(plan, revisions, other, toRevision) {
  const before = revisions.find((one) => one.revision < plan.revision);
  const link = (words, href, isHere) => el("a", { class: "chip", href, "aria-current": isHere ? "true" : null }, words);
  return el(
    "nav",
    { class: "revisions", "aria-label": "Plan revisions" },
    revisions
      .toReversed()
      .map((one) => link(`r${one.revision}`, toRevision(one.revision), one.revision === plan.revision && !other)),
    before && link(`r${before.revision} beside r${plan.revision}`, toRevision(plan.revision, before.revision), Boolean(other)),
  );
}

function compared(before, after) {
  const rows = sideBySide(before.text.trimEnd(), after.text.trimEnd());
  const differ = rows.filter(([left, right]) => left !== right).length;
  return el(
    "section",
    { "aria-label": `r${before.revision} beside r${after.revision}` },
    el("p", { class: "hint" }, differ === 0 ? "Word for word the same." : `${differ} of ${rows.length} lines differ.`),
    comparison(rows, { before: `r${before.revision}`, after: `r${after.revision}` }),
  );
}

function whole(plan) {
  const list = (lines) => el("ul", {}, lines.map((line) => el("li", { dir: "auto" }, markdown(line))));
  const exact = (lines) => el("ul", { class: "exact" }, lines.map((line) => el("li", {}, el("code", { dir: "ltr" }, line))));
  return el(
    "section",
    { class: "plan whole", "aria-label": `Plan r${plan.revision}` },
    el("h3", { dir: "auto" }, `r${plan.revision}: ${plan.title}`),
    el("div", { class: "plan-lead" }, plan.summary.map((line) => el("p", { dir: "auto" }, inline(line)))),
    plan.parts.map((part) => fold(part.heading, String(part.lines.length), list(part.lines))),
    changesTables(plan) && open(fold("Schema before and after", "a picture of what the text says", picture(plan))),
    open(fold("Steps", stepsHint(plan), el("ol", { class: "plan-steps" }, plan.steps.map((step) => stepView(step, plan.stepsDone))))),
    fold("Files that may be written", String(plan.scopes.paths.length), exact(plan.scopes.paths)),
    fold("Commands that may be run, exactly", String(plan.scopes.commands.length), exact(plan.scopes.commands)),
    fold(
      "Limits and base",
      `${spoken(plan.budget.time)} at most`,
      facts({
        Time: spoken(plan.budget.time),
        "Model tokens": plan.budget.tokens.toLocaleString(),
        Commands: plan.isolation,
        Branches: plan.scopes.branches.join(", "),
        Base: `${plan.base.branch} at ${plan.base.commit.slice(0, 12)}`,
        "Check of the whole": plan.verify,
        Code: plan.digest,
      }),
    ),
    fold("Risks and the way back", "", list(plan.risks), facts({ "Way back": plan.wayBack, "Not touched": plan.notTouched.join(", ") })),
    plan.news.length > 0 && fold("New since the revision before", String(plan.news.length), list(plan.news)),
    fold(
      "Everything, word for word",
      "what a yes is for",
      el("pre", { class: "verbatim", tabIndex: 0, role: "region", "aria-label": "The whole plan" }, plan.text),
    ),
    el("p", { class: "request" }, plan.request),
  );
}

function open(details) {
  details.open = true;
  return details;
}

const changesTables = (plan) => /^ {3}- schema: [-+~] (column|constraint) /m.test(plan.text);

const picture = ({ run, revision }) =>
  el("img", {
    class: "schema",
    src: `/api/runs/${run}/plan.svg?revision=${revision}`,
    alt: "The tables that change, before and after this plan; its text says the same in lines that begin with schema",
  });

const stepsHint = ({ steps, stepsDone }) => (stepsDone > 0 ? `${stepsDone} of ${steps.length} done` : String(steps.length));

function stepView(step, stepsDone) {
  return el(
    "li",
    {},
    el("p", { class: "step-title", dir: "auto" }, inline(step.title), step.number <= stepsDone ? el("span", { class: "hint" }, " done and kept") : null),
    facts({
      Reverts: step.reverts,
      "Tests first": step.reverts ? null : step.tests.join(", ") || "none",
      Files: step.files.join(", ") || "none",
      Check: step.check,
      "Way back": step.wayBack,
    }),
  );
}

export function facts(some) {
  return el(
    "dl",
    { class: "facts small" },
    Object.entries(some)
      .filter(([, value]) => value)
      .flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]),
  );
}

/** PT1H30M as people say it. */
function spoken(time) {
  return time.replace("PT", "").replace("H", " h ").replace("M", " min ").replace("S", " s").trim();
}
