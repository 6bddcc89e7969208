// Sliders beside the number fields, and the order while one drags. Everything works without this file.
// The server answers POST /case/…/weigh with a table; only the newest answer is shown.

for (const number of document.querySelectorAll("[data-weight-number]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = "100";
  slider.value = number.value || "0";
  slider.className = "ds-input weight-slider";
  slider.setAttribute("aria-label", number.getAttribute("aria-label"));
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", () => { slider.value = number.value.replace(",", ".") || "0"; });
  number.after(slider);
}

for (const form of document.querySelectorAll("form[data-live]")) {
  const target = document.querySelector(form.dataset.live);
  let waiting = false;
  let again = false;
  const ask = async () => {
    if (waiting) { again = true; return; }
    waiting = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (answer.ok || answer.status === 422) target.innerHTML = await answer.text();
    } finally {
      waiting = false;
      if (again) { again = false; ask(); }
    }
  };
  form.addEventListener("input", ask);
}
