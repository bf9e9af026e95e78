/** Shows what the page knows. Each function shows one part and may be called as often as one likes. */
import { byId, el, say, sync } from "./dom.js";
import { markdown } from "./markdown.js";
import { PHASES, canBeStopped, count, dayAndTime, facts, fullTime, hasEnded, stateWords, time } from "./words.js";

const toChannel = (channel) => `#/c/${encodeURIComponent(channel)}`;
const toThread = (channel, thread) => `#/c/${encodeURIComponent(channel)}/${thread}`;
const channelName = (channel) => (channel.startsWith("@") ? channel : `#${channel}`);

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
  sync(
    byId("runs"),
    runs,
    (run) => run.id,
    (run) => `${run.phase} ${stateWords(run)} ${run.channel === place.channel && run.thread === place.thread}`,
    (run) => {
      const here = run.platform === "local";
      const isOpen = run.channel === place.channel && run.thread === place.thread;
      return el(
        "li",
        {},
        el(
          here ? "a" : "div",
          { href: here ? toThread(run.channel, run.thread) : null, class: "place run", "aria-current": isOpen ? "true" : null },
          el("span", { class: "place-name" }, `Run ${run.id}, ${run.project}`),
          badge(run),
          here ? null : el("span", { class: "hint" }, `on ${run.platform}, ${run.channel}`),
        ),
      );
    },
  );
}

function badge(run) {
  return el("span", { class: `badge is-${run.state}` }, stateWords(run));
}

export function showFeed(chat, place) {
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
  if (!welcome.hidden) welcome.replaceChildren(...greeting(chat));
}

function greeting(chat) {
  return [
    el("p", {}, "Nothing was said here yet. Mention ", el("span", { class: "mention" }, `@${chat.bot}`), " with a task, for example:"),
    el("p", {}, el("code", {}, `@${chat.bot} a library of books with loans`)),
    el("p", {}, "It asks, writes a plan, and does nothing before you say yes to it in its thread."),
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
    isThere ? message(first, chat) : el("p", { class: "hint" }, "The first message was deleted."),
    el(
      "a",
      { href: to, class: "card-foot", "aria-current": isOpen ? "true" : null },
      run ? el("span", { class: "card-run" }, `Run ${run.id} `, badge(run)) : null,
      el("span", {}, replies ? count(replies, "reply") : "Reply"),
      replies ? el("span", { class: "hint" }, `last ${dayAndTime(messages.at(-1).time)}`) : null,
      chat.unread.has(id) && el("span", { class: "new-mark" }, "new"),
    ),
  );
}

export function showThread(chat, place) {
  if (!place.thread) return;
  const messages = chat.inThread(place.thread);
  const run = chat.runOf(place.channel, place.thread);
  say(byId("thread-title"), run ? `Run ${run.id}, ${run.project}` : "Thread");
  showRun(run);
  sync(byId("log"), messages, (one) => one.id, JSON.stringify, (one) => el("li", {}, message(one, chat)));
}

function showRun(run) {
  const head = byId("run-head");
  head.hidden = !run;
  const look = JSON.stringify(run ?? null);
  if (head.dataset.look === look) return;
  head.dataset.look = look;
  if (!run) return;
  const wasOpen = head.querySelector("details")?.open ?? false;
  const now = PHASES.indexOf(run.phase);
  const isDone = run.state === "completed";
  head.replaceChildren(
    badge(run),
    el(
      "ol",
      { class: "phases", "aria-label": "Phases" },
      PHASES.map((phase, at) => {
        const how = isDone || at < now ? "past" : at === now ? "now" : "next";
        return el(
          "li",
          { class: how, "aria-current": how === "now" ? "step" : null },
          phase,
          el("span", { class: "unseen" }, how === "past" ? " (done)" : how === "next" ? " (to come)" : ""),
        );
      }),
    ),
    el(
      "details",
      { open: wasOpen },
      el("summary", {}, "Details"),
      facts(run).map((line) => el("p", { dir: "auto" }, line)),
      el(
        "p",
        {},
        ...[
          run.plan && ["plan.md", "Plan as text"],
          now >= PHASES.indexOf("REVIEW") && ["report", "Report"],
          ["audit", "Trail"],
        ]
          .filter(Boolean)
          .flatMap(([path, words]) => [el("a", { href: `/api/runs/${run.id}/${path}`, target: "_blank" }, words), "  "]),
      ),
    ),
  );
}

function message(one, chat) {
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
      one.card ? planCard(one) : el("div", { class: "text" }, markdown(one.text)),
      reactions(one),
    ),
  );
}

/** The parts of a plan folded, and its whole text as it is: that, not the parts, is what a yes is for. */
function planCard({ card, text }) {
  return el(
    "section",
    { class: "plan", "aria-label": card.title },
    el("h3", { dir: "auto" }, card.title),
    card.sections.map((section) => {
      const isNumbered = section.lines.length > 0 && section.lines.every((line) => /^\d+\. /.test(line));
      const lines = section.lines.map((line) =>
        el("li", { dir: "auto" }, markdown(isNumbered ? line.replace(/^\d+\. /, "") : line)),
      );
      return el(
        "details",
        {},
        el("summary", {}, section.heading, el("span", { class: "hint" }, String(section.lines.length))),
        el(isNumbered ? "ol" : "ul", {}, lines),
      );
    }),
    el(
      "details",
      {},
      el("summary", {}, "Everything, word for word", el("span", { class: "hint" }, "what a yes is for")),
      el("pre", { class: "verbatim", tabIndex: 0, role: "region", "aria-label": "The whole plan" }, text),
    ),
  );
}

function reactions({ reactions: some }) {
  const all = Object.entries(some ?? {});
  if (all.length === 0) return null;
  return el(
    "p",
    { class: "reactions" },
    all.map(([emoji, authors]) =>
      el("span", { title: authors.join(", "), role: "img", "aria-label": `${emoji} by ${authors.join(", ")}` },
        authors.length > 1 ? `${emoji} ${authors.length}` : emoji),
    ),
  );
}

/** A name's colour: only so that one finds a speaker again; the name stands beside it. */
function hue(author) {
  let sum = 0;
  for (const letter of author) sum = (sum * 31 + letter.codePointAt(0)) % 6;
  return sum;
}

/** The button keeps its meaning and its place while a thread is open, so that a second touch does what the first did. */
export function showBrake(chat, place) {
  const run = place.thread ? chat.runOf(place.channel, place.thread) : undefined;
  const live = [...chat.runs.values()].filter(canBeStopped);
  const isOne = run !== undefined && !hasEnded(run);
  say(byId("stop-label"), isOne ? `STOP run ${run.id}` : "STOP everything");
  byId("stop").dataset.run = isOne ? run.id : "";
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
      return ["resume", "status", "diff"];
    default:
      return hasEnded(run) ? ["status", "diff"] : ["status"];
  }
}

export function hintFor(run, bot) {
  switch (run?.state) {
    case undefined:
      return `Reply. @${bot} with a task begins a run`;
    case "asking":
      return "Answer in one reply, or say plan";
    case "awaiting-authorization":
      return "Type your yes, or change …";
    case "acting":
      return "Say stop to hold it";
    case "held":
      return "Say resume to get a fresh plan";
    default:
      return "Reply";
  }
}

export { toChannel, toThread, channelName, time };
