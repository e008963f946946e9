// Suggestions under every search box, and under every field that takes a record: a combobox with a list box (ARIA 1.2). Without this file they are plain fields.
const SAID = { incident: "record", company: "company", pattern: "pattern", cause: "cause", technology: "technology", word: "search" };
const PAUSE = 80;

const make = (tag, attributes, text) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
};

class Suggestions {
  #known = new Map();
  #items = [];
  #active = -1;
  #wanted = "";
  #timer = 0;

  constructor(box) {
    this.box = box;
    // A field that takes a record is filled in; a search box goes where the suggestion leads.
    this.takesRecord = "records" in box.dataset;
    this.list = make("ul", { class: "suggestions", role: "listbox", id: `${box.id}-list`, "aria-label": "Suggestions", hidden: "" });
    this.status = make("span", { class: "vh", role: "status" });
    box.after(this.list, this.status);
    this.list.classList.toggle("suggestions--records", this.takesRecord);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, "aria-haspopup": "listbox" })) box.setAttribute(name, value);
    box.addEventListener("input", () => this.#ask());
    box.addEventListener("keydown", event => this.#key(event));
    box.addEventListener("blur", () => this.close());
    // The box keeps the focus while an option is clicked.
    this.list.addEventListener("mousedown", event => event.preventDefault());
    this.list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(this.#items[Number(option.dataset.place)]);
    });
  }

  #ask() {
    clearTimeout(this.#timer);
    const text = this.box.value.trim();
    this.#wanted = text;
    this.#mark(-1);
    if (this.takesRecord) this.#hint()?.replaceChildren();
    if (!text) return this.close();
    if (this.#known.has(text)) return this.#show(this.#known.get(text));
    this.#timer = setTimeout(async () => {
      try {
        const answer = await fetch(`/suggest.json?q=${encodeURIComponent(text)}${this.takesRecord ? "&of=records" : ""}`);
        if (!answer.ok) return;
        const { items } = await answer.json();
        if (this.#known.size > 200) this.#known.clear();
        this.#known.set(text, items);
        // A late answer does not take the list away from whoever is choosing in it.
        if (this.#wanted === text && document.activeElement === this.box && this.#active < 0) this.#show(items);
      } catch {
        // Without an answer the box stays what it is without this file.
      }
    }, PAUSE);
  }

  #show(items) {
    this.#items = items;
    this.#mark(-1);
    this.list.replaceChildren(...items.map((item, place) => {
      const option = make("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false", "data-place": place });
      const count = item.type === "incident" ? "" : `${item.incidents.toLocaleString("en")} ${item.incidents === 1 ? "record" : "records"}`;
      option.append(make("span", { class: "what" }, item.label), make("span", { class: "meta" }, this.takesRecord ? item.value : SAID[item.type] ?? item.type));
      if (!this.takesRecord) option.append(make("span", { class: "count" }, count));
      return option;
    }));
    this.list.hidden = items.length === 0;
    this.box.setAttribute("aria-expanded", String(items.length > 0));
    this.status.textContent = items.length === 0 ? "" : `${items.length} ${items.length === 1 ? "suggestion" : "suggestions"}`;
  }

  close() {
    clearTimeout(this.#timer);
    this.#wanted = "";
    this.#items = [];
    this.#mark(-1);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.box.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }

  #mark(place) {
    this.#active = place;
    for (const option of this.list.children) option.setAttribute("aria-selected", String(Number(option.dataset.place) === place));
    const option = this.list.children[place];
    if (!option) return this.box.removeAttribute("aria-activedescendant");
    this.box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #choose(item) {
    this.close();
    if (this.takesRecord) return this.#take(item);
    // Where results can be swapped, results.js takes it from here.
    if (document.dispatchEvent(new CustomEvent("incidentdb:go", { detail: item.url, cancelable: true }))) location.assign(item.url);
  }

  // The form sends the slug; the title stands below it for whoever reads.
  #take(item) {
    const { box } = this;
    box.value = item.value;
    const hint = this.#hint() ?? make("p", { class: "hint", id: `${box.id}-title` });
    hint.textContent = item.label;
    box.closest(".field").append(hint);
    box.setAttribute("aria-describedby", [...new Set([...(box.getAttribute("aria-describedby") ?? "").split(" "), hint.id])].join(" ").trim());
  }

  #hint() {
    return document.getElementById(`${this.box.id}-title`);
  }

  #key(event) {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const open = !this.list.hidden;
    const last = this.#items.length - 1;
    switch (event.key) {
      case "ArrowDown":
        event.preventDefault();
        if (open) this.#mark(this.#active < last ? this.#active + 1 : -1);
        else this.#ask();
        break;
      case "ArrowUp":
        if (!open) return;
        event.preventDefault();
        this.#mark(this.#active < 0 ? last : this.#active - 1);
        break;
      case "Enter":
        if (!open || this.#active < 0) return this.close();
        event.preventDefault();
        this.#choose(this.#items[this.#active]);
        break;
      case "Escape":
        // The first press closes the list; only the next one empties the box.
        if (!open) return;
        event.preventDefault();
        this.close();
        break;
    }
  }
}

for (const box of document.querySelectorAll(".searchbar input[type=search], input[data-records]")) new Suggestions(box);
