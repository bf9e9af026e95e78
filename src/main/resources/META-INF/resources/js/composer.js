/** Where a person writes. The name is asked for once and kept in this browser. */
import { byId, el, say } from "./dom.js";

const LONGEST = 20_000;
const KEY = "saywhen.name";
const NAME = /^[\p{L}\p{M}\p{N}._-]{1,80}$/u;

export const me = {
  get name() {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return this.kept ?? "";
    }
  },
  set name(name) {
    this.kept = name;
    try {
      localStorage.setItem(KEY, name);
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  },
};

export class Composer {
  #drafts = new Map();
  #place = "";

  /** @param send posts a text; what it throws is shown and the text stays */
  constructor(where, { send, onName, botName }) {
    where.append(byId("composer").content.cloneNode(true));
    this.nameForm = where.querySelector(".name-form");
    this.nameField = where.querySelector(".name");
    this.chips = where.querySelector(".chips");
    this.form = where.querySelector(".composer");
    this.text = where.querySelector("textarea");
    this.button = where.querySelector(".send");
    this.trouble = where.querySelector(".trouble");
    this.send = send;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(this.text.value, true);
    });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#typed());
    this.nameForm.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.nameField.value.trim();
      if (!NAME.test(name) || name.toLowerCase() === botName().toLowerCase()) {
        this.#complain(`A name has 1 to 80 letters, digits, dots, dashes or underscores, and is not ${botName()}.`);
        return;
      }
      me.name = name;
      this.#complain("");
      onName();
      this.text.focus();
    });
  }

  /** Shows it for a place; each place keeps what was begun there. */
  show(place, { label, hint, commands, asksForName }) {
    if (place !== this.#place) {
      this.#drafts.set(this.#place, this.text.value);
      this.#place = place;
      this.text.value = this.#drafts.get(place) ?? "";
      this.#complain("");
      this.#grow();
    }
    this.nameForm.hidden = !asksForName;
    this.form.hidden = asksForName;
    this.chips.hidden = asksForName || commands.length === 0;
    this.text.setAttribute("aria-label", label);
    if (this.text.placeholder !== hint) this.text.placeholder = hint;
    if (this.chips.dataset.look !== commands.join()) {
      this.chips.dataset.look = commands.join();
      this.chips.replaceChildren(
        ...commands.map((command) =>
          el("button", { type: "button", class: "chip", onclick: () => this.#submit(command, false) }, command),
        ),
      );
    }
  }

  /** Puts a text there for the person to change and send; what was begun is not lost. */
  begin(text) {
    if (this.text.value.trim() === "") this.text.value = text;
    this.#grow();
    (this.nameForm.hidden ? this.text : this.nameField).focus();
  }

  askForName() {
    this.nameForm.hidden = false;
    this.form.hidden = true;
    this.nameField.value = me.name;
    this.nameField.focus();
    this.nameField.select();
  }

  #key(event) {
    const isPhone = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !isPhone) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  #typed() {
    this.#grow();
    const length = [...this.text.value].length;
    this.#complain(length > LONGEST ? `${length.toLocaleString()} characters; at most 20,000 can be sent.` : "");
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, innerHeight / 3)}px`;
  }

  async #submit(text, isTyped) {
    if (text.trim() === "" || this.button.disabled) return;
    const place = this.#place;
    this.button.disabled = true;
    try {
      await this.send(text);
      if (isTyped && place === this.#place) this.text.value = "";
      if (isTyped) this.#drafts.delete(place);
      this.#complain("");
    } catch (refused) {
      this.#complain(`Not sent. ${refused.message}`);
    } finally {
      this.button.disabled = false;
      this.#grow();
      if (isTyped) this.text.focus();
    }
  }

  #complain(words) {
    this.trouble.hidden = words === "";
    say(this.trouble, words);
  }
}
