// Small comforts for a host's copy: reading times follow what is chosen, blocks move by button, keeping it leaves the page where it is, and typed words
// are not lost by a slip.
const form = document.getElementById("copy");
const wordsAMinute = 150;
let changed = "unkept" in form.dataset;

const length = seconds => {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  const minutes = Math.trunc(s / 60);
  return s % 60 > 0 && minutes < 10 ? `${minutes} min ${s % 60} s` : `${Math.round(s / 60)} min`;
};

const count = text => text.split(/\s+/).filter(w => /[\p{L}\p{N}]/u.test(w)).length;

const time = block => {
  let words = 0;
  for (const line of block.querySelectorAll(".copyline")) {
    if (!line.querySelector("input[name=say]").checked) continue;
    const area = line.querySelector("textarea");
    // Unchanged sentences count as they are said; for others the typed words are near enough until the sheet is made.
    words += area.value === area.defaultValue ? Number(line.dataset.words) : count(area.value);
  }

  block.querySelector("[data-reads]").textContent = length(words * 60 / wordsAMinute);
  block.classList.toggle("copyblock--over", words * 60 / wordsAMinute > Number(block.dataset.budget));
};

const blocks = () => [...form.querySelectorAll(".copyblock")];
const number = () => blocks().forEach((block, i) => { block.querySelector("input[type=number]").value = i + 1; });

for (const block of blocks()) {
  const place = block.querySelector(".field");
  for (const [label, step] of [["Up", -1], ["Down", 1]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = label;
    button.addEventListener("click", () => {
      const all = blocks();
      const other = all[all.indexOf(block) + step];
      if (!other) return;
      if (step < 0) other.before(block);
      else other.after(block);
      number();
      changed = true;
      button.focus();
    });
    place.append(button);
  }
}

form.addEventListener("input", event => {
  changed = true;
  const block = event.target.closest(".copyblock");
  if (block) time(block);
});
// Keeping the copy, without loading the page anew. Whatever is not plainly done goes the way that it goes without scripts: the page answers.
const hidden = (name, value) => {
  let field = form.elements.namedItem(name);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
};

// One at a time: what is pressed before the answer waits for it, for only then does the form know which copy it goes on with.
let keeping = false;
let waiting = null;
const keep = async button => {
  const said = form.querySelector("[data-kept]");
  const sent = new URLSearchParams([...new FormData(form, button)].filter(([, value]) => typeof value === "string"));
  changed = false;
  keeping = true;
  button.disabled = true;
  said.textContent = "Keeping…";
  let kept = null;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body: sent, headers: { Accept: "application/json" }, credentials: "same-origin" });
    kept = answer.ok && !answer.redirected ? await answer.json() : null;
  } catch {
    changed = true;
    waiting = null;
    said.textContent = "No connection: what you typed is only in this page.";
    return;
  } finally {
    keeping = false;
    button.disabled = false;
  }
  if (kept) {
    hidden("kept", kept.id);
    hidden("version", kept.version);
  }
  const next = waiting;
  waiting = null;
  if (!kept || kept.notices.length > 0) {
    plainly = true;
    form.requestSubmit(button);
    return;
  }
  const name = form.elements.namedItem("name");
  if (name.value.trim() === "") name.value = kept.name;
  history.replaceState(history.state, "", kept.url);
  said.textContent = `Kept ${new Date(kept.changed).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
  if (next) form.requestSubmit(next);
};

let plainly = false;
form.addEventListener("submit", event => {
  const button = event.submitter;
  if (keeping) {
    event.preventDefault();
    waiting = button;
    return;
  }
  // Who has no token is asked to sign in, by a page.
  if (!plainly && button?.value === "keep" && button.closest("form") === form && form.elements.namedItem("__RequestVerificationToken")) {
    event.preventDefault();
    keep(button);
    return;
  }
  plainly = false;
  changed = false;
});
addEventListener("beforeunload", event => { if (changed || keeping) event.preventDefault(); });
