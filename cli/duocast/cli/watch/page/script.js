// The script: every line as it stands in the file, set like a screenplay, each leading to its shot. It comes in sheets, one
// for each scene; a sheet that stays the same stays where it is.

import { arrange, make, one } from "./dom.js";

const PIECES = /(\[[^\]]*\]|\*{1,2}[^*]+\*{1,2})/;
const SPOKEN = new Set(["cue", "speech", "action"]);
const NAMED = new Set(["cue", "action", "heading"]);
let shown = [];
let marked = { id: "", lines: [] };
let wrong = { items: [], lines: [] };

/** Show the sheets of a script; `play(id)` is called with the shot of the line that is chosen. */
export function showScript(sheets, play) {
  const known = new Map();
  for (const each of shown) known.set(each.name, [...(known.get(each.name) ?? []), each]);
  let start = 1;
  shown = sheets.map(({ name, rows }) => {
    const each = known.get(name)?.shift() ?? laid(name, rows, play);
    if (each.start !== start) {
      each.start = start;
      each.lines.style.setProperty("--before", start - 1);
    }
    start += rows.length;
    return each;
  });
  arrange(one("script"), shown.map((each) => each.chunk));
  markLines(marked.id, false);
  markFindings(wrong.items);
}

/** The lines of the shot that is seen. */
export function markLines(id, follow = true) {
  for (const element of marked.lines) element.classList.remove("on");
  const lines = shown.flatMap((each) => each.byShot.get(id) ?? []);
  marked = { id, lines };
  for (const element of lines) element.classList.add("on");
  const first = lines.find((element) => SPOKEN.has(element.dataset.kind));
  if (follow && first && matchMedia("(min-width: 861px)").matches) bring(first, "nearest");
}

/** Mark the lines that something is wrong with. */
export function markFindings(items) {
  for (const element of wrong.lines) element.classList.remove("error", "warning");
  wrong = { items, lines: [] };
  const worst = new Map();
  for (const item of items) {
    if (item.path || !item.line || item.severity === "note") continue;
    if (worst.get(item.line) !== "error") worst.set(item.line, item.severity);
  }
  for (const [number, severity] of worst) {
    const element = lineAt(number);
    element?.classList.add(severity);
    if (element) wrong.lines.push(element);
  }
}

/** Go to a line. */
export function goTo(number) {
  const element = lineAt(number);
  if (!element) return;
  bring(element, "center");
  element.classList.remove("here");
  requestAnimationFrame(() => element.classList.add("here"));
}

/** Bring a line into view. What lies between is only measured when it is met, so that a second look is needed. */
function bring(element, block) {
  element.scrollIntoView({ block });
  requestAnimationFrame(() => element.scrollIntoView({ block }));
}

function lineAt(number) {
  const sheet = shown.findLast((each) => each.start <= number);
  return sheet?.lines.children[number - sheet.start];
}

function laid(name, rows, play) {
  const byShot = new Map();
  const elements = rows.map((row) => {
    const element = line(row, play);
    if (row.kind) for (const id of row.shots) byShot.set(id, [...(byShot.get(id) ?? []), element]);
    return element;
  });
  const lines = make("div", { class: "lines", role: "presentation" }, ...elements);
  const chunk = make("div", { class: "chunk", role: "presentation" }, lines);
  chunk.style.setProperty("--rows", rows.length);
  return { name, start: 0, chunk, lines, byShot };
}

function line(row, play) {
  const kind = row.kind === "card" ? "card-line" : row.kind;
  const element = make("div", { class: `row ${kind}`, role: "listitem", "data-kind": row.kind }, ...pieces(row.text));
  if (!row.shots.length) return element;
  element.dataset.shots = row.shots.join(" ");
  element.tabIndex = NAMED.has(row.kind) ? 0 : -1;
  element.onclick = () => play(row.shots[0]);
  element.onkeydown = (event) => {
    if (event.key === "Enter") play(row.shots[0]);
  };
  return element;
}

function pieces(text) {
  return text.trim().split(PIECES).filter(Boolean).map((piece) => {
    if (piece.startsWith("[") && text.trim() !== piece) return make("em", { text: piece });
    if (/^\*.*\*$/.test(piece)) return make("strong", { text: piece.replaceAll("*", "") });
    return piece;
  });
}
