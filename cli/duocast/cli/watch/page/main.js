// The page: what the server tells goes to the parts that show it; what is chosen goes to the player.

import { make, one } from "./dom.js";
import { script, shots, take } from "./film.js";
import { showFindings } from "./findings.js";
import { listen } from "./news.js";
import { Player } from "./player.js";
import { goTo, markFindings, markLines, showScript } from "./script.js";
import { markShot, showShots, showWork } from "./storyboard.js";

const AIMS = { changed: "making what changed", stills: "drawing stills", shots: "making shots", cut: "putting the film together" };
const WHERE = { still: (id) => `still/${id}.jpg`, clip: (id) => `shot/${id}.mp4`, film: (id) => `film/${id}.mp4` };
let awaited = null; // the changed shot that is to be seen as soon as it is made
let save = 0;
let work = { doing: [], failed: {} };
let film = null;

const player = new Player((id) => {
  const shot = player.byId.get(id);
  one("now-number").textContent = shot?.number || "Title";
  one("now-words").textContent = shot ? shot.heard.map((each) => each.text).join(" ") || shot.camera : "";
  markShot(id);
  markLines(id);
}, WHERE);

const play = (id) => {
  awaited = null;
  player.play(id);
};

const shows = {
  film(told) {
    film = told;
    document.title = `${told.title} · duocast`;
    one("title").textContent = told.title;
    one("author").textContent = told.author;
    document.documentElement.style.setProperty("--aspect", `${told.width}/${told.height}`);
    player.setCut(told.cut, told.seconds);
  },
  shots() {
    const told = shots();
    player.setShots(told);
    showShots(told, play);
    showWork(work);
    markShot(player.current);
    seeAwaited();
  },
  script() {
    showScript(script(), play);
  },
  findings(told) {
    showFindings(told, see);
    markFindings(told.items);
    const id = told.changed[0];
    if (save && told.save !== save && id) awaited = { id, before: player.byId.get(id)?.clip };
    save = told.save;
    seeAwaited();
  },
  work(told) {
    work = told;
    showWork(told);
    one("work").replaceChildren(...working(told));
  },
};

/** A shot that was changed is shown when it has come, unless the viewer is watching something else. */
function seeAwaited() {
  if (!awaited || !one("follow").checked) return;
  const shot = player.byId.get(awaited.id);
  if (shot?.state !== "ready" || shot.clip === awaited.before) return;
  awaited = null;
  if (!player.playing || !player.onward) player.play(shot.id);
}

function working(told) {
  if (told.broken) return [told.broken];
  if (!told.aim) return [film?.mode === "check" ? "only checking" : ""];
  const bar = make("i");
  bar.style.setProperty("--part", `${told.total ? Math.round((100 * told.done) / told.total) : 0}%`);
  const left = told.seconds > 1 ? `, about ${told.seconds} s` : "";
  return [`${AIMS[told.aim]}${left}`, bar];
}

function see(line) {
  show("script");
  goTo(line);
}

function show(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll("[data-show]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.show === view));
  }
}

function linked(is) {
  const link = one("link");
  link.textContent = is ? "live" : "waiting for duocast";
  link.className = is ? "link" : "link lost";
}

function pressed(event) {
  const field = event.target.closest("input, textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || field) return;
  const button = event.target.closest("button");
  if (event.key === " " && !button) player.toggle();
  else if (event.key === "ArrowRight") player.go(1);
  else if (event.key === "ArrowLeft") player.go(-1);
  else return;
  event.preventDefault();
}

for (const tab of document.querySelectorAll("[data-show]")) tab.onclick = () => show(tab.dataset.show);
document.addEventListener("keydown", pressed);
new ResizeObserver(([stage]) => {
  document.documentElement.style.setProperty("--stage-height", `${Math.round(stage.borderBoxSize[0].blockSize)}px`);
}).observe(document.querySelector(".stage"));
listen((parts) => {
  const touched = take(parts);
  for (const part of ["film", "findings", "script", "shots", "work"]) if (touched.has(part)) shows[part](parts[part]);
}, linked);
