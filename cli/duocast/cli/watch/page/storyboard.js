// The storyboard: a card for every shot, and the strip of all shots under the player.

import { arrange, make, one, reveal } from "./dom.js";

const cards = new Map();
const bars = new Map();
const heads = new Map();
const grids = new Map();
const filled = new Map();
const DENSE = 120; // shots in the strip from which there is no room between them
let told = new Set();
let seen = null;

/** Show the shots; `play(id)` is called for the one that is chosen. A shot that is the same object is as it was. */
export function showShots(shots, play) {
  const known = new Set(shots.map((shot) => shot.id));
  for (const map of [cards, bars, filled]) {
    for (const id of [...map.keys()]) if (!known.has(id)) map.delete(id);
  }
  for (const shot of shots) {
    if (filled.get(shot.id) === shot) continue;
    const made = cards.has(shot.id);
    if (!made) build(shot, play);
    fill(shot, made);
    filled.set(shot.id, shot);
  }
  one("strip").classList.toggle("dense", shots.length > DENSE);
  arrange(one("strip"), shots.map((shot) => bars.get(shot.id)));
  arrange(one("board"), sections(shots));
}

/** Mark what is at work and what has failed. */
export function showWork(work) {
  const doing = new Map();
  for (const each of work.doing) doing.set(each.what, each);
  const before = told;
  told = new Set([...doing.keys(), ...Object.keys(work.failed)].filter((id) => cards.has(id)));
  for (const id of new Set([...before, ...told])) {
    const card = cards.get(id);
    if (!card) continue;
    const busy = doing.get(id);
    card.classList.toggle("busy", Boolean(busy));
    bars.get(id).classList.toggle("busy", Boolean(busy));
    if (busy) card.style.setProperty("--part", `${Math.max(4, Math.round(busy.fraction * 100))}%`);
    const wrong = work.failed[id];
    card.classList.toggle("failed", Boolean(wrong));
    bars.get(id).classList.toggle("failed", Boolean(wrong));
    card.parts.wrong.textContent = wrong ?? "";
    card.parts.wrong.hidden = !wrong;
  }
}

/** The shot that is seen. */
export function markShot(id) {
  for (const each of [seen, id]) {
    cards.get(each)?.classList.toggle("on", each === id);
    bars.get(each)?.classList.toggle("on", each === id);
    cards.get(each)?.toggleAttribute("aria-current", each === id);
  }
  const moved = seen !== id;
  seen = id;
  if (moved && matchMedia("(min-width: 861px)").matches) reveal(cards.get(id));
}

function build(shot, play) {
  const parts = {
    image: make("img", { alt: "", loading: "lazy", decoding: "async" }),
    number: make("span", { class: "number" }),
    length: make("span", { class: "length" }),
    words: make("span", { class: "words" }),
    camera: make("span", { class: "camera" }),
    wrong: make("span", { class: "wrong", hidden: true }),
  };
  const still = make("span", { class: "still" }, parts.image, parts.number, parts.length, make("span", { class: "bar" }));
  const card = make("button", { class: "card", type: "button", "data-shot": shot.id }, still, parts.words, parts.camera, parts.wrong);
  card.parts = parts;
  card.onclick = () => play(shot.id);
  cards.set(shot.id, card);
  const bar = make("button", { type: "button", tabIndex: -1 });
  bar.onclick = () => play(shot.id);
  bars.set(shot.id, bar);
}

function fill(shot, made) {
  const card = cards.get(shot.id);
  const bar = bars.get(shot.id);
  const { image, number, length, words, camera } = card.parts;
  const source = shot.still ? `still/${shot.still}.jpg` : "";
  if (image.getAttribute("src") !== source) {
    if (source) image.src = source;
    else image.removeAttribute("src");
    card.classList.toggle("new", made && Boolean(source));
  }
  image.hidden = !source;
  number.textContent = shot.number;
  number.hidden = !shot.number;
  length.textContent = `${shot.seconds.toFixed(1)} s`;
  words.replaceChildren(...spoken(shot));
  camera.textContent = [shot.people, shot.camera].filter(Boolean).join(" · ");
  card.classList.toggle("old", shot.state === "old");
  card.dataset.state = shot.state;
  bar.style.setProperty("--s", Math.max(shot.seconds, 0.05));
  const odd = Number.parseInt(shot.number, 10) % 2 ? "odd" : "";
  bar.className = [shot.clip && shot.state !== "ready" ? "old" : shot.state, odd, ...keep(bar)].join(" ");
  const label = `shot ${shot.number || "title"}, ${shot.seconds.toFixed(1)} seconds`;
  bar.setAttribute("aria-label", label);
  card.setAttribute("aria-label", `${label}: ${words.textContent}`);
}

const keep = (bar) => ["on", "busy", "failed"].filter((name) => bar.classList.contains(name));

function spoken(shot) {
  if (!shot.heard.length) return [make("i", { text: shot.heading ? "" : "Title" })];
  return shot.heard.flatMap(({ who, text }) =>
    who ? [make("b", { text: who }), `${text} `] : [make("i", { text: `${text} ` })],
  );
}

/** Headings and grids, in the order of the scenes. Titles stand with the scene beside them. */
function sections(shots) {
  const found = [];
  let grid = null;
  let cardsHere = [];
  const close = () => grid && arrange(grid, cardsHere);
  let scene = null;
  let number = 0;
  let waiting = [];
  for (const shot of shots) {
    const card = cards.get(shot.id);
    if (!shot.heading && !grid) {
      waiting.push(card);
      continue;
    }
    if (shot.heading && shot.scene !== scene) {
      close();
      scene = shot.scene;
      number += 1;
      found.push(head(scene, number, shot.heading));
      grid = gridOf(scene);
      found.push(grid);
      cardsHere = waiting;
      waiting = [];
    }
    cardsHere.push(card);
  }
  close();
  return found;
}

function head(scene, number, heading) {
  if (!heads.has(scene)) heads.set(scene, make("h2"));
  const element = heads.get(scene);
  element.replaceChildren(make("b", { text: number }), make("span", { text: heading }));
  return element;
}

function gridOf(scene) {
  if (!grids.has(scene)) grids.set(scene, make("div", { class: "grid" }));
  return grids.get(scene);
}
