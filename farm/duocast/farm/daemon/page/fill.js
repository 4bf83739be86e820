// Filling in: a few values that somebody gives the farm, in a dialog that waits for the farm's answer.

import { make, one } from "./dom.js";
import { refused } from "./say.js";

/**
 * Ask for values. `fields` are {name, label, value, hint, ...attributes of the input}; an empty one is null.
 * `does(values)` sends them; what the farm refuses is said, and the dialog stays.
 */
export function fill({ title, words, yes, fields, does }) {
  const dialog = one("fill");
  const inputs = fields.map(({ name, label, value, hint, ...more }) => [name, input({ name, value: value ?? "", ...more }), label, hint]);
  const send = make("button", { class: "button strong", text: yes });
  const leave = make("button", { type: "button", class: "button", text: "Leave it" });
  leave.onclick = () => dialog.close();
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", { id: "fill-title", text: title }),
    make("p", { text: words }),
    ...inputs.map(([, element, label, hint]) => make("label", { class: "field" }, make("span", { text: label }), element, ...(hint ? [make("small", { text: hint })] : []))),
    make("div", { class: "row" }, leave, send),
  );
  form.onsubmit = async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      await does(Object.fromEntries(inputs.map(([name, element]) => [name, given(element)])));
      dialog.close();
    } catch (problem) {
      refused(problem);
    } finally {
      send.disabled = false;
    }
  };
  dialog.replaceChildren(form);
  dialog.showModal();
  inputs.find(([, element]) => !element.readOnly)?.[1].select();
}

function input(attributes) {
  const element = make("input", { autocomplete: "off" });
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

function given(element) {
  const text = element.value.trim();
  if (text === "") return null;
  return element.type === "number" ? Number(text) : text;
}
