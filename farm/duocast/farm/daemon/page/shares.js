// The shares: users with their weights, what they used and may spend; and the licences.

import { make, one } from "./dom.js";
import { credits, lasting, number, percent } from "./words.js";

/** Show users and limits. */
export function showShares(farm) {
  if (one("shares").hidden) return;
  users(farm.users ?? []);
  limits(farm.limits ?? []);
}

function users(rows) {
  const host = one("user-list");
  if (!rows.length) return host.replaceChildren(make("p", { class: "hint", text: "Nobody has submitted anything yet." }));
  const weights = rows.reduce((whole, row) => whole + (row.jobs ? row.weight : 0), 0);
  const seconds = rows.reduce((whole, row) => whole + row.seconds, 0);
  const sorted = [...rows].sort((a, b) => b.seconds - a.seconds || a.user.localeCompare(b.user));
  host.replaceChildren(
    head("User", "Jobs", "Weight", "Entitled to", "Used so far", "Credits left", "Spent"),
    ...sorted.map((row) =>
      line(
        cell("User", make("b", { text: row.user })),
        cell("Jobs", number(row.jobs)),
        cell("Weight", String(row.weight)),
        cell("Entitled to", row.jobs && weights ? percent(row.weight / weights) : "—"),
        cell("Used so far", share(seconds ? row.seconds / seconds : 0, lasting(row.seconds))),
        cell("Credits left", left(row)),
        cell("Spent", row.spent ? credits(row.spent) : "—"),
      ),
    ),
  );
}

function left(row) {
  if (row.credits === null || row.credits === undefined) return "no limit";
  return row.reserved ? `${credits(row.credits)}, ${credits(row.reserved)} reserved` : credits(row.credits);
}

function limits(rows) {
  const host = one("limit-list");
  if (!rows.length) return host.replaceChildren(make("p", { class: "hint", text: "Nothing is limited. An administrator sets a limit with `duocast farm limits`." }));
  host.replaceChildren(
    head("Licence", "In use", "There are"),
    ...rows.map((row) => {
      const full = row.count !== null && row.held >= row.count;
      const use = row.count ? share(row.held / row.count, String(row.held)) : make("span", { text: String(row.held) });
      if (full) use.append(make("span", { class: "state drained", text: "all taken" }));
      return line(cell("Licence", make("b", { text: row.licence })), cell("In use", use), cell("There are", row.count === null ? "no limit" : number(row.count)));
    }),
  );
}

function share(part, words) {
  const bar = make("i");
  bar.style.width = `${Math.round(100 * Math.min(1, part))}%`;
  return make("span", { class: "share" }, make("span", { class: "share-bar" }, bar), make("span", { text: words }));
}

const head = (...names) => make("div", { class: "tr th", role: "row" }, ...names.map((name) => make("span", { role: "columnheader", text: name })));
const line = (...cells) => make("div", { class: "tr", role: "row" }, ...cells);
const cell = (name, content) => make("span", { role: "cell", "data-name": name }, content);
