// The player: one shot, shot after shot, or the finished cut. Two videos take turns, so that a cut is a cut.

import { clock, one } from "./dom.js";

export class Player {
  /** `onShot(id)` is called when another shot is to be seen; `where` tells the address of a `still`, a `clip`, a `film`. */
  constructor(onShot, where) {
    this.onShot = onShot;
    this.where = where;
    this.shots = [];
    this.byId = new Map();
    this.cut = null;
    this.current = null;
    this.onward = false;
    this.film = false;
    this.muted = false;
    this.starting = false; // what is brought in front is about to be played
    this.videos = [...document.querySelectorAll("#screen video")];
    this.front = this.videos[0];
    for (const video of this.videos) this.#hear(video);
    one("play").onclick = () => this.toggle();
    one("back").onclick = () => this.go(-1);
    one("next").onclick = () => this.go(1);
    one("unmute").onclick = () => this.#sound();
  }

  get playing() {
    return !this.front.paused && !this.front.ended;
  }

  setShots(shots) {
    this.shots = shots;
    this.byId = new Map(shots.map((shot) => [shot.id, shot]));
    if (this.current && !this.byId.has(this.current)) this.current = null;
    if (!this.current && shots.length) this.select((shots.find((shot) => shot.heading) ?? shots[0]).id);
    else this.#refresh();
  }

  setCut(cut, seconds) {
    this.cut = cut;
    one("whole").textContent = ` / ${clock(Math.round(seconds))}`;
  }

  /** Forget everything that was shown. */
  clear() {
    this.setCut(null, 0);
    this.#stop();
    this.film = false;
    this.current = null;
    this.setShots([]);
    this.#hide();
    this.#poster({});
  }

  /** Show a shot without playing it. */
  select(id) {
    this.#leave();
    this.#take(id);
    this.#refresh();
  }

  /** Play a shot, and whatever follows it if `onward`. */
  play(id, onward = false) {
    this.#leave();
    this.#take(id);
    this.onward = onward;
    this.starting = Boolean(this.byId.get(id)?.clip);
    this.#refresh();
    if (this.starting) this.#start();
    else if (onward) this.#follow();
    this.starting = false;
  }

  /** Play on from here, or stop. */
  toggle() {
    if (this.playing) return void this.#stop();
    if (!this.current) return;
    if (this.film) return void this.#start();
    if (this.cut?.fresh) return void this.#playFilm(this.current);
    this.play(this.current, true);
  }

  /** One shot forward or back. */
  go(step) {
    const index = this.shots.findIndex((shot) => shot.id === this.current) + step;
    const shot = this.shots[Math.min(Math.max(index, 0), this.shots.length - 1)];
    if (!shot) return;
    const playing = this.playing;
    if (playing && this.film) this.#playFilm(shot.id);
    else if (playing) this.play(shot.id, this.onward);
    else this.select(shot.id);
  }

  #hear(video) {
    video.addEventListener("ended", () => video === this.front && this.#ended());
    video.addEventListener("timeupdate", () => video === this.front && this.#tick());
    for (const kind of ["play", "pause", "playing"]) {
      video.addEventListener(kind, () => video === this.front && this.#button());
    }
    video.addEventListener("playing", () => video === this.front && this.#show(video));
    video.addEventListener("loadeddata", () => video === this.front && this.#ready(video));
    video.addEventListener("error", () => video.removeAttribute("data-clip"));
  }

  #take(id) {
    if (id === this.current) return;
    this.current = id;
    this.onShot(id);
  }

  #leave() {
    if (!this.film) return;
    this.film = false;
    this.#stop();
    this.front.removeAttribute("data-clip");
  }

  /** Load what the current shot has now; a shot that is playing is let go on. */
  #refresh() {
    const shot = this.byId.get(this.current);
    if (!shot || this.film) return;
    one("screen").classList.toggle("old", shot.state !== "ready" && Boolean(shot.clip));
    this.#poster(shot);
    if (shot.clip && this.front.dataset.clip !== shot.clip) this.#bring(shot);
    if (!shot.clip) this.#hide();
    this.#prepare();
    this.#tick();
  }

  #poster(shot) {
    const poster = one("poster");
    const wanted = shot.still ? this.where.still(shot.still) : "";
    if (poster.getAttribute("src") !== wanted) {
      if (wanted) poster.src = wanted;
      else poster.removeAttribute("src");
    }
    poster.classList.toggle("seen", Boolean(wanted));
  }

  /** The video that holds a shot, in front; loaded unless it was prepared. */
  #bring(shot) {
    const ready = this.videos.find((video) => video.dataset.clip === shot.clip);
    const video = ready ?? this.videos.find((one) => one !== this.front);
    const before = this.front;
    this.front = video;
    before.pause();
    if (!ready) this.#load(video, shot);
    else {
      video.currentTime = 0;
      if (video.readyState >= 2) this.#ready(video);
    }
    if (!this.starting && one("poster").hasAttribute("src")) for (const each of this.videos) each.classList.remove("seen");
  }

  /** Its picture says more of a shot that is not played than its first frame, which may be black. */
  #ready(video) {
    if (this.film || this.starting || !video.paused || !one("poster").hasAttribute("src")) this.#show(video);
  }

  #load(video, shot) {
    video.dataset.clip = shot.clip;
    video.dataset.shot = shot.id;
    video.src = this.where.clip(shot.clip);
  }

  #show(video) {
    for (const each of this.videos) each.classList.toggle("seen", each === video);
    one("poster").classList.remove("seen");
  }

  #hide() {
    for (const each of this.videos) {
      each.pause();
      each.classList.remove("seen");
      each.removeAttribute("data-clip");
    }
  }

  /** Load the next shot behind the one that is seen. */
  #prepare() {
    const next = this.#after();
    const back = this.videos.find((video) => video !== this.front);
    if (this.onward && next?.clip && back.dataset.clip !== next.clip) this.#load(back, next);
  }

  #after() {
    const index = this.shots.findIndex((shot) => shot.id === this.current);
    return this.shots.slice(index + 1).find((shot) => shot.clip);
  }

  #ended() {
    if (!this.film && this.onward) this.#follow();
    else this.#button();
  }

  #follow() {
    const next = this.#after();
    if (next) this.play(next.id, true);
    else this.onward = false;
  }

  #playFilm(id) {
    const start = this.cut.shots.find((shot) => shot.id === id)?.at ?? 0;
    const name = `film-${this.cut.name}`;
    this.film = true;
    one("screen").classList.remove("old");
    this.#take(id);
    if (this.front.dataset.clip !== name) {
      this.front.dataset.clip = name;
      this.front.src = this.where.film(this.cut.name);
    }
    this.front.currentTime = start + 0.001;
    this.#start();
  }

  async #start() {
    const video = this.front;
    if (video.ended) video.currentTime = 0;
    video.muted = this.muted;
    try {
      await video.play();
    } catch (problem) {
      if (problem.name !== "NotAllowedError") return;
      this.muted = video.muted = true; // the browser wants to be touched before it makes a sound
      one("unmute").hidden = false;
      await video.play().catch(() => {});
    }
    this.#prepare();
  }

  #stop() {
    this.onward = false;
    this.front.pause();
  }

  #sound() {
    this.muted = false;
    for (const video of this.videos) video.muted = false;
    one("unmute").hidden = true;
  }

  #button() {
    one("play").classList.toggle("on", this.playing);
    one("play").setAttribute("aria-label", this.playing ? "pause" : "play");
  }

  #tick() {
    const shot = this.byId.get(this.current);
    const at = this.film ? this.front.currentTime : (shot?.at ?? 0) + this.#inside();
    one("at").textContent = clock(at);
    if (this.film) {
      const seen = this.cut?.shots.findLast((each) => each.at <= this.front.currentTime + 0.01);
      if (seen && this.byId.has(seen.id)) this.#take(seen.id);
    }
    this.#button();
  }

  #inside() {
    return this.front.dataset.shot === this.current ? this.front.currentTime : 0;
  }
}
