// Small improvements; every page works without them.

const announcer = document.getElementById("announcer");
let held = "";

// Focus goes where a part asks for it; a form that came back with faults is read from its summary.
function focusWanted() {
  const wanted = document.querySelector("[data-focus]");
  wanted?.removeAttribute("data-focus");
  wanted?.focus();
  return Boolean(wanted);
}

// What a part says about itself is said once, also when it is the same as the last time.
function announce() {
  const told = document.querySelector("main [data-announce]");
  if (!told || !announcer) return;
  announcer.textContent = "";
  const words = told.dataset.announce;
  told.removeAttribute("data-announce");
  requestAnimationFrame(() => { announcer.textContent = words; });
}

focusWanted();

// On paper the whole address stands. The page itself is sent to all alike, and so without the service's name.
addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("[data-address]")) each.textContent = location.href;
});

document.addEventListener("htmx:before:swap", () => { held = document.activeElement?.id ?? ""; });

// A refused save is no part of a page: the form is sent the ordinary way, and the whole page says what to do.
document.addEventListener("htmx:before:response", (event) => {
  const { response, sourceElement } = event.detail.ctx;
  if (response.status < 400 || sourceElement?.type !== "submit" || !sourceElement.form) return;
  event.preventDefault();
  sourceElement.form.requestSubmit(sourceElement);
});

// After a swap nobody is left without focus: the same control again, or else the page's content.
document.addEventListener("htmx:after:swap", () => {
  announce();
  if (focusWanted()) return;
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && held) (document.getElementById(held) ?? document.getElementById("main"))?.focus();
});
