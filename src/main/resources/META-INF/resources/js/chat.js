/** What the page knows: messages, channels, runs, and where the person is. Nothing here touches the document. */
import * as api from "./api.js";

const PAGE = 1_000;

export class Chat {
  bot = "saywhen";
  isOn = true;
  channels = new Set();
  messages = new Map();
  runs = new Map();
  loaded = new Set();
  unread = new Set();
  #asking = new Map();
  #readings = new Set();

  constructor(onChange) {
    this.onChange = onChange;
  }

  /** Reads anew what may have changed unseen. */
  async read(place) {
    this.loaded.clear();
    await this.#whileHearing(
      () =>
        Promise.all([
          api.chat().catch((refused) => {
            if (refused.status !== 404) throw refused;
            return null;
          }),
          api.runs(),
        ]),
      ([chat, runs]) => {
        this.isOn = chat !== null;
        if (chat) {
          this.bot = chat.bot;
          this.channels = new Set([...chat.channels, "general"]);
        }
        this.runs = new Map(runs.map((run) => [run.id, run]));
      },
    );
    await this.load(place);
    this.onChange();
  }

  /** What is heard while something is read may be newer than what is read, so it is taken in once more after it. */
  async #whileHearing(read, take) {
    const heard = [];
    this.#readings.add(heard);
    try {
      take(await read());
    } finally {
      this.#readings.delete(heard);
    }
    for (const { name, data } of heard) this.#take(name, data);
  }

  /** Reads the messages of a channel or a thread, unless they were. */
  async load(place) {
    if (!this.isOn) return;
    if (place.channel) await this.#once(`c/${place.channel}`, () => this.#channel(place.channel));
    if (place.thread) await this.#once(`t/${place.thread}`, () => this.#thread(place.thread));
  }

  async #once(what, read) {
    if (this.loaded.has(what)) return;
    await read();
    this.loaded.add(what);
  }

  async #channel(channel) {
    const roots = new Set();
    await this.#whileHearing(
      () => api.messages({ channel, limit: PAGE }),
      (read) => {
        const first = Number(read[0]?.id ?? 0);
        this.#replace((message) => message.channel === channel && Number(message.id) >= first, read);
        for (const { thread } of read) if (thread && !this.messages.has(thread)) roots.add(thread);
      },
    );
    await Promise.all([...roots].map((root) => this.#first(root)));
  }

  /** Of the messages meant, only those read are there. */
  #replace(isMeant, read) {
    const there = new Set(read.map((message) => message.id));
    for (const [id, message] of this.messages) if (isMeant(message) && !there.has(id)) this.messages.delete(id);
    read.forEach((message) => this.messages.set(message.id, message));
  }

  /** Where the first message was deleted there is none to show. */
  async #first(thread) {
    await this.#whileHearing(
      () => api.messages({ thread, after: 0, limit: 1 }),
      ([first]) => first && this.messages.set(first.id, first),
    );
  }

  async #thread(thread) {
    await this.#whileHearing(
      () => this.#allOf(thread),
      (read) => this.#replace((message) => rootOf(message) === thread, read),
    );
  }

  async #allOf(thread) {
    const read = [];
    for (let after = 0; ; after = read.at(-1).id) {
      const some = await api.messages({ thread, after, limit: PAGE });
      read.push(...some);
      if (some.length < PAGE) return read;
    }
  }

  /** Takes in an event; says whether it is a message that was not known. */
  hear(name, data) {
    const isNew = name === "message" && !this.messages.has(data.id);
    for (const heard of this.#readings) heard.push({ name, data });
    this.#take(name, data);
    this.onChange();
    return isNew;
  }

  #take(name, data) {
    const known = this.messages.get(data.id);
    switch (name) {
      case "message":
        this.messages.set(data.id, data);
        this.channels.add(data.channel);
        break;
      case "edited":
        this.messages.set(data.id, data);
        break;
      case "deleted":
        this.messages.delete(data.id);
        break;
      case "reaction":
        if (known) this.messages.set(data.id, withReaction(known, data));
        break;
      case "run":
        this.runs.set(data.id, { ...this.runs.get(data.id), ...data });
        this.#askFor(data.id);
        break;
    }
  }

  /** An event tells only that a run changed; the rest is read, once for changes that follow each other closely. */
  #askFor(id) {
    if (this.#asking.has(id)) return;
    this.#asking.set(
      id,
      setTimeout(async () => {
        this.#asking.delete(id);
        try {
          this.runs.set(id, await api.run(id));
          this.onChange();
        } catch {
          // The next event, or the next reading of everything, asks again.
        }
      }, 150),
    );
  }

  inThread(thread) {
    return [...this.messages.values()].filter((one) => rootOf(one) === thread).sort(byId);
  }

  /** The threads of a channel, the one with the newest first message last. */
  threads(channel) {
    const threads = new Map();
    for (const message of this.messages.values()) {
      if (message.channel !== channel) continue;
      const root = rootOf(message);
      if (!threads.has(root)) threads.set(root, []);
      threads.get(root).push(message);
    }
    return [...threads]
      .map(([id, messages]) => ({ id, messages: messages.sort(byId), run: this.runOf(channel, id) }))
      .sort((one, other) => Number(one.id) - Number(other.id));
  }

  runOf(channel, thread) {
    return this.runsNewestFirst().find(
      (run) => run.platform === "local" && run.channel === channel && run.thread === thread,
    );
  }

  runsNewestFirst() {
    return [...this.runs.values()].sort((one, other) => Number(other.id) - Number(one.id));
  }
}

export const rootOf = (message) => message.thread ?? message.id;

const byId = (one, other) => Number(one.id) - Number(other.id);

function withReaction(message, { emoji, author }) {
  const reactions = { ...message.reactions };
  reactions[emoji] = [...new Set([...(reactions[emoji] ?? []), author])];
  return { ...message, reactions };
}
