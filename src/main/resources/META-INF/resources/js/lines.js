/** What differs between two texts, line by line, and how that is shown. No state is told by colour alone. */
import { el } from "./dom.js";

const MOST_CELLS = 4_000_000;

/**
 * The lines of both texts in order: {@code [left, right]}, equal lines in both, else one of them absent; a line that
 * took another one's place stands beside it.
 */
export function sideBySide(before, after) {
  const old = before.split("\n");
  const now = after.split("\n");
  let from = 0;
  while (from < old.length && from < now.length && old[from] === now[from]) from++;
  let oldEnd = old.length;
  let nowEnd = now.length;
  while (oldEnd > from && nowEnd > from && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  return [
    ...old.slice(0, from).map((line) => [line, line]),
    ...middle(old.slice(from, oldEnd), now.slice(from, nowEnd)),
    ...old.slice(oldEnd).map((line) => [line, line]),
  ];
}

/** The longest common lines; of texts that are too long for that, all lines count as different. */
function middle(old, now) {
  if (old.length * now.length > MOST_CELLS) return beside(old, now);
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      common[i * width + j] =
        old[i] === now[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const rows = [];
  let gone = [];
  let come = [];
  const settle = () => {
    rows.push(...beside(gone, come));
    gone = [];
    come = [];
  };
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      settle();
      rows.push([old[i++], now[j++]]);
    } else if (j >= now.length || (i < old.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      gone.push(old[i++]);
    } else {
      come.push(now[j++]);
    }
  }
  settle();
  return rows;
}

function beside(gone, come) {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at) => [gone[at], come[at]]);
}

/** One line of a diff; the mark is a letter of the text, so that it is read, copied and seen without colour. */
function marked(kind, line) {
  const mark = { gone: "−", come: "+" }[kind] ?? " ";
  const words = { gone: "taken out: ", come: "put in: " }[kind];
  return el(
    "div",
    { class: `line-of ${kind}` },
    el("span", { class: "line-mark", "aria-hidden": "true" }, mark),
    el("span", { class: "line-text" }, words ? el("span", { class: "unseen" }, words) : null, line === "" ? " " : line),
  );
}

/** Rows of {@link sideBySide} in two columns, below each other on a phone; long equal stretches are folded. */
export function comparison(rows, { before, after }) {
  const parts = [];
  let at = 0;
  while (at < rows.length) {
    const end = stretch(rows, at);
    const some = rows.slice(at, end);
    if (isEqual(rows[at]) && some.length > 8) {
      parts.push(table(some.slice(0, at === 0 ? 0 : 3)));
      const hidden = some.slice(at === 0 ? 0 : 3, end === rows.length ? undefined : -3);
      parts.push(
        el("details", { class: "same" }, el("summary", {}, `${hidden.length} lines that are the same`), table(hidden)),
      );
      parts.push(table(end === rows.length ? [] : some.slice(-3)));
    } else {
      parts.push(table(some));
    }
    at = end;
  }
  return el(
    "div",
    { class: "compared" },
    el("div", { class: "pair heads" }, el("span", {}, before), el("span", {}, after)),
    parts,
  );
}

const isEqual = ([left, right]) => left === right;

function stretch(rows, from) {
  let at = from;
  while (at < rows.length && isEqual(rows[at]) === isEqual(rows[from])) at++;
  return at;
}

function table(rows) {
  return rows.map(([left, right]) =>
    left === right
      ? el("div", { class: "pair" }, marked("kept", left), el("div", { class: "again", "aria-hidden": "true" }, marked("kept", right)))
      : el(
          "div",
          { class: "pair" },
          left === undefined ? el("div", { class: "none" }) : marked("gone", left),
          right === undefined ? el("div", { class: "none" }) : marked("come", right),
        ),
  );
}

const isDiff = (lines) =>
  lines.some((line) => /^[+-]/.test(line)) && lines.every((line) => /^([-+ @\\]|diff |index |new file|deleted file|old mode|new mode|similarity|rename |Binary |\.\.\.|$)/.test(line));

/** A block of code that is a diff, one part for each file; null if it is none. */
export function diffBlock(text) {
  const lines = text.replace(/\n$/, "").split("\n");
  if (!isDiff(lines)) return null;
  const files = [];
  for (const line of lines) {
    if (files.length === 0 || line.startsWith("diff --git ")) files.push([]);
    files.at(-1).push(line);
  }
  return el("div", { class: "diff", dir: "ltr" }, files.map((file) => oneFile(file, files.length === 1)));
}

function oneFile(lines, isOpen) {
  const path = / b\/(.*)$/.exec(lines[0].startsWith("diff --git ") ? lines[0] : "")?.[1];
  const body = path ? lines.slice(lines.findIndex((line) => line.startsWith("@@"))) : lines;
  const count = (mark) => body.filter((line) => line.startsWith(mark)).length;
  const shown = body.map((line) => {
    const kind = line.startsWith("+") ? "come" : line.startsWith("-") ? "gone" : line.startsWith("@@") ? "where" : "kept";
    return marked(kind, kind === "where" ? line : line.slice(1));
  });
  if (!path) return el("div", { class: "diff-body" }, shown);
  return el(
    "details",
    { open: isOpen },
    el("summary", {}, el("span", { class: "path" }, path), el("span", { class: "hint" }, `+${count("+")} −${count("-")}`)),
    el("div", { class: "diff-body" }, shown),
  );
}
