// Swaps the results of a search without loading the page anew, and finds values in long facets. Every state stays an address, and
// whatever fails here falls back to what the page does without this file.
const AREA = ".with-facets, .search-head + .empty";
const form = document.querySelector("form#search");
const policy = window.trustedTypes?.createPolicy("incidentdb-results", { createHTML: text => text });
const parse = text => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const isSearch = url => url.origin === location.origin && url.pathname === "/incidents";

const status = document.createElement("p");
status.className = "vh";
status.setAttribute("role", "status");

let shown = new URL(location.href);
let running;

async function load(url, signal) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, signal });
  const there = new URL(answer.url);
  if (!answer.headers.get("Content-Type")?.startsWith("text/html") || !isSearch(there)) throw new Error("not a search");
  return { there, page: parse(await answer.text()) };
}

// What has the focus, in words that also hold on the next page.
function nameFocus() {
  const at = document.activeElement;
  if (!at || at === document.body || !document.querySelector(AREA)?.contains(at)) return null;
  const facet = at.closest("[data-facet]")?.dataset.facet;
  const value = at.closest(".fv")?.querySelector("input")?.value;
  return { id: at.id, facet, value, box: at.matches("input[type=checkbox]"), not: at.matches(".not"), more: at.matches(".more"), any: at.matches(".any"), label: at.closest("nav")?.getAttribute("aria-label"), text: at.textContent, top: at.getBoundingClientRect().top };
}

function findFocus(name) {
  if (name.id) return document.getElementById(name.id);
  const facet = name.facet && document.querySelector(`[data-facet="${CSS.escape(name.facet)}"]`);
  if (facet && name.value !== undefined) {
    const row = [...facet.querySelectorAll(".fv")].find(r => r.querySelector("input").value === name.value);
    return row && (name.not ? row.querySelector(".not") ?? row.querySelector("input") : row.querySelector("input"));
  }
  if (facet && (name.more || name.any)) return facet.querySelector(name.more ? ".more" : ".any") ?? facet.querySelector("input");
  if (name.label) return [...document.querySelectorAll(`nav[aria-label="${CSS.escape(name.label)}"] a`)].find(a => a.textContent === name.text);
  return null;
}

function put(page, { focus, keepBox, top }) {
  const open = [...document.querySelectorAll("details[open]")].map(d => d.className);
  document.querySelector(AREA).replaceWith(document.adoptNode(page.querySelector(AREA)));
  for (const details of document.querySelectorAll(AREA.split(",")[0] + " details")) if (open.includes(details.className)) details.open = true;
  document.title = page.title;
  for (const kind of ["link[rel=alternate]", "meta[name=robots]"]) {
    document.head.querySelectorAll(kind).forEach(e => e.remove());
    document.head.append(...page.head.querySelectorAll(kind));
  }
  form.querySelectorAll("input[type=hidden]").forEach(e => e.remove());
  form.append(...page.querySelectorAll("form#search input[type=hidden]"));
  if (!keepBox) form.elements.q.value = page.querySelector("form#search #q")?.value ?? "";
  status.textContent = document.querySelector(".found__count")?.textContent ?? "";
  equip();
  const results = document.querySelector("#results");
  const again = focus && findFocus(focus);
  if (top) {
    results?.focus({ preventScroll: true });
    (results ?? document.querySelector("main")).scrollIntoView();
  } else if (again) {
    again.focus({ preventScroll: true });
    // The control stays under the pointer although the page above it has changed.
    scrollBy(0, again.getBoundingClientRect().top - focus.top);
  } else if (focus) {
    results?.focus({ preventScroll: true });
  }
}

async function go(url, { push = true, top = false, keepBox = false, scroll = null } = {}) {
  // A tick and the button after it ask for the same.
  if (running?.url === String(url)) return;
  const focus = nameFocus();
  running?.abort();
  const mine = running = Object.assign(new AbortController(), { url: String(url) });
  const area = document.querySelector(AREA);
  area?.setAttribute("aria-busy", "true");
  try {
    const { there, page } = await load(url, mine.signal);
    if (!area || !page.querySelector(AREA)) throw new Error("not a search");
    if (push && there.href !== shown.href) {
      history.replaceState({ ...history.state, scroll: scrollY }, "");
      history.pushState({ results: true }, "", there);
    }
    shown = new URL(location.href);
    put(page, { focus, keepBox, top });
    if (scroll !== null) scrollTo(0, scroll);
  } catch (fault) {
    if (fault.name === "AbortError") return;
    location.assign(url);
  } finally {
    if (running === mine) {
      running = null;
      document.querySelector(AREA)?.removeAttribute("aria-busy");
    }
  }
}

// The address that the form would go to, without what is empty and with the ends of a range joined.
function addressOf(submitter) {
  const sent = new FormData(form, submitter);
  const url = new URL(form.action);
  for (const [name, value] of sent) {
    if (typeof value !== "string" || !value.trim()) continue;
    url.searchParams.append(name, value.trim());
  }
  return url;
}

// A field that finds values in a facet with more of them than are shown; it fetches all at the first letter.
function equipFacet(facet) {
  const more = facet.querySelector("a.more");
  const list = facet.querySelector("ul");
  if (!more || !list || facet.querySelector(".facet__find")) return;
  const label = facet.querySelector("legend").firstChild.textContent.trim();
  const box = document.createElement("input");
  Object.assign(box, { type: "search", className: "input facet__find", id: `find-${facet.dataset.facet}`, autocomplete: "off", spellcheck: false, placeholder: "Find …" });
  box.setAttribute("aria-label", `Find in ${label}`);
  const whole = facet.classList.contains("facet--all");
  let all = whole ? Promise.resolve() : null;
  const filter = () => {
    const wanted = fold(box.value.trim());
    let left = 0;
    for (const row of facet.querySelectorAll(".fv")) {
      const hit = !wanted || fold(row.querySelector(".name").textContent).includes(wanted);
      row.hidden = !hit && !row.querySelector("input").checked;
      left += hit ? 1 : 0;
    }
    facet.classList.toggle("facet--all", wanted !== "" || whole);
    status.textContent = wanted ? `${left} ${left === 1 ? "value" : "values"} of ${label}` : "";
  };
  box.addEventListener("input", async () => {
    all ??= load(more.href).then(({ page }) => {
      const values = page.querySelector(`[data-facet="${CSS.escape(facet.dataset.facet)}"] ul`);
      if (values) facet.querySelector("ul").replaceWith(document.adoptNode(values));
    }).catch(() => { all = null; });
    await all;
    filter();
  });
  // The whole form must not be sent by a return meant for this list.
  box.addEventListener("keydown", event => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(box);
}

const equip = () => document.querySelectorAll("[data-facet]").forEach(equipFacet);

if (form && document.querySelector(AREA)) {
  document.body.append(status);
  equip();
  document.addEventListener("incidentdb:go", event => {
    const url = new URL(event.detail, location.href);
    if (!isSearch(url)) return;
    event.preventDefault();
    go(url);
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("main a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.hasAttribute("target")) return;
    const url = new URL(link.getAttribute("href"), location.href);
    if (!isSearch(url) || (url.hash && url.pathname + url.search === shown.pathname + shown.search)) return;
    event.preventDefault();
    go(url, { top: Boolean(link.closest(".pager, nav[aria-label=Sort]")) });
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    go(addressOf(event.submitter), { keepBox: true });
  });
  document.addEventListener("change", event => {
    if (event.target.form === form && event.target.type === "checkbox") go(addressOf(), { keepBox: true });
  });
  addEventListener("popstate", event => {
    const url = new URL(location.href);
    if (url.pathname + url.search === shown.pathname + shown.search) return;
    go(url, { push: false, scroll: event.state?.scroll ?? 0 });
  });
  // Where the reader was is kept with the address, for the way back.
  let kept = 0;
  addEventListener("scroll", () => {
    clearTimeout(kept);
    kept = setTimeout(() => history.replaceState({ ...history.state, scroll: scrollY }, ""), 150);
  }, { passive: true });
}
