"""What is asked of a report from within."""

# The contrast of each text with what is behind it, as WCAG 2 defines it. A canvas knows what any
# notation of a color stands for.
CONTRASTS = """(() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return Array.from(context.getImageData(0, 0, 1, 1).data);
  };
  const behind = (element) => {
    for (let place = element; place; place = place.parentElement) {
      const color = rgba(getComputedStyle(place).backgroundColor);
      if (color[3] > 0) return color;
    }
    return [255, 255, 255, 255];
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((byte) => {
      const value = byte / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const poor = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest(".hidden, .skip, script, style, noscript")) continue;
    const [one, other] = [rgba(getComputedStyle(element).color), behind(element)].map(luminance);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    count += 1;
    if (contrast < 4.5) poor.push(`${contrast.toFixed(2)}: ${walker.currentNode.textContent.trim()}`);
  }
  return { count, poor };
})()"""

# Pictures that have no name, no size, or nothing in them.
EMPTY_PICTURES = """Array.from(document.querySelectorAll("main [role=img]")).filter((picture) => {
  const box = picture.getBoundingClientRect();
  if (!picture.getAttribute("aria-label") || box.width < 5 || box.height < 5) return true;
  const marks = Array.from(picture.querySelectorAll("svg path:not(.grid):not(.edge)"));
  const isDrawn = (mark) => mark.getBBox().width > 0 && mark.getAttribute("d").length > 10;
  return picture.matches(".chart") && !marks.some(isDrawn);
}).map((picture) => picture.outerHTML.slice(0, 120))"""

# Whether the page shows images, and the names of their grids that are there to be seen.
IMAGES = 'document.querySelector(".reverse canvas[data-strip]") !== null'
GRIDS = """Array.from(document.querySelectorAll(".images")).filter((figure) => {
  const image = figure.querySelector("img");
  return image.alt && image.complete && image.naturalWidth > 20 && image.clientWidth > 100;
}).map((figure) => figure.querySelector("figcaption").textContent)"""

PICTURE = 'document.querySelector(".reverse canvas").toDataURL()'
SLIDER = 'document.querySelector(".reverse input")'
OUTPUT = 'document.querySelector(".reverse output").textContent'
BUTTON = 'document.querySelector(".reverse button")'

# Pauses where the slider has gone two states, or after a while.
PAUSE = f"""new Promise((done) => {{
  const started = Date.now();
  const look = () => {{
    if (Number({SLIDER}.value) < 2 && Date.now() < started + 20000) return setTimeout(look, 5);
    const before = {BUTTON}.textContent;
    {BUTTON}.click();
    const value = {SLIDER}.value;
    done({{ before, after: {BUTTON}.textContent, value, picture: {PICTURE} }});
  }};
  look();
}})"""
