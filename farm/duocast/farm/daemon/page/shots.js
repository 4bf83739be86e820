// The shots: a card for each in story order with its picture as it comes, and the cut so far in one player.

import { media } from "./api.js";
import { make, one } from "./dom.js";
import { Player } from "./player.js";
import { Reel } from "./reel.js";
import { empty } from "./say.js";
import { count, number, percent } from "./words.js";

const GAP = 14;
const WORDS = 30; // pixels under a picture: its name, and why it waits
const WHY = 18;
const HEAD = 46;
const NARROW = 158;
const WIDE = 200;
const blobs = new Map(); // by digest
let reel = null;
let player = null;
let farm = null;
let look = () => {};
let shots = [];
let came = null; // the pictures known so far, by shot: what comes later is new
let aspect = 16 / 9;
let columns = 0;

/** `task(address)` is called for a shot that has no clip yet: the task that makes it is to be seen. */
export function openShots(theFarm, task) {
  farm = theFarm;
  look = task;
  reel = new Reel(one("shot-list"), fill);
  const where = (digest) => media(blobs.get(digest));
  player = new Player(seen, { still: where, clip: where, film: where });
  one("strip").onclick = (event) => {
    const shot = shots[Math.floor((event.offsetX / one("strip").clientWidth) * shots.length)];
    if (shot) player.play(shot.id, true);
  };
  new ResizeObserver(() => lay()).observe(one("shot-list"));
  addEventListener("duocast-theme", () => draw());
}

/** Another job: nothing of the last one stays. */
export function clearShots() {
  shots = [];
  came = null;
  blobs.clear();
  player.clear();
  reel.show([]);
}

/** Show what the farm knows of the shots of the job that is looked at. */
export function showShots() {
  const told = farm.open?.shots;
  const none = one("no-shots");
  document.querySelector(".stage").hidden = !told?.length;
  if (!told) return empty(none, "One moment", "The shots are on their way.");
  if (!told.length) return empty(none, "No shots", "This job makes no pictures; its tasks tell what it does.");
  none.hidden = true;
  let at = 0;
  shots = told.map((shot) => {
    for (const blob of [shot.clip, shot.thumb]) if (blob) blobs.set(blob.digest, blob);
    const one = { ...shot, id: shot.shot, clip: shot.clip?.digest, still: shot.thumb?.digest, at, made: shot.state };
    one.state = one.clip ? "ready" : shot.state;
    at += shot.seconds ?? 0;
    return one;
  });
  const first = came === null;
  came ??= new Map();
  const fresh = shots.filter((shot) => shot.still && came.get(shot.id) !== shot.still).map((shot) => shot.id);
  for (const shot of shots) if (shot.still) came.set(shot.id, shot.still);
  lay(first ? [] : fresh);
  player.setShots(shots);
  cut(at);
}

/** What is being worked on has moved. */
export function showProgress() {
  reel.ask();
}

export const playing = () => player;

function cut(seconds) {
  const master = farm.open.master;
  const ready = shots.filter((shot) => shot.clip);
  if (master) blobs.set(master.digest, master);
  player.setCut(master ? { name: master.digest, fresh: true, shots: seconds ? shots.map(({ id, at }) => ({ id, at })) : [] } : null, seconds);
  if (!seconds) one("whole").textContent = "";
  const words = master
    ? "The whole film, as it was delivered."
    : ready.length
      ? `${number(ready.length)} of ${count(shots.length, "shot")} can be played, in a row.`
      : `${count(shots.length, "shot")} to come.`;
  one("cut-words").replaceChildren(make("span", { text: words }));
  if (master) one("cut-words").append(make("a", { href: media(master), download: `${farm.job?.name ?? "film"}${master.suffix}`, text: "Save the film" }));
  draw();
}

/** The rows: a heading where the scene changes, then cards side by side. */
function lay(fresh = []) {
  const whole = one("shot-list").clientWidth;
  if (!whole || !shots.length) return reel.show([]);
  const least = whole < 520 ? NARROW : WIDE;
  columns = Math.max(2, Math.floor((whole + GAP) / (least + GAP)));
  const wide = (whole - GAP * (columns - 1)) / columns;
  const height = Math.round(wide / aspect + WORDS + GAP);
  const tall = (shot) => !shot.clip || shot.seconds;
  one("shot-list").style.setProperty("--wide", `${wide}px`);
  one("shot-list").style.setProperty("--columns", columns);
  const rows = [];
  for (const scene of scenes()) {
    rows.push({ key: `scene ${scene.shots[0].id}`, height: HEAD, head: scene });
    for (let at = 0; at < scene.shots.length; at += columns) {
      const here = scene.shots.slice(at, at + columns);
      rows.push({ key: here[0].id, height: height + (here.some(tall) ? WHY : 0), shots: here, scene: scene.name, fresh });
    }
  }
  reel.show(rows);
}

/** Runs of shots of one scene; a title at the beginning or the end stands with the scene beside it. */
function scenes() {
  const found = [];
  for (const shot of shots) {
    const name = shot.id.split("/").slice(0, -1).join("/");
    if (found.at(-1)?.name !== name) found.push({ name, shots: [] });
    found.at(-1).shots.push(shot);
  }
  const alone = (scene) => found.length > 1 && scene.shots.length === 1;
  if (alone(found[0])) found[1].shots.unshift(...found.shift().shots);
  if (alone(found.at(-1))) {
    const { shots: last } = found.pop();
    found.at(-1).shots.push(...last);
  }
  return found;
}

function fill(element, row) {
  if (row.head) return heading(element, row.head);
  element.className = "reel-row cards";
  while (element.children.length > row.shots.length) element.lastElementChild.remove();
  row.shots.forEach((shot, index) => {
    const card = element.children[index] ?? element.appendChild(build());
    write(card, shot, row);
  });
}

function heading(element, scene) {
  element.className = "reel-row scene";
  const made = scene.shots.filter((shot) => shot.clip).length;
  const words = scene.name.replaceAll("-", " ") || "film";
  if (element.dataset.words === `${words} ${made}`) return;
  element.dataset.words = `${words} ${made}`;
  element.replaceChildren(make("h3", {}, make("b", { text: words }), make("span", { text: `${made} of ${scene.shots.length}` })));
}

function build() {
  const image = make("img", { alt: "", decoding: "async" });
  image.onload = () => measure(image);
  image.onerror = () => (image.hidden = true);
  const parts = { image, words: make("span", { class: "words" }), state: make("span", { class: "what" }), note: make("span", { class: "note" }), bar: make("i") };
  const card = make("button", { type: "button", class: "card" }, make("span", { class: "still" }, image, parts.note, make("span", { class: "bar" }, parts.bar)), parts.words, parts.state);
  card.parts = parts;
  card.onclick = () => (card.shot.clip ? player.play(card.shot.id) : look(card.shot.id));
  return card;
}

/** What a shot is called: in another scene's row, by its own scene. */
function named(shot, row) {
  const [scene, name] = [shot.id.split("/").slice(0, -1).join("/"), shot.id.split("/").at(-1)];
  return (scene === row.scene || !scene ? name : scene).replaceAll("-", " ");
}

function write(card, shot, row) {
  card.shot = shot;
  card.dataset.shot = shot.id;
  card.dataset.state = shot.made;
  const { image, words, state, note, bar } = card.parts;
  if (image.dataset.digest !== (shot.still ?? "")) {
    image.dataset.digest = shot.still ?? "";
    image.hidden = !shot.still;
    if (shot.still) image.src = media(blobs.get(shot.still));
    else image.removeAttribute("src");
    card.classList.toggle("new", row.fresh.includes(shot.id));
  }
  const fraction = farm.open?.fractions.get(shot.task ?? `${shot.id}/clip`) ?? 0;
  const busy = shot.made === "running";
  card.className = ["card", shot.made, card.classList.contains("new") && "new", shot.id === player.current && "on"].filter(Boolean).join(" ");
  bar.style.width = `${Math.max(3, Math.round(100 * fraction))}%`;
  note.textContent = shot.clip || shot.made === "waiting" || shot.made === "ready" ? "" : busy ? percent(fraction) : shot.made;
  words.textContent = named(shot, row);
  const why = (shot.reason || shot.made).replaceAll(`${shot.id}/`, "its ");
  state.textContent = shot.clip ? (shot.seconds ? `${shot.seconds.toFixed(1)} s` : "") : why;
  state.title = shot.clip ? "" : (shot.reason ?? "");
  card.setAttribute("aria-label", `${shot.id.replaceAll("-", " ")}: ${shot.clip ? "play" : why}`);
}

/** The shape of the film is that of its first picture. */
function measure(image) {
  const found = image.naturalWidth / image.naturalHeight;
  if (!found || Math.abs(found - aspect) < 0.01) return;
  aspect = found;
  document.documentElement.style.setProperty("--aspect", `${image.naturalWidth}/${image.naturalHeight}`);
  lay();
}

function seen(id) {
  const shot = player.byId.get(id);
  one("now-number").textContent = shot ? id.split("/").at(-1).replaceAll("-", " ") : "";
  one("now-words").textContent = shot ? id.split("/").slice(0, -1).join("/").replaceAll("-", " ") : "";
  reel.ask();
  draw();
}

/** All shots as one strip: what can be played, what is at work, what has failed, and where the player is. */
function draw() {
  const strip = one("strip");
  const wide = strip.clientWidth;
  if (!wide || !shots.length) return;
  const ratio = devicePixelRatio || 1;
  const high = strip.clientHeight;
  if (strip.width !== Math.round(wide * ratio)) strip.width = Math.round(wide * ratio);
  if (strip.height !== Math.round(high * ratio)) strip.height = Math.round(high * ratio);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name);
  const here = colour("--ink");
  const colours = { playable: colour("--bar-ready"), running: colour("--mark"), failed: colour("--bad"), blocked: colour("--bad"), rest: colour("--bar") };
  const pen = strip.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, wide, high);
  const step = wide / shots.length;
  const gap = step > 5 ? 2 : 0;
  shots.forEach((shot, index) => {
    pen.fillStyle = shot.id === player.current ? here : shot.clip ? colours.playable : (colours[shot.made] ?? colours.rest);
    pen.fillRect(index * step, 0, Math.max(step - gap, 1), high);
  });
  const ready = shots.filter((shot) => shot.clip).length;
  strip.setAttribute("aria-label", `${number(ready)} of ${count(shots.length, "shot")} can be played`);
}

/** The strip follows the width of its place. */
export const redraw = () => draw();
