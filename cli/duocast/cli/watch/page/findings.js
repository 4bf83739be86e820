// The findings: what is wrong with the script, each with its place. Many of one kind are folded.

import { make, one } from "./dom.js";

const FOLDED = 3; // findings of one kind that are shown of many
const open = new Set();
let shown = "";

/** Show the verdict and what was found; `go(line)` is called for a finding that is chosen. */
export function showFindings(found, go) {
  const verdict = one("verdict");
  verdict.textContent = found.words;
  verdict.title = found.words;
  verdict.className = `verdict ${found.good ? "good" : "bad"}`;
  const items = JSON.stringify(found.items);
  if (items === shown) return;
  shown = items;
  lay(found.items, go);
}

function lay(items, go) {
  const kinds = new Map();
  for (const item of items) kinds.set(item.code, (kinds.get(item.code) ?? 0) + 1);
  const met = new Map();
  const rows = [];
  for (const item of items) {
    const number = met.get(item.code) ?? 0;
    met.set(item.code, number + 1);
    const rest = kinds.get(item.code) - FOLDED;
    const folded = rest > 1 && item.severity !== "error" && !open.has(item.code);
    if (!folded || number < FOLDED) rows.push(row(item, go));
    else if (number === FOLDED) rows.push(more(item, rest, items, go));
  }
  const panel = one("findings");
  panel.hidden = rows.length === 0;
  panel.replaceChildren(...rows);
}

function more(item, count, items, go) {
  const unfold = () => {
    open.add(item.code);
    lay(items, go);
  };
  return make(
    "button",
    { type: "button", class: "more", onclick: unfold },
    make("span", { class: "code", text: item.code }),
    make("span", { class: "hint", text: `${count} more of this kind` }),
  );
}

function row(item, go) {
  const place = item.line ? `${item.path ? `${item.path}, ` : ""}line ${item.line}` : "";
  const button = make(
    "button",
    { type: "button", class: item.severity },
    make("span", { class: "code", text: item.code }),
    make("span", { text: item.title }),
    make("span", { class: "place", text: place }),
  );
  if (item.excerpt) button.append(make("span", { class: "excerpt", text: item.excerpt }));
  if (item.fix) button.append(make("span", { class: "hint fix", text: item.fix }));
  if (item.hint) button.append(make("span", { class: "hint", text: item.hint }));
  if (item.line && !item.path) button.onclick = () => go(item.line);
  return button;
}
