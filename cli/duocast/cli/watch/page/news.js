// The connection: what the server tells, part by part, and whether it can be heard.

const PARTS = ["film", "shots", "script", "findings", "work"];

/** Call `told(part, content)` for all that is new, and `linked(boolean)` when the line breaks or is back. */
export function listen(told, linked) {
  const source = new EventSource("events");
  source.onopen = () => linked(true);
  source.onerror = () => linked(false);
  for (const part of PARTS) {
    source.addEventListener(part, (event) => told(part, JSON.parse(event.data)));
  }
}
