/** Puts the page together: where the person is, what is known, what is shown. */
import * as api from "./api.js";
import { Chat, rootOf } from "./chat.js";
import { Composer, me } from "./composer.js";
import { byId, el, say } from "./dom.js";
import { icon } from "./icons.js";
import { live } from "./live.js";
import { inline, markdown } from "./markdown.js";
import { Sheet } from "./sheet.js";
import * as view from "./view.js";
import { stateWords } from "./words.js";

const NUMBER = /^\d{1,18}$/;
const CHANNEL = /^@?[\p{L}\p{M}\p{N}_-]{1,80}$/u;
const TABS = ["plan", "trail", "report"];
const NOBODY = "somebody at the page";
const READINESS_EVERY = 30_000;
const RUNS_WHILE_HIDDEN_EVERY = 20_000;
const NEAR_THE_END = 120;

const chat = new Chat(() => soon());
const sheet = new Sheet(byId("sheet"));
let place = placeInAddress();
let isConnected = false;
let drawing = false;

// --- where one is -----------------------------------------------------------------------------------------------------

function placeInAddress() {
  const [, kind, ...rest] = location.hash.split("/");
  if (kind === "r" && NUMBER.test(rest[0] ?? "")) return { run: rest[0], tab: "trail", ...sheetIn(rest.slice(1)) };
  const [channel, thread, ...more] = rest;
  if (kind !== "c" || !channel) return {};
  try {
    const there = { channel: decodeURIComponent(channel) };
    if (!CHANNEL.test(there.channel)) return {};
    return NUMBER.test(thread ?? "") ? { ...there, thread, ...sheetIn(more) } : there;
  } catch {
    return {};
  }
}

function sheetIn([tab, ...parts]) {
  return TABS.includes(tab) ? { tab, parts: parts.filter((part) => NUMBER.test(part)) } : {};
}

/** The run that the person looks at. */
function runHere() {
  if (place.run) return chat.runs.get(place.run);
  return place.thread ? chat.runOf(place.channel, place.thread) : undefined;
}

const isWide = () => matchMedia("(min-width: 60rem)").matches;

async function go() {
  place = placeInAddress();
  if (!place.channel && !place.run && isWide()) place = { channel: "general" };
  const shows = place.thread || place.run ? "thread" : place.channel ? "channel" : "places";
  byId("panes").dataset.shows = shows;
  byId("panes").dataset.alone = place.run ? "run" : "";
  byId("thread-back").href = byId("thread-close").href = place.channel ? view.toChannel(place.channel) : "#/";
  draw();
  try {
    await chat.load(place);
  } catch (refused) {
    announce(refused.message);
  }
  seen();
  draw();
  toTheEnd(byId("feed-scroll"));
  toTheEnd(byId("log-scroll"));
}

addEventListener("hashchange", async () => {
  await go();
  if (!isWide()) byId(byId("panes").dataset.shows).focus({ preventScroll: true });
});

function seen() {
  chat.unread.delete(place.channel);
  chat.unread.delete(place.thread);
}

// --- showing ----------------------------------------------------------------------------------------------------------

/** Many changes that come together are shown once. */
function soon() {
  if (drawing) return;
  drawing = true;
  // Not an animation frame: a page that nobody looks at gets none, and its title still has to tell.
  setTimeout(() => {
    drawing = false;
    draw();
  }, 30);
}

function draw() {
  const log = byId("log-scroll");
  const feed = byId("feed-scroll");
  const wasAtEnd = isNearTheEnd(log);
  const feedWasAtEnd = isNearTheEnd(feed);
  const last = byId("log").lastElementChild?.dataset.key;
  view.showPlaces(chat, place);
  const run = runHere();
  view.showFeed(chat, place, (task) => composers.channel.begin(task));
  view.showThread(chat, place, run);
  view.showBrake(chat, place, run);
  showSheet(run);
  showComposers(run);
  if (wasAtEnd) toTheEnd(log);
  else if (byId("log").lastElementChild?.dataset.key !== last) byId("newer").hidden = false;
  if (feedWasAtEnd) toTheEnd(feed);
}

/** Talk, or what else there is to read about the run. */
function showSheet(run) {
  const { tab } = place;
  byId("log-scroll").hidden = tab !== undefined;
  byId("sheet").hidden = tab === undefined;
  document.querySelector("[data-composer=thread]").classList.toggle("away", tab !== undefined);
  if (tab === undefined || !run) return;
  sheet.show(run, { tab, parts: place.parts ?? [] }, (parts) => view.toRun(run, tab, ...parts));
}

/** Who reads the newest stays with it when the room for it changes, as by a keyboard or a receipt. */
for (const scroll of [byId("log-scroll"), byId("feed-scroll")]) {
  let stays = true;
  scroll.addEventListener("scroll", () => (stays = isNearTheEnd(scroll)));
  new ResizeObserver(() => stays && toTheEnd(scroll)).observe(scroll);
}

function isNearTheEnd(scroll) {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_THE_END;
}

function toTheEnd(scroll) {
  const isWelcome = scroll.id === "feed-scroll" && !byId("welcome").hidden;
  scroll.scrollTop = isWelcome ? 0 : scroll.scrollHeight;
  if (scroll.id === "log-scroll") byId("newer").hidden = true;
}

byId("newer").addEventListener("click", () => toTheEnd(byId("log-scroll")));
byId("log-scroll").addEventListener("scroll", () => {
  if (isNearTheEnd(byId("log-scroll"))) byId("newer").hidden = true;
});

function announce(words) {
  const line = el("span", {}, words);
  byId("announcer").replaceChildren(line);
}

// --- writing ----------------------------------------------------------------------------------------------------------

const composers = Object.fromEntries(
  ["channel", "thread"].map((kind) => [
    kind,
    new Composer(document.querySelector(`[data-composer=${kind}]`), {
      send: (text) => send(kind, text),
      onName: () => draw(),
      botName: () => chat.bot,
    }),
  ]),
);

async function send(kind, text) {
  const { channel, thread } = place;
  const posted = await api.post({ channel, thread: kind === "thread" ? thread : null, author: me.name, text });
  chat.hear("message", posted);
  draw();
  toTheEnd(byId("feed-scroll"));
  if (kind === "thread") toTheEnd(byId("log-scroll"));
  else if (text.toLowerCase().includes(`@${chat.bot.toLowerCase()}`)) location.hash = view.toThread(channel, posted.id);
}

function showComposers(run) {
  const asksForName = me.name === "";
  const name = byId("me");
  name.hidden = asksForName || !chat.isOn;
  say(name, `You are ${me.name}`);
  name.title = "Change your name";
  if (place.channel) {
    composers.channel.show(place.channel, {
      label: `Write to ${view.channelName(place.channel)}`,
      hint: `@${chat.bot} and a task`,
      commands: [],
      asksForName: asksForName && !place.thread,
    });
  }
  if (place.thread) {
    composers.thread.show(place.thread, {
      label: "Reply in this thread",
      hint: view.hintFor(run, chat.bot),
      commands: view.commandsFor(run),
      asksForName,
    });
  }
  document.querySelectorAll(".write").forEach((write) => (write.hidden = !chat.isOn));
}

byId("me").addEventListener("click", () => {
  if (!place.channel) location.hash = view.toChannel("general");
  setTimeout(() => composers[place.thread ? "thread" : "channel"].askForName(), 50);
});

byId("new-channel").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = byId("new-channel-name");
  const name = field.value.trim().replace(/^#/, "");
  field.setCustomValidity(CHANNEL.test(name) ? "" : "1 to 80 letters, digits, dashes or underscores.");
  if (!field.reportValidity()) return;
  field.value = "";
  location.hash = view.toChannel(name);
});
byId("new-channel-name").addEventListener("input", (event) => event.target.setCustomValidity(""));

// --- the brake --------------------------------------------------------------------------------------------------------

/** One touch, no question asked, name or no name: a needless one costs a few replies, a missed one the night. */
async function stop(run) {
  const what = run ? `run ${run}` : "everything";
  showReceipt(`Stopping ${what} …`, "");
  try {
    const receipt = await api.stop(run ? { by: me.name || NOBODY, run } : { by: me.name || NOBODY });
    showReceipt(receipt.text, receipt.confirmed || receipt.runs.length === 0 ? "calm" : "alarm");
  } catch (refused) {
    showReceipt(
      `NOT KNOWN TO BE STOPPED: ${refused.message} Press again, or on the host: \`./saywhen stop\``,
      "alarm",
    );
  }
}

/** The verdict is always seen; the rest is one touch away where there is little room, except when it must be read. */
function showReceipt(text, mood) {
  const [verdict, ...rest] = text.split("\n");
  byId("receipt").hidden = false;
  byId("receipt").dataset.mood = mood;
  byId("receipt-text").replaceChildren(
    el("p", { class: "receipt-verdict" }, icon(mood === "alarm" ? "alarm" : "held"), el("span", {}, inline(verdict))),
    rest.length === 0 ? "" : el(
      "details",
      { open: mood === "alarm" },
      el("summary", {}, "All of it"),
      markdown(rest.join("\n")),
    ),
  );
}

byId("stop").addEventListener("click", () => stop(byId("stop").dataset.run));
byId("stop-all").addEventListener("click", () => stop(""));
byId("receipt-close").addEventListener("click", () => {
  byId("receipt").hidden = true;
  byId("stop").focus();
});

// --- what happens -----------------------------------------------------------------------------------------------------

async function readAll() {
  try {
    await chat.read(place);
    isConnected = true;
    view.showReadiness(await api.readiness());
  } catch {
    isConnected = false;
  }
  showLink();
}

function showLink() {
  const link = byId("link-state");
  link.dataset.state = isConnected ? "live" : "away";
  say(link, isConnected ? "Live" : "Not connected. Trying again …");
}

function hear(name, data) {
  const before = name === "run" ? chat.runs.get(data.id) : undefined;
  const isNew = chat.hear(name, data);
  if (isNew && data.author !== me.name) {
    const isHere = data.channel === place.channel && (!place.thread || rootOf(data) === place.thread) && !document.hidden;
    if (!isHere) {
      if (data.channel !== place.channel) chat.unread.add(data.channel);
      chat.unread.add(rootOf(data));
    }
    if (rootOf(data) === place.thread) announce(`${data.author}: ${data.text.slice(0, 200)}`);
  }
  if (name === "run" && before?.state !== data.state) announce(`Run ${data.id} ${stateWords(data)}`);
}

live({
  onEvent: hear,
  onReset: readAll,
  onState: (state) => {
    isConnected = state === "live";
    showLink();
  },
});

setInterval(async () => {
  if (document.hidden) return;
  view.showReadiness(await api.readiness().catch(() => null));
}, READINESS_EVERY);

/** A page in the background lets go of its connection; its title still tells that a plan waits. */
setInterval(async () => {
  if (!document.hidden) return;
  const runs = await api.runs().catch(() => []);
  runs.forEach((run) => chat.runs.set(run.id, run));
  view.showBrake(chat, place, runHere());
}, RUNS_WHILE_HIDDEN_EVERY);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  seen();
  draw();
});

// Some phones lay their keyboard over the page: then the page ends above it, and the brake with it.
visualViewport?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--height", `${visualViewport.height}px`);
});

/** Nobody is left before an empty list: where nothing runs yet, the first channel opens on a phone too. */
async function begin() {
  if (location.hash === "" && (await api.runs().catch(() => [0])).length === 0) {
    history.replaceState(null, "", view.toChannel("general"));
  }
  await go();
}

begin();
