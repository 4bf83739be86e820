// The connection: what the server tells, part by part, and whether it can be heard.

/** Call `told(parts)` with all parts that are new, by their names, and `linked(boolean)` when the line breaks or is back. */
export function listen(told, linked) {
  const source = new EventSource("events");
  source.onopen = () => linked(true);
  source.onerror = () => linked(false);
  source.onmessage = (event) => told(JSON.parse(event.data));
}
