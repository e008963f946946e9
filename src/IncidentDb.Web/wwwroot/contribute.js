// The form saves itself while somebody writes; everything works without this file.
const form = document.querySelector("form[data-autosave]");
if (form) {
  const said = form.querySelector("[data-saved]");
  const lacks = form.querySelector("[data-lacks]");
  const version = form.elements.namedItem("version");
  let timer = 0;
  let busy = false;
  let again = false;
  let dirty = false;

  const say = text => { said.textContent = text; };

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
        say(`Saved ${new Date(saved.saved).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
        lacks.replaceChildren(...(saved.lacks.length ? saved.lacks : ["nothing: it is as complete as a record gets"]).map(text => {
          const item = document.createElement("li");
          item.textContent = text;
          return item;
        }));
      } else if (answer.status === 409) {
        say("Saved elsewhere meanwhile: press “Save draft” to see the difference.");
      } else {
        say("Not saved by itself: press “Save draft”.");
      }
    } catch {
      dirty = true;
      say("No connection: what you typed is only in this page.");
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
  addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
}
