// Small comforts for a host's copy: reading times follow what is chosen, blocks move by button, and typed words are not lost by a slip.
const form = document.getElementById("copy");
const wordsAMinute = 150;
let changed = false;

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
form.addEventListener("submit", () => { changed = false; });
addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
