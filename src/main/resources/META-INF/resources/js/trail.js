/** The audit trail in sentences; the record itself is one touch away. */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./markdown.js";
import { count, dayAndTime, fullTime, nameOf } from "./words.js";

const STATES = {
  asking: "asks",
  planning: "plans",
  posting: "posts its plan",
  "awaiting-authorization": "waits for a yes",
  acting: "acts",
  held: "is held",
  completed: "is done",
  failed: "has failed",
  cancelled: "is cancelled",
};
const PICTURES = {
  "run-opened": "question",
  "plan-drafted": "plan",
  "request-posted": "waiting",
  "permit-minted": "done",
  approved: "done",
  "stop-heard": "held",
  "stop-settled": "held",
  refused: "failed",
  "near-miss": "failed",
  objection: "failed",
  "effect-begun": "acting",
};
/** What a reader looks for first; the rest is the work itself. */
const TURNING = new Set(Object.keys(PICTURES).filter((type) => type !== "effect-begun"));

/** {@code planning PLAN} is a state and a phase. */
function inWords(state = "") {
  const [name, phase] = state.split(" ");
  return phase && name === "acting" ? `works in ${phase}` : (STATES[name] ?? state);
}

function sentence({ type, actor, facts }) {
  const who = actor ? `@${nameOf(actor)}` : "Somebody";
  switch (type) {
    case "run-opened":
      return `${who} asked for: ${facts.task}`;
    case "state-changed":
      return facts.from === facts.to ? `The run still ${inWords(facts.to)}` : `The run ${inWords(facts.to)}`;
    case "plan-drafted":
      return `Plan ${facts.revision} was made, code ${facts.digest?.slice(0, 8)}`;
    case "request-posted":
      return `${facts.revision} was posted: “${facts.sentence}”`;
    case "phrase-said":
      return `${who} said a phrase: ${facts.phrase}`;
    case "near-miss":
      return `${who} said something that sounds like a yes and is none`;
    case "refused":
      return `Refused: ${facts.sentence || facts.reason}`;
    case "approved":
      return `${who} said yes to ${facts.revision}; ${facts.missing} more must`;
    case "permit-minted":
      return `Yes from ${who} to ${facts.revision}: “${facts.phrase}”. Good until ${dayAndTime(facts.deadline)}`;
    case "objection":
      return facts.withdrawn === "true" ? `${who} withdrew the objection to ${facts.revision}` : `${who} objects to ${facts.revision}`;
    case "said":
      return `${who} said: ${facts.text}`;
    case "stop-heard":
      return `Stop, said by ${facts.by} in ${facts.place}: “${facts.words}”`;
    case "stop-settled":
      return facts.confirmed === "true"
        ? `Everything is ended, ${count(Number(facts.killed), "process")} killed, ${facts.millis} ms`
        : `Not confirmed as ended: ${facts.survivors || "outcome unknown"}`;
    case "effect-begun":
      return `${facts.effect}: ${facts.what}`;
    case "effect-ended":
      return `${facts.effect} ended: ${facts.outcome}`;
    case "observed":
      return `${facts.what}: ${facts.result}`;
    case "model-called":
      return `${facts.model} thought for ${facts.account}: ${facts.read} tokens read, ${facts.written} written${
        facts.estimated === "true" ? ", estimated" : ""
      }${facts.dollars ? `, $${facts.dollars}` : ""}`;
    case "service-noted":
      return facts.what;
    default:
      return type;
  }
}

/** The records as a list, the oldest first. */
export function trailView(records) {
  return [
    el(
      "p",
      { class: "hint" },
      `${count(records.length, "record")}, each carrying the hash of the one before. `,
      el("code", {}, "./saywhen verify-audit"),
      " checks them.",
    ),
    el("ol", { class: "trail" }, records.map(recordView)),
  ];
}

function recordView(record) {
  const facts = { ...record.facts, actor: record.actor, message: record.message, previous: record.previousHash, hash: record.hash };
  return el(
    "li",
    { class: TURNING.has(record.type) ? "turning" : null },
    icon(PICTURES[record.type] ?? "next"),
    el(
      "details",
      {},
      el(
        "summary",
        {},
        el("span", { class: "happened", dir: "auto" }, inline(short(sentence(record)))),
        el("span", { class: "when" }, `${record.sequence} · `, el("time", { dateTime: record.time, title: fullTime(record.time) }, dayAndTime(record.time, true))),
      ),
      el(
        "dl",
        { class: "facts small" },
        el("dt", {}, "type"),
        el("dd", {}, record.type),
        Object.entries(facts)
          .filter(([, value]) => value)
          .flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]),
      ),
    ),
  );
}

const short = (text) => (text.length > 300 ? `${text.slice(0, 300)} …` : text);
