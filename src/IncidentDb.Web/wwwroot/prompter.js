// Pages the script by keyboard and tap, and keeps the clock. Without this file the script is a page to scroll.
const prompter = document.querySelector(".prompter");
const bar = prompter.querySelector(".prompter__bar");
const elapsed = prompter.querySelector("#elapsed");
const remaining = prompter.querySelector("#remaining");
const clock = prompter.querySelector("#clock");
const total = Number(prompter.dataset.seconds);
const sections = [...prompter.querySelectorAll("[data-start]")];
const lines = [...prompter.querySelectorAll(".prompter__script :is(h1, h2, h3, p):not(.prompter__help)")];

prompter.querySelectorAll("[hidden]").forEach(part => { part.hidden = false; });
prompter.classList.add("prompter--live");

const mark = seconds => {
  const s = Math.abs(Math.trunc(seconds));
  const parts = [Math.trunc(s / 3600), Math.trunc(s / 60) % 60, s % 60];
  const text = parts[0] > 0 ? `${parts[0]}:${String(parts[1]).padStart(2, "0")}` : String(parts[1]);
  return `${seconds < 0 ? "−" : ""}${text}:${String(parts[2]).padStart(2, "0")}`;
};

// The clock counts time that was spent running; the page may sleep in between.
let spent = 0;
let since = null;
const now = () => spent + (since === null ? 0 : (performance.now() - since) / 1000);

const show = () => {
  const at = now();
  elapsed.textContent = mark(at);
  remaining.textContent = mark(total - at);
  remaining.classList.toggle("over", at > total);
  const due = sections.filter(s => Number(s.dataset.start) <= at).pop();
  for (const link of bar.querySelectorAll("nav a")) {
    if (due && link.hash === `#${due.id}`) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
};

const run = on => {
  if (on === (since !== null)) return;
  if (on) since = performance.now();
  else { spent = now(); since = null; }
  clock.textContent = on ? "Stop" : "Start";
  show();
};

const top = () => bar.getBoundingClientRect().bottom;
const bottom = () => prompter.querySelector(".prompter__taps").getBoundingClientRect().top - 4;

// A page ends before the first line that does not fit whole: nothing is cut through, and nothing is read twice.
const page = direction => {
  if (direction > 0) {
    run(true);
    const floor = bottom();
    const next = lines.find(l => l.getBoundingClientRect().bottom > floor && l.getBoundingClientRect().top > top() + 4);
    const by = next ? next.getBoundingClientRect().top - top() - 8 : bottom() - top();
    scrollBy({ top: by, behavior: "instant" });
    return;
  }

  const height = bottom() - top() - 16;
  const target = lines.find(l => l.getBoundingClientRect().top >= top() - height);
  const by = target ? target.getBoundingClientRect().top - top() - 8 : -height;
  scrollBy({ top: Math.min(by, -40), behavior: "instant" });
};

const resize = step => {
  const size = Number(localStorage.getItem("prompter-size") ?? 0) + step;
  const held = Math.max(-3, Math.min(5, size));
  localStorage.setItem("prompter-size", String(held));
  for (let i = -3; i <= 5; i++) prompter.classList.toggle(`prompter--${i}`, i === held);
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onControl = event.target.closest("a, button");
  const act = {
    " ": () => page(event.shiftKey ? -1 : 1), PageDown: () => page(1), ArrowRight: () => page(1), ArrowDown: () => page(1), Enter: () => page(1),
    PageUp: () => page(-1), ArrowLeft: () => page(-1), ArrowUp: () => page(-1),
    Home: () => scrollTo({ top: 0, behavior: "instant" }), s: () => run(since === null), "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1),
  }[event.key];
  if (!act || (onControl && (event.key === " " || event.key === "Enter"))) return;
  event.preventDefault();
  act();
});

clock.addEventListener("click", () => run(since === null));
prompter.querySelector("#smaller").addEventListener("click", () => resize(-1));
prompter.querySelector("#larger").addEventListener("click", () => resize(1));
prompter.querySelector("#on").addEventListener("click", () => page(1));
prompter.querySelector("#back").addEventListener("click", () => page(-1));
prompter.querySelector(".prompter__script").addEventListener("click", event => {
  if (String(getSelection()) !== "") return;
  page(event.clientX < innerWidth / 3 ? -1 : 1);
});

resize(0);
show();
setInterval(show, 250);
