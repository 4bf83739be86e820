// The farm's API: requests with the user's token, refusals in the farm's words, and addresses of media.

const BASE = "api/v1";
const KEPT = "duocast-token";
const PATIENCE = 20_000;

/** The farm said no, or nobody answered (`status` 0). */
export class Refusal extends Error {
  constructor(status, { code = "", message = "", hint = "" } = {}) {
    super(message || "the farm does not answer");
    this.status = status;
    this.code = code;
    this.hint = hint;
  }

  get away() {
    return this.status === 0 || [502, 503, 504].includes(this.status);
  }
}

let token = sessionStorage.getItem(KEPT) ?? "";
let ticket = "";
let renewal = 0;
const outs = new Set();

export const known = () => Boolean(token);
export const part = (name) => encodeURIComponent(name);

/** Call `left()` when the farm does not accept the token any more. */
export const onRefused = (left) => outs.add(left);

/** Remember a token for this tab, after the farm has accepted it; what the farm says of its owner. */
export async function enter(given) {
  const before = token;
  token = given.trim();
  try {
    const me = await get("/me");
    sessionStorage.setItem(KEPT, token);
    await takeTicket();
    return me;
  } catch (problem) {
    token = before;
    throw problem;
  }
}

/** Go on with the token that this tab remembers. */
export const again = () => enter(token);

/** Forget the token. */
export function leave() {
  token = ticket = "";
  clearTimeout(renewal);
  sessionStorage.removeItem(KEPT);
}

export const get = (path, query) => ask("GET", query ? `${path}?${new URLSearchParams(query)}` : path);
export const post = (path, body) => ask("POST", path, body ?? {});
export const put = (path, body) => ask("PUT", path, body);

/** What the farm answers. Throws a `Refusal`. */
export async function ask(method, path, body) {
  const response = await send(method, path, body, AbortSignal.timeout(PATIENCE));
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new Refusal(0);
  }
}

/** The raw stream of an answer, as long as `signal` lets it. */
export const stream = (path, headers, signal) => send("GET", path, undefined, signal, headers);

/** Where a picture or a clip can be had: a short-lived ticket stands for the token there. */
export function media(blob) {
  if (!blob) return "";
  const kind = encodeURIComponent(blob.suffix ?? "");
  return `${BASE}/blobs/${part(blob.digest)}?suffix=${kind}&ticket=${ticket}`;
}

async function takeTicket() {
  clearTimeout(renewal);
  const given = await post("/tickets");
  ticket = given.ticket;
  renewal = setTimeout(() => takeTicket().catch(() => (renewal = setTimeout(takeTicket, 10_000))), given.seconds * 500);
}

async function send(method, path, body, signal, headers = {}) {
  const response = await reach(method, path, body, signal, headers);
  if (response.ok) return response;
  const refusal = new Refusal(response.status, await said(response));
  if (response.status === 401) for (const left of outs) left(refusal);
  throw refusal;
}

async function reach(method, path, body, signal, headers) {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    return await fetch(BASE + path, {
      method,
      signal,
      cache: "no-store",
      headers: { Authorization: `Bearer ${token}`, ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refusal(0);
  }
}

async function said(response) {
  try {
    return (await response.json()).error;
  } catch {
    return { message: `the farm answers with ${response.status}` };
  }
}
