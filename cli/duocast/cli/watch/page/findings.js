// The findings: what is wrong with the script, each with its place.

import { make, one } from "./dom.js";

/** Show the verdict and what was found; `go(line)` is called for a finding that is chosen. */
export function showFindings(found, go) {
  const verdict = one("verdict");
  verdict.textContent = found.words;
  verdict.title = found.words;
  verdict.className = `verdict ${found.good ? "good" : "bad"}`;
  const panel = one("findings");
  panel.hidden = found.items.length === 0;
  panel.replaceChildren(...found.items.map((item) => row(item, go)));
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
  if (item.fix) button.append(make("span", { class: "hint fix", text: item.fix }));
  if (item.hint) button.append(make("span", { class: "hint", text: item.hint }));
  if (item.line && !item.path) button.onclick = () => go(item.line);
  return button;
}
