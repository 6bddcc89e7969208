// Sliders beside the number fields, and the order while one weighs. Everything works without this file.
// The server answers POST /case/…/weigh with a fragment; an answer that is no longer asked for is dropped.

const WAIT = 80; // ms after the last movement before the server is asked
const QUIET = 700; // ms of rest before the order is read out

const valueOf = (input) => Number.parseFloat(input.value.replace(",", "."));
// An empty field stands at the end that it counts as: from 0, to 100.
const standing = (input) => {
  const value = valueOf(input);
  return Number.isNaN(value) ? (input.name.startsWith("high.") ? 100 : 0) : value;
};
const changed = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));

function bind(number) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = "100";
  slider.step = "1";
  slider.className = "weight-slider";
  slider.setAttribute("aria-label", number.dataset.weightNumber);
  const follow = () => { slider.value = String(standing(number)); };
  follow();
  slider.addEventListener("input", (event) => {
    event.stopPropagation();
    number.value = slider.value;
    choosePoints(number.form);
    keepInOrder(number);
    changed(number);
  });
  number.addEventListener("input", () => { follow(); know(number); });
  number.before(slider);
}

// Whoever moves a slider has points in mind, unless ranges are chosen.
function choosePoints(form) {
  const kind = form.querySelector('[name="kind"]:checked')?.value;
  if (kind !== "points" && kind !== "ranges") form.querySelector('[name="kind"][value="points"]').checked = true;
}

// A slider takes the other end along, so that from is never above to. Typing does not: while one writes 40,
// there is a moment when it says 4, and the number beside it must not follow.
function keepInOrder(number) {
  const [end, id] = [number.name.slice(0, number.name.indexOf(".")), number.name.slice(number.name.indexOf(".") + 1)];
  if (number.form.querySelector('[name="kind"]:checked')?.value !== "ranges") return;
  const other = number.form.elements[`${end === "low" ? "high" : "low"}.${id}`];
  if (!other || other.value === "" || number.value === "") return;
  const wrong = end === "low" ? valueOf(number) > valueOf(other) : valueOf(number) < valueOf(other);
  if (!wrong) return;
  other.value = number.value;
  const slider = other.previousElementSibling;
  if (slider?.type === "range") slider.value = String(standing(other));
}

function know(number) {
  const unknown = number.form.elements[`unknown.${number.name.slice(number.name.indexOf(".") + 1)}`];
  if (unknown) unknown.checked = false;
}

function showSum(form) {
  const told = form.querySelector("[data-weight-sum]");
  if (!told) return;
  const known = [...form.querySelectorAll('[name^="low."]')]
    .filter((each) => !form.elements[`unknown.${each.name.slice(4)}`]?.checked);
  const sum = known.reduce((total, each) => total + (valueOf(each) || 0), 0);
  told.hidden = false;
  told.textContent = `${told.dataset.weightSum} ${String(Math.round(sum * 10) / 10).replace(".", document.documentElement.lang === "en" ? "." : ",")}.`;
}

function answer(area) {
  const form = area.closest("form") ?? area;
  const target = document.querySelector(area.dataset.live);
  const action = area.dataset.liveAction ?? form.action;
  let timer = 0;
  let reading = 0;
  let asked = null;
  const say = () => {
    const told = target.querySelector("[data-announce]")?.dataset.announce;
    const announcer = document.getElementById("announcer");
    if (told && announcer) announcer.textContent = told;
  };
  // An old order beside new weights would mislead: it goes, and what happened is said in its place.
  const failed = () => {
    const told = document.createElement("p");
    told.className = "ds-validation-message";
    told.textContent = told.dataset.announce = area.dataset.liveFailed ?? "";
    target.replaceChildren(told);
  };
  const ask = async (aloud) => {
    asked?.abort();
    const mine = asked = new AbortController();
    target.setAttribute("aria-busy", "true");
    try {
      const got = await fetch(action, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body: new URLSearchParams(new FormData(form)),
        signal: mine.signal,
      });
      const text = await got.text();
      if (mine !== asked) return;
      if (got.ok || got.status === 422) target.innerHTML = text;
      else failed();
      clearTimeout(reading);
      if (aloud) reading = setTimeout(say, QUIET);
    } catch (fault) {
      if (fault.name === "AbortError") return;
      failed();
      if (aloud) say();
    } finally {
      if (mine === asked) target.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("input", (event) => {
    if (!area.contains(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(true), WAIT);
  });
  ask(false);
}

for (const number of document.querySelectorAll("[data-weight-number]")) bind(number);
for (const form of new Set([...document.querySelectorAll("[data-weight-sum]")].map((each) => each.closest("form")))) {
  form.addEventListener("input", () => showSum(form));
  showSum(form);
}
for (const area of document.querySelectorAll("[data-live]")) answer(area);
