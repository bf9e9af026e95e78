/**
 * The bot's own messages that people look at longest, set so that the eye finds what counts: a plan, a plan's head,
 * progress, a receipt. Every word of the text is shown, in its order; only the setting differs.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { inline, markdown } from "./markdown.js";
import { stateWords } from "./words.js";

const REQUESTS = [
  "Should I begin implementation of the proposed backend architecture?",
  "Do you authorize me to execute this database/API plan?",
  "Please confirm if you want me to proceed with these backend changes.",
  "May I proceed with implementing this backend solution?",
];
const LABEL = /^(Not touched|Risk|Way back|New since r\d+|To say yes|Remaining|Left|Database|Limits|Lost|Since then): (.*)$/;
const STEP = /^(done|now|next) +(.*)$/;
const VERDICT = /^(STOPPED, CONFIRMED|UNCONFIRMED|CONFIRMED now|Stopping )/;
const AUDIT = /^Audit \d+ [0-9a-f]+\.$/;

/** The message as a card; null for one that is shown like everybody's. */
export function cardOf({ text, card }, run) {
  if (card) return planCard(card, text);
  const lines = text.split("\n");
  if (REQUESTS.includes(lines.at(-1)) && lines.length > 2) return headCard(lines, run);
  if (/^r\d+, [\w-]+: /.test(lines[0]) && lines.some((line) => STEP.test(line))) return progressCard(lines, run);
  if (VERDICT.test(lines[0])) return receiptCard(lines);
  if (/^Done: /.test(lines[0])) return doneCard(lines);
  return null;
}

/** What about the message besides its text changes how it is shown. */
export function cardLook({ text, bot }, run) {
  if (!bot || !run) return "";
  return /^(Plan )?r\d+[,: ]/.test(text) ? `${run.state} ${run.plan?.revision} ${run.authorization?.revision}` : "";
}

/** The parts of a plan folded, and its whole text as it is: that, not the parts, is what a yes is for. */
function planCard(card, text) {
  return el(
    "section",
    { class: "plan", "aria-label": card.title },
    el("h3", { dir: "auto" }, icon("plan"), card.title),
    card.sections.map((section) => {
      const isNumbered = section.lines.length > 0 && section.lines.every((line) => /^\d+\. /.test(line));
      const lines = section.lines.map((line) =>
        el("li", { dir: "auto" }, markdown(isNumbered ? line.replace(/^\d+\. /, "") : line)),
      );
      return fold(section.heading, String(section.lines.length), el(isNumbered ? "ol" : "ul", {}, lines));
    }),
    fold(
      "Everything, word for word",
      "what a yes is for",
      el("pre", { class: "verbatim", tabIndex: 0, role: "region", "aria-label": "The whole plan" }, text),
    ),
  );
}

export function fold(heading, hint, ...content) {
  return el("details", {}, el("summary", {}, el("span", {}, heading), el("span", { class: "hint" }, hint)), content);
}

function headCard(lines, run) {
  const facts = el("dl", { class: "facts" });
  const plain = [];
  for (const line of lines.slice(1, -1)) {
    const label = LABEL.exec(line);
    if (label) facts.append(el("dt", {}, label[1]), el("dd", { dir: "auto" }, inline(label[2])));
    else if (facts.childElementCount > 0) facts.append(el("dd", { class: "wide", dir: "auto" }, inline(line)));
    else plain.push(el("p", { dir: "auto" }, inline(line)));
  }
  const revision = Number(/r(\d+)/.exec(lines[0])?.[1]);
  return el(
    "section",
    { class: "head-card", "aria-label": lines[0] },
    el("h3", { dir: "auto" }, lines[0]),
    el("div", { class: "sums" }, plain),
    facts,
    el("p", { class: "request" }, lines.at(-1)),
    standing(revision, run),
  );
}

/** Whether the request still waits: an old one must not look like the one that counts. */
function standing(revision, run) {
  if (!run) return null;
  const newest = run.plan?.revision ?? 0;
  if (revision < newest) return stand("ended", "over", `Superseded: r${newest} is the newest.`);
  if (run.state === "awaiting-authorization") return stand("waiting", "waits", "Waits for a yes. Type it below.");
  if (run.state === "planning") return stand("plan", "over", "A new plan is being made.");
  if (run.state === "acting" || run.state === "completed") return stand("done", "over", "Answered with a yes.");
  if (run.authorization?.revision === revision) return stand("held", "over", `Answered with a yes. The run ${stateWords(run)} now.`);
  return stand("held", "over", "Void. Nothing waits here now.");
}

function stand(picture, kind, words) {
  return el("p", { class: `standing ${kind}` }, icon(picture), words);
}

function progressCard(lines, run) {
  const revision = Number(/^r(\d+)/.exec(lines[0])[1]);
  const isLive = run?.state === "acting" && run.plan?.revision === revision;
  const steps = lines.map((line) => STEP.exec(line)).filter(Boolean);
  const done = steps.filter(([, mark]) => mark === "done").length;
  const others = lines.slice(1).filter((line) => !STEP.test(line));
  return el(
    "section",
    { class: isLive ? "progress" : "progress over", "aria-label": "Progress" },
    el("h3", {}, lines[0]),
    el("progress", { max: steps.length, value: done, "aria-label": `${done} of ${steps.length} done` }),
    el(
      "ol",
      { class: "steps" },
      steps.map(([, mark, what]) =>
        el(
          "li",
          { class: `step-${mark}`, "aria-current": mark === "now" && isLive ? "step" : null },
          icon({ done: "done", now: isLive ? "acting" : "held", next: "next" }[mark]),
          el("span", { class: "step-mark" }, mark),
          el("span", { dir: "auto" }, inline(what)),
        ),
      ),
    ),
    others.map((line) => el("p", { class: "alive" }, inline(line))),
  );
}

function receiptCard(lines) {
  const isCertain = /^(STOPPED, CONFIRMED|CONFIRMED now)/.test(lines[0]);
  const kind = isCertain ? "calm" : lines[0].startsWith("UNCONFIRMED") ? "alarm" : "going";
  return el(
    "section",
    { class: `verdict ${kind}`, "aria-label": "Receipt" },
    el("h3", {}, icon(isCertain ? "held" : "alarm"), lines[0]),
    lines.slice(1).map((line) => el("p", { class: AUDIT.test(line) ? "audit" : null, dir: "auto" }, inline(line))),
  );
}

function doneCard(lines) {
  return el(
    "section",
    { class: "verdict good", "aria-label": "Done" },
    el("h3", {}, icon("done"), lines[0]),
    markdown(lines.slice(1).join("\n")),
  );
}
