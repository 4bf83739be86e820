// Saying: short messages that pass, and the one question before something that can't be taken back.

import { make, one } from "./dom.js";

const STAYS = { good: 3500, bad: 9000 };

/** A message that passes. */
export function say(words, kind = "good", hint = "") {
  for (const each of one("toasts").children) if (each.firstChild.textContent === words) each.remove();
  const toast = make("p", { class: `toast ${kind}` }, make("b", { text: words }));
  if (hint) toast.append(make("span", { text: hint }));
  one("toasts").append(toast);
  setTimeout(() => toast.remove(), STAYS[kind]);
}

/** What the farm refused, in its words. */
export const refused = (problem) => say(problem.message, "bad", problem.hint ?? "");

/** Ask once; whether the answer was yes. */
export function ask({ title, words, yes, no = "Keep it" }) {
  const dialog = one("ask");
  one("ask-title").textContent = title;
  one("ask-words").textContent = words;
  one("ask-yes").textContent = yes;
  one("ask-no").textContent = no;
  dialog.returnValue = "";
  dialog.showModal();
  one("ask-no").focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

/** A button that does something on the farm: it waits for the answer, says what went wrong, and asks first if `sure` is given. */
export function button(words, does, { sure = null, kind = "", label = "" } = {}) {
  const element = make("button", { type: "button", class: `button ${kind}`, text: words });
  if (label) element.setAttribute("aria-label", label);
  element.onclick = async (event) => {
    event.stopPropagation();
    if (sure && !(await ask(sure))) return;
    element.disabled = true;
    try {
      await does();
    } catch (problem) {
      refused(problem);
    } finally {
      element.disabled = false;
    }
  };
  return element;
}

/** Nothing to see: why, and what to do. */
export function empty(host, title, words, command = "") {
  const parts = [make("b", { text: title }), make("span", { text: words })];
  if (command) parts.push(make("code", { text: command }));
  host.replaceChildren(...parts);
  host.hidden = false;
}
