/** Makes and updates elements. Text only ever becomes a text node; nothing on this page is parsed as HTML. */

/** An element; properties that start with `aria-` or `data-`, and `role`, `class`, `for`, become attributes. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Sets text only where it differs, so that nothing is announced or selected anew for nothing. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes a list show these items in this order, and touches only what differs: what a person selected, unfolded or
 * focused stays so.
 */
export function sync(list, items, key, looks, build) {
  const there = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const item of items) {
    const name = String(key(item));
    const look = looks(item);
    let child = there.get(name);
    there.delete(name);
    if (!child || child.dataset.look !== look) {
      const fresh = build(item);
      fresh.dataset.key = name;
      fresh.dataset.look = look;
      if (child) child.replaceWith(fresh);
      child = fresh;
    }
    const place = before ? before.nextSibling : list.firstChild;
    if (child !== place) list.insertBefore(child, place);
    before = child;
  }
  there.forEach((child) => child.remove());
}
