// The map that can be zoomed. The page has a drawing and a table that say the same; where this module,
// WebGL or a file is missing, they are what is seen.

const place = document.getElementById("live-map");
if (place) start(place).catch((error) => console.warn(`The drawing stays: ${error.message}`));

async function start(box) {
  const told = JSON.parse(box.dataset.map);
  if (!told.library) return;
  const library = await import(told.library);
  library.setWorkerUrl(new URL(told.worker, location.href).href);
  const values = await (await fetch(told.values)).json();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  box.hidden = false;
  const map = new library.Map({
    container: box,
    style: style(told, values, dark.matches),
    bounds: told.bounds,
    fitBoundsOptions: { padding: 12 },
    minZoom: 2.5,
    maxZoom: told.background ? 15 : 11,
    maxBounds: [-25, 52, 60, 76],
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: calm ? 0 : 150,
    cooperativeGestures: true,
    attributionControl: false,
    locale: words(told.words),
  });
  box.parentElement.dataset.live = "";
  document.querySelector(".map-how").hidden = false;
  if (calm) map.scrollZoom.setZoomRate(1);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.ScaleControl({ unit: "metric" }), "top-left");
  map.addControl(new library.AttributionControl({ compact: false, customAttribution: named(told) }));
  box.append(aim());

  const known = new Map(values.items.map((item) => [item.code, item]));
  const tell = (code) => say(told, known.get(code), values.label);
  map.on("click", "colours", (event) => {
    const mark = map.queryRenderedFeatures(event.point, { layers: marks(told, map) })[0];
    const code = event.features[0].properties.code;
    choose(map, code);
    tell(code);
    if (mark?.properties.name) also(told, mark);
  });
  map.on("mousemove", "colours", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "colours", () => (map.getCanvas().style.cursor = ""));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const found = map.queryRenderedFeatures(map.project(map.getCenter()), { layers: ["colours"] })[0];
    if (found) choose(map, found.properties.code);
    tell(found?.properties.code);
  });
  dark.addEventListener("change", () => map.setStyle(style(told, values, dark.matches)));
  map.on("styledata", () => draw(map, told));
  map.once("load", async () => {
    if (told.place) await near(map, told, calm);
    box.dataset.ready = "";
  });
}

// Everything is drawn from our own files; no glyphs are fetched, letters are drawn by the browser itself.
function style(told, values, dark) {
  const colour = ["match", ["get", "code"]];
  for (const item of values.items) {
    if (item.class !== null) colour.push(item.code, told.colours[item.class]);
  }
  colour.push(told.missing);
  const none = values.items.filter((item) => item.class === null).map((item) => item.code);
  const sources = {
    municipalities: { type: "geojson", data: own(told.layers.municipalities), promoteId: "code" },
    centres: { type: "geojson", data: own(told.layers.centres) },
  };
  for (const name of told.show) sources[name] ??= { type: "geojson", data: own(told.layers[name]) };
  const layers = [{ id: "sea", type: "background", paint: { "background-color": dark ? "#1a2329" : "#e4edf1" } }];
  if (told.background) {
    sources.behind = { type: "raster", tiles: [told.background.tiles], tileSize: 256, maxzoom: 18 };
    layers.push({ id: "behind", type: "raster", source: "behind" });
  }
  const at = (id, rest) => layers.push({ id, source: "municipalities", ...rest });
  at("colours", { type: "fill", paint: { "fill-color": colour, "fill-opacity": told.background ? 0.6 : 1 } });
  at("without", { type: "fill", filter: ["in", ["get", "code"], ["literal", none]], paint: { "fill-pattern": "hatch" } });
  at("borders", { type: "line", paint: { "line-color": dark ? "#aab6bd" : "#5b656c", "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.3, 9, 1.4] } });
  if (told.show.includes("roads")) layers.push(...roads());
  at("chosen", {
    type: "line",
    filter: ["==", ["get", "code"], told.place ?? ""],
    paint: { "line-color": "#d1005b", "line-width": 3.5 },
  });
  for (const name of [...told.show].reverse()) {
    if (!told.marks[name]) continue;
    layers.push({
      id: `marks-${name}`,
      type: "symbol",
      source: name,
      filter: name === "towns" ? [">=", ["coalesce", ["get", "persons"], 0], ["step", ["zoom"], 5000, 6, 1000, 8, 0]] : true,
      layout: {
        "icon-image": `mark-${name}`,
        "icon-allow-overlap": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.7, 8, 1.1],
      },
    });
  }
  layers.push(letters("names", "centres", 3));
  if (told.show.includes("towns")) layers.push(letters("town-names", "towns", 7.5));
  return { version: 8, sources, layers };
}

function roads() {
  const line = (id, filter, colour, width, dash) => ({
    id,
    type: "line",
    source: "roads",
    filter,
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["linear"], ["zoom"], 4, width / 3, 9, width],
      ...(dash ? { "line-dasharray": dash } : {}),
    },
  });
  const of = (category) => ["all", ["==", ["get", "kind"], "road"], ["==", ["get", "category"], category]];
  return [
    { ...line("roads-county", of("F"), "#7a4a00", 1.1), minzoom: 6 },
    line("roads-national", of("R"), "#7a4a00", 2),
    line("roads-european", of("E"), "#7a4a00", 3),
    line("ferries", ["==", ["get", "kind"], "ferry"], "#0a4d68", 2, [2, 2]),
  ];
}

function letters(id, source, from) {
  return {
    id,
    type: "symbol",
    source,
    minzoom: from,
    layout: {
      "text-field": ["get", "name"],
      "text-font": ["Inter"],
      "text-size": ["interpolate", ["linear"], ["zoom"], 4, 11, 9, 15],
      "text-variable-anchor": ["top", "bottom", "left", "right"],
      "text-radial-offset": 0.6,
      "text-max-width": 9,
      "text-padding": 5,
      "symbol-sort-key": ["-", 0, ["coalesce", ["get", "weight"], ["get", "persons"], 0]],
    },
    paint: { "text-color": "#16191c", "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
  };
}

// The marks and the hatching are drawn here from the same shapes as on paper.
function draw(map, told) {
  for (const [name, [shape, colour]] of Object.entries(told.marks)) {
    if (!map.hasImage(`mark-${name}`)) map.addImage(`mark-${name}`, picture(16, (pen) => fill(pen, shape, colour)), { pixelRatio: 3 });
  }
  if (!map.hasImage("hatch")) map.addImage("hatch", picture(8, hatch, 2), { pixelRatio: 2 });
}

function picture(side, paint, scale = 3) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * scale;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  paint(pen, side);
  return pen.getImageData(0, 0, side * scale, side * scale);
}

function fill(pen, shape, colour) {
  pen.translate(8, 8);
  const path = new Path2D(shape);
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 2;
  pen.stroke(path);
  pen.fillStyle = colour;
  pen.fill(path);
}

function hatch(pen, side) {
  pen.strokeStyle = "#6b757c";
  pen.lineWidth = 1;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
  }
  pen.stroke();
}

function choose(map, code) {
  map.setFilter("chosen", ["==", ["get", "code"], code]);
}

// A place that is pointed out is shown with its surroundings.
async function near(map, told, calm) {
  const shapes = await (await fetch(own(told.layers.municipalities))).json();
  const found = shapes.features.find((each) => each.properties.code === told.place);
  if (!found) return;
  const points = found.geometry.coordinates.flat(found.geometry.type === "Polygon" ? 1 : 2);
  const across = points.map((point) => point[0]);
  const up = points.map((point) => point[1]);
  const bounds = [Math.min(...across), Math.min(...up), Math.max(...across), Math.max(...up)];
  map.fitBounds(bounds, { padding: 60, maxZoom: 7.5, animate: !calm });
}

function say(told, item, label) {
  const box = document.getElementById("map-told");
  if (!item) {
    box.textContent = told.words.nothing;
    return;
  }
  const line = document.createElement("p");
  line.className = "ds-paragraph";
  line.append(link(told.addresses.place.replace("CODE", item.code), item.name), ` (${item.county}): ${label}: ${item.text}`);
  box.replaceChildren(line);
}

// A mark that was hit is named too; a town has a page of its own.
function also(told, mark) {
  const line = document.createElement("p");
  line.className = "ds-paragraph";
  const { town, name } = mark.properties;
  line.append(town ? link(told.addresses.town.replace("CODE", town), name) : name);
  document.getElementById("map-told").append(line);
}

function link(address, text) {
  const made = document.createElement("a");
  made.className = "ds-link";
  made.href = address;
  made.textContent = text;
  return made;
}

function marks(told, map) {
  return told.show.map((name) => `marks-${name}`).filter((id) => map.getLayer(id));
}

function aim() {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", "map-aim");
  made.setAttribute("viewBox", "0 0 26 26");
  made.setAttribute("aria-hidden", "true");
  for (const [colour, width] of [["#ffffff", "5"], ["#d1005b", "2"]]) {
    const cross = document.createElementNS("http://www.w3.org/2000/svg", "path");
    cross.setAttribute("d", "M13,1V10M13,16V25M1,13H10M16,13H25");
    cross.setAttribute("stroke", colour);
    cross.setAttribute("stroke-width", width);
    made.append(cross);
  }
  return made;
}

function named(told) {
  const texts = [...told.named, ...(told.background ? [told.background.named] : [])];
  return texts.map((text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`));
}

function words(said) {
  return {
    "Map.Title": said.canvas,
    "NavigationControl.ZoomIn": said.zoom_in,
    "NavigationControl.ZoomOut": said.zoom_out,
    "AttributionControl.ToggleAttribution": said.sources,
    "CooperativeGesturesHandler.WindowsHelpText": said.ctrl,
    "CooperativeGesturesHandler.MacHelpText": said.command,
    "CooperativeGesturesHandler.MobileHelpText": said.fingers,
    "ScaleControl.Kilometers": said.km,
    "ScaleControl.Meters": said.m,
  };
}

function own(address) {
  return new URL(address, location.href).href;
}
