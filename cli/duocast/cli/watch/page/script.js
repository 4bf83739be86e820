// The script: every line as it stands in the file, set like a screenplay, each leading to its shot.

import { make, one, reveal } from "./dom.js";

const CHUNK = 100;
const PIECES = /(\[[^\]]*\]|\*{1,2}[^*]+\*{1,2})/;
let rows = [];
let lines = [];
let marked = "";
let findings = [];

/** Show the lines; `play(id)` is called with the shot of the one that is chosen. */
export function showScript(script, play) {
  const fresh = script.rows;
  const same = (a, b) => a && b && a.text === b.text && a.kind === b.kind;
  let start = 0;
  while (start < fresh.length && same(rows[start], fresh[start])) start += 1;
  let end = 0;
  const most = Math.min(rows.length, fresh.length) - start;
  while (end < most && same(rows[rows.length - 1 - end], fresh[fresh.length - 1 - end])) end += 1;
  const between = fresh.slice(start, fresh.length - end).map((row) => line(row, play));
  lines = [...lines.slice(0, start), ...between, ...lines.slice(lines.length - end)];
  rows = fresh;
  lines.forEach((element, index) => {
    if (element.dataset.n !== String(index + 1)) element.dataset.n = index + 1;
    refer(element, rows[index]);
  });
  lay();
  markLines(marked, false);
  markFindings(findings);
}

/** The lines of the shot that is seen. */
export function markLines(id, follow = true) {
  marked = id;
  let first = null;
  lines.forEach((element, index) => {
    const on = rows[index].shots.includes(id) && rows[index].kind !== "";
    element.classList.toggle("on", on);
    if (on && (rows[index].kind === "cue" || rows[index].kind === "speech" || rows[index].kind === "action")) first ??= element;
  });
  if (follow && matchMedia("(min-width: 861px)").matches) reveal(first);
}

/** Mark the lines that something is wrong with. */
export function markFindings(items) {
  findings = items;
  const worst = new Map();
  for (const item of items) {
    if (item.path || !item.line || item.severity === "note") continue;
    if (worst.get(item.line) !== "error") worst.set(item.line, item.severity);
  }
  lines.forEach((element, index) => {
    element.classList.toggle("error", worst.get(index + 1) === "error");
    element.classList.toggle("warning", worst.get(index + 1) === "warning");
  });
}

/** Go to a line. */
export function goTo(number) {
  const element = lines[number - 1];
  if (!element) return;
  element.scrollIntoView({ block: "center", behavior: "smooth" });
  element.classList.remove("here");
  requestAnimationFrame(() => element.classList.add("here"));
}

function line(row, play) {
  const kind = row.kind === "card" ? "card-line" : row.kind;
  const element = make("div", { class: `row ${kind}`, role: "listitem" }, ...pieces(row.text));
  const chosen = () => {
    const shots = element.dataset.shots?.split(" ");
    if (shots) play(shots[0]);
  };
  element.onclick = chosen;
  element.onkeydown = (event) => {
    if (event.key === "Enter") chosen();
  };
  return element;
}

function refer(element, row) {
  const shots = row.shots.join(" ");
  if (shots === (element.dataset.shots ?? "")) return;
  if (shots) {
    element.dataset.shots = shots;
    element.tabIndex = row.kind === "cue" || row.kind === "action" || row.kind === "heading" ? 0 : -1;
  } else {
    element.removeAttribute("data-shots");
    element.removeAttribute("tabindex");
  }
}

function pieces(text) {
  return text.trim().split(PIECES).filter(Boolean).map((piece) => {
    if (piece.startsWith("[") && text.trim() !== piece) return make("em", { text: piece });
    if (/^\*.*\*$/.test(piece)) return make("strong", { text: piece.replaceAll("*", "") });
    return piece;
  });
}

/** The lines in chunks, so that a browser lays out only what is seen of a long film. */
function lay() {
  const pane = one("script");
  const wanted = Math.ceil(lines.length / CHUNK);
  while (pane.children.length < wanted) pane.append(make("div", { class: "chunk", role: "presentation" }));
  while (pane.children.length > wanted) pane.lastElementChild.remove();
  for (let index = 0; index < wanted; index += 1) {
    const part = lines.slice(index * CHUNK, (index + 1) * CHUNK);
    const chunk = pane.children[index];
    if (part.length !== chunk.children.length || part.some((each, at) => chunk.children[at] !== each)) {
      chunk.replaceChildren(...part);
    }
  }
}
