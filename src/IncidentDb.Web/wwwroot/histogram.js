// A range of years by dragging over the bars of a search, or from a bar by Shift and the arrow keys. Without this file every bar is a link, and the two
// fields of the facet take a range. The listeners are the document's, so that they hold when the results are swapped.
const FAR = 6; // pixels: less is a click
const svgOf = target => target instanceof Element ? target.closest("svg[data-range]") : null;
const status = document.createElement("span");
status.className = "vh";
status.setAttribute("role", "status");
const seen = document.createElement("b"); // the same for the eye, in place of the caption
seen.className = "brush-years";
seen.setAttribute("aria-hidden", "true");

let brush = null; // { svg, from, to, x, held: the pointer that draws it, far: whether it moved }
let dragged = null; // the drawing whose next click ends a drag

const numberOf = (svg, name) => Number(svg.dataset[name]);
const barAt = (svg, x) => {
  const box = svg.getBoundingClientRect();
  return Math.max(0, Math.min(numberOf(svg, "bars") - 1, Math.floor((x - box.left) / box.width * numberOf(svg, "places"))));
};

function years({ svg, from, to }) {
  const [step, first] = [numberOf(svg, "years"), numberOf(svg, "first")];
  return [first + Math.min(from, to) * step, first + Math.max(from, to) * step + step - 1];
}

function draw() {
  const { svg, from, to } = brush;
  let mark = svg.querySelector(".brush");
  if (!mark) {
    mark = document.createElementNS(svg.namespaceURI, "rect");
    mark.setAttribute("class", "brush");
    mark.setAttribute("y", 0);
    mark.setAttribute("height", 88);
    svg.append(mark);
  }
  const width = 100 / numberOf(svg, "places");
  mark.setAttribute("x", `${Math.min(from, to) * width}%`);
  mark.setAttribute("width", `${(Math.abs(to - from) + 1) * width}%`);
  const [first, last] = years(brush);
  status.textContent = seen.textContent = first === last ? `${first}` : `${first} to ${last}`;
  svg.parentElement.querySelector("figcaption")?.append(seen);
}

function drop() {
  brush?.svg.querySelector(".brush")?.remove();
  brush = null;
  seen.remove();
  status.textContent = "";
}

function choose() {
  const [first, last] = years(brush);
  const url = new URL(brush.svg.dataset.range, location.href);
  url.searchParams.set("year", first === last ? first : `${first}..${last}`);
  drop();
  // Where results can be swapped, results.js takes it from here.
  if (document.dispatchEvent(new CustomEvent("incidentdb:go", { detail: url.href, cancelable: true }))) location.assign(url);
}

if (document.querySelector("svg[data-range], form#search")) {
  document.body.append(status);
  document.addEventListener("pointerdown", event => {
    dragged = null;
    const svg = svgOf(event.target);
    if (brush) drop();
    if (!svg || event.button !== 0 || !event.isPrimary) return;
    const bar = barAt(svg, event.clientX);
    brush = { svg, from: bar, to: bar, x: event.clientX, held: event.pointerId, far: false };
  });
  document.addEventListener("pointermove", event => {
    if (brush?.held !== event.pointerId) return;
    if (!brush.far && Math.abs(event.clientX - brush.x) < FAR) return;
    if (!brush.far) brush.svg.setPointerCapture(event.pointerId);
    brush.far = true;
    brush.to = barAt(brush.svg, event.clientX);
    draw();
  });
  document.addEventListener("pointerup", event => {
    if (brush?.held !== event.pointerId) return;
    if (!brush.far) return drop();
    dragged = brush.svg;
    choose();
  });
  document.addEventListener("pointercancel", event => { if (brush?.held === event.pointerId) drop(); });
  // A bar is a link, and links can be dragged away and are followed where the button comes up.
  document.addEventListener("dragstart", event => { if (svgOf(event.target)) event.preventDefault(); });
  document.addEventListener("click", event => {
    if (!dragged || svgOf(event.target) !== dragged) return;
    dragged = null;
    event.preventDefault();
  }, { capture: true });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && brush) return drop();
    const bar = event.target instanceof Element ? event.target.closest("svg[data-range] [data-bar]") : null;
    if (!bar) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const svg = svgOf(bar);
      brush ??= { svg, from: Number(bar.dataset.bar), to: Number(bar.dataset.bar) };
      brush.to = Math.max(0, Math.min(numberOf(svg, "bars") - 1, brush.to + step));
      draw();
    } else if (event.key === "Enter" && brush) {
      event.preventDefault();
      choose();
    }
  });
  document.addEventListener("focusout", event => { if (brush && brush.held === undefined && svgOf(event.target) === brush.svg) drop(); });
}
