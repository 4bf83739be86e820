// The shares: users with their weights, what they used and may spend; and the licences. Who administers changes them.

import { put } from "./api.js";
import { make, one } from "./dom.js";
import { fill } from "./fill.js";
import { button, say } from "./say.js";
import { credits, lasting, number, percent } from "./words.js";

/** Show users and limits. */
export function showShares(farm) {
  if (one("shares").hidden) return;
  const mine = farm.may("admin");
  for (const name of ["user-list", "limit-list"]) one(name).classList.toggle("edited", mine);
  users(farm, farm.users ?? [], mine);
  limits(farm, farm.limits ?? [], mine);
  one("shares-more").replaceChildren(...(mine ? [button("Another user", async () => editUser(farm, {})), button("Another limit", async () => editLimit(farm, {}))] : []));
}

function users(farm, rows, mine) {
  const host = one("user-list");
  if (!rows.length) return host.replaceChildren(make("p", { class: "hint", text: "Nobody has submitted anything yet." }));
  const weights = rows.reduce((whole, row) => whole + (row.jobs ? row.weight : 0), 0);
  const seconds = rows.reduce((whole, row) => whole + row.seconds, 0);
  const sorted = [...rows].sort((a, b) => b.seconds - a.seconds || a.user.localeCompare(b.user));
  host.replaceChildren(
    head("User", "Jobs", "Weight", "Entitled to", "Used so far", "Credits left", "Spent", ...(mine ? [""] : [])),
    ...sorted.map((row) =>
      line(
        cell("User", make("b", { text: row.user })),
        cell("Jobs", number(row.jobs)),
        cell("Weight", String(row.weight)),
        cell("Entitled to", row.jobs && weights ? percent(row.weight / weights) : "—"),
        cell("Used so far", share(seconds ? row.seconds / seconds : 0, lasting(row.seconds))),
        cell("Credits left", left(row)),
        cell("Spent", row.spent ? credits(row.spent) : "—"),
        ...(mine ? [cell("", button("Change", async () => editUser(farm, row), { label: `change the share of ${row.user}` }))] : []),
      ),
    ),
  );
}

function left(row) {
  if (row.credits === null || row.credits === undefined) return "no limit";
  return row.reserved ? `${credits(row.credits)}, ${credits(row.reserved)} reserved` : credits(row.credits);
}

function editUser(farm, row) {
  const known = row.user !== undefined;
  fill({
    title: known ? `The share of ${row.user}` : "The share of a user",
    words: "Between users the farm shares worker time in proportion to their weights.",
    yes: "Set it",
    fields: [
      { name: "user", label: "User", value: row.user, required: true, maxlength: 200, ...(known ? { readonly: true } : {}) },
      { name: "weight", label: "Weight", value: row.weight ?? 1, type: "number", min: 0.001, max: 1000, step: "any", required: true },
      { name: "credits", label: "Credits left", value: row.credits, type: "number", min: 0, step: "any", hint: "Empty: no limit." },
    ],
    does: async (values) => {
      farm.users = (await put("/users", values)).users;
      farm.changed("shares");
      say(`The share of ${values.user} is set`);
    },
  });
}

function editLimit(farm, row) {
  const known = row.licence !== undefined;
  fill({
    title: known ? `The limit of ${row.licence}` : "A limit",
    words: "So many tasks that need the licence run at the same time.",
    yes: "Set it",
    fields: [
      { name: "licence", label: "Licence", value: row.licence, required: true, maxlength: 200, ...(known ? { readonly: true } : {}) },
      { name: "count", label: "There are", value: row.count, type: "number", min: 0, max: 1000000, step: 1, hint: "Empty: any number." },
    ],
    does: async (values) => {
      farm.limits = (await put("/limits", values)).limits;
      farm.changed("shares");
      say(`The limit of ${values.licence} is set`);
    },
  });
}

function limits(farm, rows, mine) {
  const host = one("limit-list");
  if (!rows.length) return host.replaceChildren(make("p", { class: "hint", text: "Nothing is limited. An administrator sets limits." }));
  host.replaceChildren(
    head("Licence", "In use", "There are", ...(mine ? [""] : [])),
    ...rows.map((row) => {
      const full = row.count !== null && row.held >= row.count;
      const use = row.count ? share(row.held / row.count, String(row.held)) : make("span", { text: String(row.held) });
      if (full) use.append(make("span", { class: "state drained", text: "all taken" }));
      return line(
        cell("Licence", make("b", { text: row.licence })),
        cell("In use", use),
        cell("There are", row.count === null ? "no limit" : number(row.count)),
        ...(mine ? [cell("", button("Change", async () => editLimit(farm, row), { label: `change the limit of ${row.licence}` }))] : []),
      );
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
