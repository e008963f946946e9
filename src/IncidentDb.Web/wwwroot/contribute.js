// The form saves itself and says what a new record looks like while somebody writes; everything works without this file.
const form = document.querySelector("form[data-autosave]");
const policy = window.trustedTypes?.createPolicy("incidentdb-contribute", { createHTML: text => text });
const parse = text => [...new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html").body.childNodes];

/** Puts nodes into a place without moving what somebody has under their eyes: what stands above the field being typed in may grow. */
const put = (place, nodes) => {
  const top = () => document.activeElement?.getBoundingClientRect().top ?? 0;
  const before = top();
  place.replaceChildren(...nodes);
  place.hidden = nodes.length === 0;
  scrollBy({ top: top() - before, behavior: "instant" });
};

/** Published records that the one being written looks like, under its title, from the server that finds them when it is sent. */
class Alikes {
  static #asked = /^(title|oneLine|started|(companies|sources)\[\d+\]\.(key|url))$/;
  #timer = 0;
  #request = null;
  #shown = "";

  constructor(form) {
    this.form = form;
    this.place = document.createElement("div");
    this.place.hidden = true;
    this.status = document.createElement("p");
    this.status.className = "vh";
    this.status.setAttribute("role", "status");
    form.elements.namedItem("title").closest(".field").after(this.place, this.status);
    form.addEventListener("input", event => { if (Alikes.#asked.test(event.target.name)) this.#later(); });
    if (form.elements.namedItem("title").value.trim()) this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#timer = setTimeout(() => this.#ask(), 300);
  }

  async #ask() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (Alikes.#asked.test(name) && value.trim() || name === "__RequestVerificationToken") fields.append(name, value);
    }
    const request = this.#request = new AbortController();
    try {
      const answer = await fetch(this.form.dataset.alikes, { method: "POST", body: fields, credentials: "same-origin", signal: request.signal });
      const text = answer.ok ? (await answer.text()).trim() : "";
      if (this.#request === request && text !== this.#shown) this.#show(text);
    } catch {
      // Typed on, or no connection: what was shown stays.
    }
  }

  #show(text) {
    this.#shown = text;
    put(this.place, parse(text));
    const found = this.place.querySelectorAll(".alikes__record").length;
    this.status.textContent = found === 0 ? "No record looks like it." : found === 1 ? "One record looks like it; it stands under the title." : `${found} records look like it; they stand under the title.`;
  }
}

/** The record as it would be read, beside the form: the server's own preview of what was saved, fetched again after each saving. */
class Preview {
  #request = null;

  constructor(form, button, save) {
    this.form = form;
    this.button = button;
    this.drawer = document.createElement("section");
    this.drawer.className = "drawer";
    this.drawer.id = "preview";
    this.drawer.hidden = true;
    this.drawer.tabIndex = 0;
    this.drawer.setAttribute("aria-label", "Preview");
    this.close = document.createElement("button");
    this.close.type = "button";
    this.close.className = "button button--quiet";
    this.close.textContent = "Close the preview";
    this.said = document.createElement("p");
    this.said.className = "notice";
    this.said.hidden = true;
    this.place = document.createElement("div");
    this.drawer.append(this.close, this.said, this.place);
    form.after(this.drawer);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "preview");
    button.addEventListener("click", event => {
      event.preventDefault();
      if (this.drawer.hidden) { this.#open(true); save(); } else { this.#open(false); }
    });
    this.close.addEventListener("click", () => this.#open(false));
    addEventListener("keydown", event => { if (event.key === "Escape" && !this.drawer.hidden && !event.defaultPrevented) this.#open(false); });
    form.addEventListener("saved", () => { if (!this.drawer.hidden) this.#fetch(); });
    form.addEventListener("notsaved", event => this.#say(event.detail));
  }

  /** Why the preview is not of what was typed; nothing when it is. */
  #say(text) {
    this.said.textContent = text;
    this.said.hidden = text === "";
  }

  #open(open) {
    const inside = this.drawer.contains(document.activeElement);
    this.drawer.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.close.focus();
    else if (inside) this.button.focus();
  }

  async #fetch() {
    this.#request?.abort();
    const request = this.#request = new AbortController();
    try {
      const answer = await fetch(this.form.action.replace(/\/edit$/, "/preview"), { credentials: "same-origin", signal: request.signal });
      const preview = answer.ok ? parse(await answer.text()).map(node => node.querySelector?.(".preview, .empty")).find(Boolean) : null;
      if (!preview) return this.#say("The preview could not be made: press “Save draft” and look again.");
      // The page has names of its own; a link to a place in the preview would lead elsewhere.
      for (const named of preview.querySelectorAll("[id]")) named.removeAttribute("id");
      for (const link of preview.querySelectorAll("a[href^='#']")) link.removeAttribute("href");
      this.place.replaceChildren(preview);
      this.#say("");
    } catch {
      // Typed on: the next answer counts.
      if (this.#request === request) this.#say("No connection: what you typed is only in this page.");
    }
  }
}

if (form?.dataset.alikes) new Alikes(form);
if (form) {
  const said = form.querySelector("[data-saved]");
  const lacks = form.querySelector("[data-lacks]");
  const version = form.elements.namedItem("version");
  let timer = 0;
  let busy = false;
  let again = false;
  let dirty = false;

  const say = text => { said.textContent = text; };
  const fail = text => {
    say(text);
    form.dispatchEvent(new CustomEvent("notsaved", { detail: text }));
  };

  const save = async () => {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    dirty = false;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      // What is said of look-alikes is judged when the form is sent.
      if (typeof value === "string" && !name.startsWith("match.")) fields.append(name, value);
    }
    fields.set("do", "save");
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok) {
        const saved = await answer.json();
        version.value = saved.version;
        form.dispatchEvent(new Event("saved"));
        say(`Saved ${new Date(saved.saved).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
        lacks?.replaceChildren(...(saved.lacks.length ? saved.lacks : ["nothing: it is as complete as a record gets"]).map(text => {
          const item = document.createElement("li");
          item.textContent = text;
          return item;
        }));
      } else if (answer.status === 409) {
        fail("Saved elsewhere meanwhile: press “Save draft” to see the difference.");
      } else {
        fail("Not saved by itself: press “Save draft”.");
      }
    } catch {
      dirty = true;
      fail("No connection: what you typed is only in this page.");
    }
    busy = false;
    if (again) save();
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
  });
  new Preview(form, form.querySelector("button[value=preview]"), save);
  addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
}
