/** How runs and times are said. */

export const PHASES = ["ASK", "PLAN", "EXECUTE", "DEBUG", "REVIEW", "DOCUMENT"];

export const phaseName = (phase) => phase[0] + phase.slice(1).toLowerCase();

const ACTS = { EXECUTE: "is building", DEBUG: "is debugging", REVIEW: "is reviewing", DOCUMENT: "is documenting" };

export const nameOf = (actor) => actor.split(":").at(-1);

/** What a run does, to be read after "Run 7". */
export function stateWords(run) {
  switch (run.state) {
    case "asking":
      return "has questions";
    case "planning":
      return "is planning";
    case "awaiting-authorization":
      return run.plan ? `waits for a yes to r${run.plan.revision}` : "waits for a yes";
    case "acting":
      return ACTS[run.phase] ?? "is working";
    case "held":
      return "is held";
    case "completed":
      return "is done";
    case "failed":
      return "has failed";
    case "cancelled":
      return "is cancelled";
    default:
      return run.state;
  }
}

/** Whether it waits for a person rather than the other way round. */
export const needsSomebody = (run) => ["asking", "awaiting-authorization", "held"].includes(run.state);

export const hasEnded = (run) => ["completed", "failed", "cancelled"].includes(run.state);

/** Whether a STOP would hold something of it. */
export const canBeStopped = (run) => !hasEnded(run) && run.state !== "held";

/** Who asked, who said yes, who holds it and what came of it, one line each. */
export function facts(run) {
  const lines = [`Asked for by ${nameOf(run.requester)}${run.openedAt ? `, ${dayAndTime(run.openedAt)}` : ""}. Project ${run.project}.`];
  const yes = run.authorization;
  if (yes) {
    const missing = yes.missing > 0 ? ` ${yes.missing} more must say so.` : "";
    lines.push(`Yes from ${nameOf(yes.by)} to r${yes.revision}, ${dayAndTime(yes.at)}.${missing}`);
  }
  if (run.held) lines.push(`Held by ${nameOf(run.held.by)}, ${dayAndTime(run.held.at)}: “${run.held.words}”`);
  if (run.branch) lines.push(`Branch ${run.branch}, ${count(run.commits.length, "commit")}.`);
  return lines;
}

export function count(number, thing) {
  if (number === 1) return `1 ${thing}`;
  if (thing.endsWith("s")) return `${number} ${thing}es`;
  return `${number} ${thing.endsWith("y") ? `${thing.slice(0, -1)}ies` : `${thing}s`}`;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const SECOND = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

export const fullTime = (iso) => FULL.format(new Date(iso));

export function dayAndTime(iso, isExact = false) {
  const then = new Date(iso);
  const time = (isExact ? SECOND : TIME).format(then);
  return new Date().toDateString() === then.toDateString() ? time : `${DAY.format(then)}, ${time}`;
}
