/** Small pictures that stand beside words, never instead of them. Drawn here so that no font has to have them. */
const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  question: "M8 8.6a4 4 0 1 1 5.6 3.7c-1 .45-1.6 1.1-1.6 2.2M12 18.4v.1",
  plan: "M5 6h14M5 12h14M5 18h8",
  waiting: "M12 6.5V12l3.5 2.2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
  acting: "M7 4.5v15l12-7.5z",
  held: "M8 5v14M16 5v14",
  done: "M4.5 12.5l5 5 10-11",
  failed: "M6 6l12 12M18 6L6 18",
  ended: "M5 12h14",
  next: "M17 12a5 5 0 1 1-10 0 5 5 0 0 1 10 0z",
  alarm: "M12 4L2.5 20h19zM12 10v4.5M12 17.4v.1",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name] ?? SHAPES.ended);
  svg.append(path);
  return svg;
}

/** The picture for what a run does. */
export const stateIcon = (state) =>
  icon(
    {
      asking: "question",
      planning: "plan",
      "awaiting-authorization": "waiting",
      acting: "acting",
      held: "held",
      completed: "done",
      failed: "failed",
    }[state] ?? "ended",
  );
