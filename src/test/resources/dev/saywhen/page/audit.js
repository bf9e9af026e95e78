/* What a person with weak eyes, a thumb or a screen reader would stumble over on the page as it stands: [] when nothing. */
() => {
  const found = [];
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".unseen");
  const words = (element) => element.outerHTML.slice(0, 120);

  const nameOf = (element) =>
    element.getAttribute("aria-label") ||
    [...(element.labels ?? [])].map((label) => label.textContent).join(" ").trim() ||
    element.textContent.trim();
  for (const element of document.querySelectorAll("button, a[href], input, textarea, summary, nav, [role=region]")) {
    if (!isShown(element)) continue;
    if (!nameOf(element) && !element.getAttribute("aria-labelledby")) found.push(`no name: ${words(element)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => found.push(`id used twice: ${id}`));

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = rgba(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reduceRight((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const luminance = (color) =>
    color.slice(0, 3).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest("script, style, template, noscript") || !isShown(element)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const back = behind(element);
    const ratio = contrast(over(rgba(style.color), back), back);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${words(element)}`);
    if (size < 10.5) found.push(`${size}px: ${words(element)}`);
  }

  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  for (const pane of document.querySelectorAll(".scroll, .pane-head, .write, .places")) {
    if (isShown(pane) && pane.scrollWidth > pane.clientWidth + 1) found.push(`wider than its pane: ${words(pane)}`);
  }
  if (matchMedia("(pointer: coarse)").matches) {
    for (const element of document.querySelectorAll("button, summary, .place, .tabs a, .back, .close, input, textarea")) {
      if (!isShown(element)) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 24 || height < 24) found.push(`${Math.round(width)}x${Math.round(height)} to tap: ${words(element)}`);
    }
  }
  return found;
}
