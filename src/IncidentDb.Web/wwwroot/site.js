// Small comforts; every page works without this file.
document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const wanted = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
  const box = document.querySelector("input[type=search]");
  if (!wanted || !box || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});
