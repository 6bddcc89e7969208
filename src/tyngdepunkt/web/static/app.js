// Small improvements; every page works without them.

// A form that came back with faults is read from its summary.
document.querySelector("[data-focus]")?.focus();

// After a swap: move focus where the new part asks for it, or say what has changed.
document.addEventListener("htmx:after:swap", () => {
  const wanted = document.querySelector("[data-focus]");
  if (wanted) {
    wanted.removeAttribute("data-focus");
    wanted.focus();
  }
  const told = document.querySelector("[data-announce]");
  if (told) {
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = told.dataset.announce;
    told.removeAttribute("data-announce");
  }
});
