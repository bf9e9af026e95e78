/** What is read about a run besides its talk: plan, trail, report. Read when it is looked at, and again when it moved. */
import * as api from "./api.js";
import { el } from "./dom.js";
import { markdown } from "./markdown.js";
import { planView } from "./plan.js";
import { trailView } from "./trail.js";

const PAGE = 1_000;

export class Sheet {
  #where;
  #shown = "";
  #trail = { run: "", records: [] };

  constructor(where) {
    this.#where = where;
  }

  /** @param address gives the address of this sheet with these parts after it */
  async show(run, { tab, parts }, address) {
    const what = JSON.stringify([run.id, tab, parts]);
    const look = JSON.stringify([what, run.state, run.phase, run.plan?.revision, run.commits?.length]);
    if (this.#shown === look) return;
    const isNew = !this.#shown.startsWith(what.slice(0, -1));
    this.#shown = look;
    this.#where.setAttribute("aria-busy", "true");
    const content = await this.#read(run, tab, parts, address).catch((refused) => [el("p", { class: "empty" }, refused.message)]);
    if (this.#shown !== look) return;
    this.#where.removeAttribute("aria-busy");
    this.#put(content, isNew);
  }

  /** Keeps unfolded what was unfolded, where the same thing is shown anew. */
  #put(content, isNew) {
    const open = isNew ? [] : [...this.#where.querySelectorAll("details")].map((one) => one.open);
    this.#where.replaceChildren(...content);
    [...this.#where.querySelectorAll("details")].forEach((one, at) => (one.open = open[at] ?? one.open));
    if (isNew) this.#where.scrollTop = 0;
  }

  async #read(run, tab, parts, address) {
    switch (tab) {
      case "plan":
        return this.#plan(run, parts, address);
      case "trail":
        return trailView(await this.#records(run.id));
      default:
        return [el("div", { class: "text report" }, markdown((await api.report(run.id)).markdown))];
    }
  }

  async #plan(run, [revision, beside], address) {
    const revisions = await api.plans(run.id);
    if (revisions.length === 0) return [el("p", { class: "empty" }, "There is no plan yet.")];
    const [plan, other] = await Promise.all([
      api.plan(run.id, revision ?? revisions[0].revision),
      beside && api.plan(run.id, beside),
    ]);
    return planView(plan, revisions, other, (...some) => address(some));
  }

  async #records(run) {
    if (this.#trail.run !== run) this.#trail = { run, records: [] };
    const { records } = this.#trail;
    for (;;) {
      const some = await api.trail(run, records.at(-1)?.sequence ?? 0);
      records.push(...some);
      if (some.length < PAGE) return records;
    }
  }
}
