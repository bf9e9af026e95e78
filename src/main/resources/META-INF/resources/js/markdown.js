/**
 * Shows Markdown without ever making HTML of it: the text is cut into pieces, and each piece becomes a text node in an
 * element that stands here. Pictures are not loaded, addresses are shown as they are, and a marker that does not
 * clearly mark something stays as it was written, since file patterns such as `src/**` must be seen.
 */
import { el } from "./dom.js";
import { diffBlock } from "./lines.js";

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const DEEPEST = 8;
const LONGEST_LINE = 4_000;

/** The text as elements. */
export function markdown(text) {
  const body = document.createDocumentFragment();
  body.append(...blocks(text.replace(/\r\n?/g, "\n").split("\n"), 0));
  return body;
}

function blocks(lines, depth) {
  const found = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const fence = FENCE.exec(line);
    if (line.trim() === "") {
      at++;
    } else if (fence) {
      const end = closing(lines, at + 1, fence[1]);
      found.push(codeBlock(lines.slice(at + 1, end).join("\n"), fence[2]));
      at = end + 1;
    } else if (HEADING.test(line)) {
      const [, marks, words] = HEADING.exec(line);
      // The page has two levels of its own above every message.
      found.push(el(`h${Math.min(6, marks.length + 2)}`, { dir: "auto" }, ...inline(words)));
      at++;
    } else if (RULE.test(line)) {
      found.push(el("hr"));
      at++;
    } else if (QUOTE.test(line) && depth < DEEPEST) {
      const end = while_(lines, at, (one) => QUOTE.test(one));
      const inner = lines.slice(at, end).map((one) => QUOTE.exec(one)[1]);
      found.push(el("blockquote", {}, ...blocks(inner, depth + 1)));
      at = end;
    } else if (ITEM.test(line) && depth < DEEPEST) {
      const end = while_(lines, at, (one, first) => first || ITEM.test(one) || /^\s{2,}\S/.test(one));
      found.push(list(lines.slice(at, end), depth));
      at = end;
    } else {
      const end = while_(lines, at, (one, first) => first || !startsBlock(one));
      found.push(el("p", { dir: "auto" }, ...paragraph(lines.slice(at, end))));
      at = end;
    }
  }
  return found;
}

function codeBlock(text, language) {
  return (
    diffBlock(text) ??
    el(
      "pre",
      { tabIndex: 0, "aria-label": language ? `Code, ${language}` : "Code", role: "region" },
      el("code", { dir: "ltr" }, text),
    )
  );
}

function startsBlock(line) {
  return line.trim() === "" || [FENCE, HEADING, QUOTE, RULE, ITEM].some((form) => form.test(line));
}

function while_(lines, from, belongs) {
  let at = from;
  while (at < lines.length && belongs(lines[at], at === from)) at++;
  return at;
}

function closing(lines, from, fence) {
  const end = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
  let at = from;
  while (at < lines.length && !end.test(lines[at])) at++;
  return at;
}

function list(lines, depth) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const ordered = /\d/.test(mark);
  const items = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item && item[1].length <= indent.length + 1) items.push([item[3]]);
    else items.at(-1).push(line.slice(Math.min(line.search(/\S/), indent.length + mark.length + 1)));
  }
  return el(
    ordered ? "ol" : "ul",
    ordered ? { start: parseInt(mark, 10) } : {},
    ...items.map((item) => {
      const parts = blocks(item, depth + 1);
      return el("li", { dir: "auto" }, ...(parts[0]?.tagName === "P" ? [...parts[0].childNodes, ...parts.slice(1)] : parts));
    }),
  );
}

/** Line ends count in a chat. */
function paragraph(lines) {
  return lines.flatMap((line, at) => {
    const shown = el("span", { class: "line" }, ...inline(line));
    return at < lines.length - 1 ? [shown, "\n"] : [shown]; // the line end is for who copies it
  });
}

const INLINE = [
  { form: /(?<!`)(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, make: (found) => el("code", { dir: "ltr" }, code(found[2])) },
  { form: /(?<![^\s([{"'>,;:!?.–—-])\*\*(?=[^\s*_/.])((?:(?!\*\*).)*?[^\s*_/])\*\*(?![\p{L}\p{N}/*_])/gu, make: (found) => el("strong", {}, ...inline(found[1])) },
  { form: /(?<![^\s([{"'>,;:!?.–—-])~~(?=\S)(.*?\S)~~(?![\p{L}\p{N}~])/gu, make: (found) => el("s", {}, ...inline(found[1])) },
  { form: /(?<![^\s([{"'>,;:!?.–—-])([*_])(?=[\p{L}\p{N}"'(])((?:(?!\1).)*?[\p{L}\p{N}"')!?.,])\1(?![\p{L}\p{N}/*_])/gu, make: (found) => el("em", {}, ...inline(found[2])) },
  { form: /\bhttps?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}*_]/g, make: (found) => link(found[0]) },
  { form: /(?<![\p{L}\p{N}])@[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*/gu, make: (found) => el("span", { class: "mention" }, found[0]) },
];

/** Each form looks on only from where it last found something, so that no text takes long, however it is made. */
export function inline(text) {
  if (text.length > LONGEST_LINE) return [text];
  const next = INLINE.map(() => undefined);
  const found = [];
  let at = 0;
  while (at < text.length) {
    // What begins first counts; of two at one place, the one that is listed first.
    let first = -1;
    INLINE.forEach(({ form }, which) => {
      if (next[which] === undefined || (next[which] !== null && next[which].index < at)) {
        form.lastIndex = at;
        next[which] = form.exec(text);
      }
      if (next[which] !== null && (first < 0 || next[which].index < next[first].index)) first = which;
    });
    if (first < 0) break;
    const match = next[first];
    if (match.index > at) found.push(text.slice(at, match.index));
    found.push(INLINE[first].make(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

function code(text) {
  return /^ .*\S.* $/.test(text) ? text.slice(1, -1) : text;
}

function link(address) {
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address);
}
