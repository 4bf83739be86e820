// Making and finding elements.

export const one = (id) => document.getElementById(id);

/** An element: its tag, its properties (`class`, `text`, `data-*`, `aria-*` and plain ones), its children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

/** `1:05` for 65 seconds. */
export function clock(seconds) {
  const whole = Math.floor(seconds + 0.001);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Put `wanted` into `parent` in this order; what stands there already stays where it is. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** Bring an element into view inside the nearest scroller, if it is not there yet. */
export function reveal(element) {
  element?.scrollIntoView({ block: "nearest", behavior: document.hidden ? "auto" : "smooth" });
}
