/** Shows what the page knows. Each function shows one part and may be called as often as one likes. */
import { cardLook, cardOf } from "./cards.js";
import { byId, el, say, sync } from "./dom.js";
import { icon, stateIcon } from "./icons.js";
import { markdown } from "./markdown.js";
import {
  PHASES, canBeStopped, count, dayAndTime, facts, fullTime, hasEnded, needsSomebody, phaseName, stateWords,
} from "./words.js";

export const toChannel = (channel) => `#/c/${encodeURIComponent(channel)}`;
export const toThread = (channel, thread) => `${toChannel(channel)}/${thread}`;
export const channelName = (channel) => (channel.startsWith("@") ? channel : `#${channel}`);

/** Where a run is read: in its thread, or by its number where its thread is on another platform. */
export function toRun(run, ...parts) {
  const home = run.platform === "local" ? toThread(run.channel, run.thread) : `#/r/${run.id}`;
  return [home, ...parts].join("/");
}

export function showPlaces(chat, place) {
  const channels = [...new Set([...chat.channels, ...(place.channel ? [place.channel] : [])])].sort();
  sync(
    byId("channels"),
    channels,
    (channel) => channel,
    (channel) => `${channel === place.channel} ${chat.unread.has(channel)}`,
    (channel) =>
      el(
        "li",
        {},
        el(
          "a",
          { href: toChannel(channel), class: "place", "aria-current": channel === place.channel ? "true" : null },
          el("span", { class: "place-name" }, channelName(channel)),
          chat.unread.has(channel) && el("span", { class: "new-mark" }, "new"),
        ),
      ),
  );
  const runs = chat.runsNewestFirst();
  byId("no-runs").hidden = runs.length > 0;
  const isOpen = (run) => run.id === place.run || (run.channel === place.channel && run.thread === place.thread);
  sync(
    byId("runs"),
    GROUPS.map(([heading, belongs]) => ({ heading, runs: runs.filter(belongs) })).filter((group) => group.runs.length > 0),
    (group) => group.heading,
    (group) => JSON.stringify(group.runs.map((run) => [run.id, run.title, run.phase, stateWords(run), isOpen(run)])),
    (group) =>
      el(
        "li",
        {},
        el("h3", {}, group.heading),
        el("ul", {}, group.runs.map((run) => el("li", {}, runLink(run, isOpen(run))))),
      ),
  );
}

const GROUPS = [
  ["Needs you", needsSomebody],
  ["At work", (run) => !needsSomebody(run) && !hasEnded(run)],
  ["Ended", hasEnded],
];

function runLink(run, isOpen) {
  return el(
    "a",
    { href: toRun(run), class: "place run", "aria-current": isOpen ? "true" : null },
    el("span", { class: "run-title", dir: "auto" }, run.title ?? `Run ${run.id}`),
    el("span", { class: "run-line" }, el("span", { class: "hint" }, `Run ${run.id}, ${run.project}`), badge(run)),
    run.platform === "local" ? null : el("span", { class: "hint" }, `on ${run.platform}, ${run.channel}`),
  );
}

function badge(run) {
  return el("span", { class: `badge is-${run.state}` }, stateIcon(run.state), stateWords(run));
}

export function showFeed(chat, place, tryOut) {
  if (!place.channel) return;
  say(byId("channel-title"), channelName(place.channel));
  const threads = chat.threads(place.channel);
  sync(
    byId("feed"),
    threads,
    (thread) => thread.id,
    (thread) =>
      JSON.stringify([
        thread.id === place.thread,
        thread.messages[0],
        thread.messages.length,
        thread.run && stateWords(thread.run),
        chat.unread.has(thread.id),
      ]),
    (thread) => card(chat, thread, thread.id === place.thread),
  );
  for (const text of byId("feed").querySelectorAll(".text")) {
    text.classList.toggle("cut", text.scrollHeight > text.clientHeight + 1);
  }
  const welcome = byId("welcome");
  welcome.hidden = threads.length > 0 || !chat.loaded.has(`c/${place.channel}`);
  if (!welcome.hidden && welcome.childElementCount === 0) welcome.replaceChildren(...greeting(chat, tryOut));
}

const EXAMPLES = [
  "a library of books with loans",
  "Note: text string required max 200, pinned boolean",
  "orders with customers and line items",
];

/** The first thing that a newcomer sees: what happens, in its order, and something to begin with. */
function greeting(chat, tryOut) {
  const step = (words, ...more) => el("li", {}, el("span", {}, el("b", {}, words), ...more));
  return [
    el("h3", {}, "Say what you need. Nothing is done before you say yes."),
    el(
      "ol",
      { class: "how" },
      step("Ask.", " Mention ", el("span", { class: "mention" }, `@${chat.bot}`), " with a task. It asks back what it must know."),
      step("Read the plan.", " It names every file and every command."),
      step("Say yes", " in the thread, in words that mean it: ", el("code", {}, "proceed"), "."),
      step("Stop it", " at any moment: say ", el("code", {}, "stop"), ", or the red button below."),
    ),
    el("p", { class: "hint" }, "Something to begin with; you can change it before it is sent:"),
    el(
      "div",
      { class: "examples" },
      EXAMPLES.map((task) =>
        el("button", { type: "button", class: "example", onclick: () => tryOut(`@${chat.bot} ${task}`) }, task),
      ),
    ),
  ];
}

function card(chat, { id, messages, run }, isOpen) {
  const first = messages[0];
  const isThere = first.id === id;
  const replies = messages.length - (isThere ? 1 : 0);
  const to = toThread(first.channel, id);
  return el(
    "li",
    { class: isOpen ? "card open" : "card" },
    isThere ? message(first, chat, run) : el("p", { class: "hint" }, "The first message was deleted."),
    el(
      "a",
      { href: to, class: "card-foot", "aria-current": isOpen ? "true" : null },
      run ? el("span", { class: "card-run" }, `Run ${run.id}`, badge(run)) : null,
      el("span", {}, replies ? count(replies, "reply") : "Reply"),
      replies ? el("span", { class: "hint" }, `last ${dayAndTime(messages.at(-1).time)}`) : null,
      chat.unread.has(id) && el("span", { class: "new-mark" }, "new"),
    ),
  );
}

export function showThread(chat, place, run) {
  if (!place.thread && !place.run) return;
  say(byId("thread-title"), run ? (run.title ?? `Run ${run.id}`) : "Thread");
  showRun(run, place);
  if (!place.thread) return;
  sync(
    byId("log"),
    chat.inThread(place.thread),
    (one) => one.id,
    (one) => JSON.stringify(one) + cardLook(one, run),
    (one) => el("li", {}, message(one, chat, run)),
  );
}

function showRun(run, place) {
  const head = byId("run-head");
  head.hidden = !run;
  const look = JSON.stringify([run ?? null, place.tab]);
  if (head.dataset.look === look) return;
  head.dataset.look = look;
  if (!run) return;
  head.replaceChildren(
    el("p", { class: "run-line" }, el("span", { class: "hint" }, `Run ${run.id}, ${run.project}`), badge(run)),
    phases(run),
    el("div", { class: "run-facts" }, facts(run).map((line) => el("p", { dir: "auto", class: line.startsWith("Held by") ? "hold" : null }, line))),
    tabs(run, place),
  );
}

function phases(run) {
  const now = PHASES.indexOf(run.phase);
  const isDone = run.state === "completed";
  return el(
    "ol",
    { class: `phases is-${run.state}`, "aria-label": "Phases" },
    PHASES.map((phase, at) => {
      const how = isDone || at < now ? "past" : at === now ? "now" : "next";
      const picture = how === "past" ? icon("done") : how === "now" ? stateIcon(run.state) : null;
      return el(
        "li",
        { class: how, "aria-current": how === "now" ? "step" : null },
        el("span", { class: "phase-name" }, picture, phaseName(phase)),
        el("span", { class: "unseen" }, how === "past" ? " (done)" : how === "next" ? " (to come)" : ` (${stateWords(run)})`),
      );
    }),
  );
}

function tabs(run, place) {
  const some = [
    run.platform === "local" && [undefined, "Talk"],
    run.plan && ["plan", run.plan.revision > 1 ? `Plan r${run.plan.revision}` : "Plan"],
    ["trail", "Trail"],
    PHASES.indexOf(run.phase) >= PHASES.indexOf("REVIEW") && ["report", "Report"],
  ].filter(Boolean);
  return el(
    "nav",
    { class: "tabs", "aria-label": `Run ${run.id}` },
    some.map(([tab, words]) =>
      el("a", { href: toRun(run, ...(tab ? [tab] : [])), "aria-current": tab === place.tab ? "page" : null }, words),
    ),
  );
}

function message(one, chat, run) {
  const own = one.bot && one.author === chat.bot;
  return el(
    "article",
    { class: own ? "message own" : "message", "aria-label": `${one.author}, ${dayAndTime(one.time)}` },
    el("span", { class: `face hue-${hue(one.author)}`, "aria-hidden": "true" }, own ? "✓" : [...one.author][0].toUpperCase()),
    el(
      "div",
      { class: "said" },
      el(
        "p",
        { class: "who" },
        el("bdi", { class: "author" }, one.author),
        one.bot && !own ? el("span", { class: "hint" }, "bot") : null,
        el("time", { dateTime: one.time, title: fullTime(one.time) }, dayAndTime(one.time)),
        one.edited && !own ? el("span", { class: "hint", title: fullTime(one.edited) }, "edited") : null,
      ),
      (own && cardOf(one, run)) || el("div", { class: "text", dir: "auto" }, markdown(one.text)),
      reactions(one, chat),
    ),
  );
}

/** What the bot says by a reaction, for who does not know or cannot see it. */
const SAID = { "👀": "heard", "⏳": "planning", "✅": "done", "⏸": "held" };

function reactions({ reactions: some }, chat) {
  const all = Object.entries(some ?? {});
  if (all.length === 0) return null;
  return el(
    "ul",
    { class: "reactions" },
    all.map(([emoji, authors]) => {
      const own = authors.includes(chat.bot) ? SAID[emoji.replace("\ufe0f", "")] : undefined;
      return el(
        "li",
        { title: authors.join(", ") },
        el("span", { role: "img", "aria-label": `${emoji} by ${authors.join(", ")}` }, emoji),
        own ? ` ${own}` : authors.length > 1 ? ` ${authors.length}` : null,
      );
    }),
  );
}

/** A name's colour: only so that one finds a speaker again; the name stands beside it. */
function hue(author) {
  let sum = 0;
  for (const letter of author) sum = (sum * 31 + letter.codePointAt(0)) % 6;
  return sum;
}

/** The button keeps its meaning and its place while a thread is open, so that a second touch does what the first did. */
export function showBrake(chat, place, run) {
  const live = [...chat.runs.values()].filter(canBeStopped);
  const isOne = run !== undefined && !hasEnded(run);
  say(byId("stop-label"), isOne ? `STOP run ${run.id}` : "STOP everything");
  byId("stop").dataset.run = isOne ? run.id : "";
  byId("brake").dataset.scope = isOne ? "run" : "all";
  byId("stop-all").hidden = !isOne;
  const waiting = live.filter((one) => one.state === "awaiting-authorization");
  const acting = live.filter((one) => one.state === "acting");
  let words;
  if (isOne) words = `Run ${run.id} ${stateWords(run)}.`;
  else if (acting.length > 0) words = `${count(acting.length, "run")} at work.`;
  else if (waiting.length === 1) words = `Run ${waiting[0].id} ${stateWords(waiting[0])}.`;
  else if (live.length > 0) words = `${count(live.length, "run")} open, none at work.`;
  else words = "No run is going on.";
  say(byId("brake-words"), words);
  document.title = `${waiting.length > 0 ? `Run ${waiting[0].id} waits for a yes · ` : ""}${
    place.channel ? `${channelName(place.channel)} · ` : ""
  }Saywhen`;
}

export function showReadiness(report) {
  const words = report
    ? `${report.ready ? "A stop would be heard and carried out." : "A stop may not be carried out fully."} Commands: ${report.sandbox}.`
    : "";
  say(byId("readiness"), words);
}

/** What may be said in a thread by one touch. Never a phrase that means yes: those are typed by a person. */
export function commandsFor(run) {
  if (!run) return [];
  switch (run.state) {
    case "asking":
      return ["plan"];
    case "awaiting-authorization":
      return ["diff", "no"];
    case "acting":
      return ["status", "diff"];
    case "held":
      return ["resume", "diff"];
    default:
      return run.state === "completed" ? ["undo", "diff"] : ["status"];
  }
}

export function hintFor(run, bot) {
  switch (run?.state) {
    case undefined:
      return `Reply. @${bot} with a task begins a run`;
    case "asking":
      return "Your answer, or plan";
    case "awaiting-authorization":
      return `Type proceed, or change …`;
    case "acting":
      return "Say stop to hold it";
    case "held":
      return "Say resume to get a fresh plan";
    default:
      return "Reply";
  }
}
