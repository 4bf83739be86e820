// The film as the page knows it: scenes with their shots, sheets with their lines, each kept until another one comes.

const cards = new Map();
const rows = new Map();
const whole = new WeakMap();
let scenes = [];
let sheets = [];

/** Take what is new. Gives the names of the parts that are to be shown again. */
export function take(parts) {
  const touched = new Set();
  for (const [name, content] of Object.entries(parts)) {
    const cut = name.indexOf("/");
    const [part, key] = cut < 0 ? [name, ""] : [name.slice(0, cut), name.slice(cut + 1)];
    if (part === "cards") cards.set(key, content);
    else if (part === "rows") rows.set(key, content);
    else if (part === "shots") scenes = content;
    else if (part === "script") sheets = content.sheets;
    touched.add(part === "cards" ? "shots" : part);
  }
  forget(cards, scenes.map((scene) => scene.id), "shots" in parts);
  forget(rows, sheets, "script" in parts);
  return touched;
}

/** All shots in story order; one that is as it was is the very same object. */
export function shots() {
  return scenes.flatMap((scene) => (cards.get(scene.id) ?? []).map((card) => shot(scene, card)));
}

/** The sheets of the script in order: their names and their lines. */
export function script() {
  return sheets.map((name) => ({ name, rows: rows.get(name) ?? [] }));
}

function shot(scene, card) {
  const number = card.number ? `${scene.number}.${card.number}` : "";
  const at = scene.at + card.at;
  const before = whole.get(card);
  if (before?.number === number && before.at === at && before.heading === scene.heading) return before;
  const now = { ...card, number, at, scene: scene.id, heading: scene.heading };
  whole.set(card, now);
  return now;
}

function forget(map, wanted, now) {
  if (!now) return;
  const keep = new Set(wanted);
  for (const key of [...map.keys()]) if (!keep.has(key)) map.delete(key);
}
