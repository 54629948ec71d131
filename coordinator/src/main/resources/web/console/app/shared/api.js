// Calls to the coordinator. Everything that the console does goes through here, and is documented API.

/** The coordinator's address: the folder above the console, also behind a proxy's prefix. */
export const BASE = new URL('../', document.baseURI);

/** What went wrong, in words: a problem document, or the lack of any answer. */
export class Problem extends Error {
  constructor(document) {
    super(document.detail || document.title || 'The request failed');
    this.title = document.title || 'The request failed';
    this.code = document.code || '';
    this.status = document.status || 0;
    this.document = document;
  }

  /** The 0-based offset in the statement, or -1. */
  get position() {
    return Number.isInteger(this.document.position) ? this.document.position : -1;
  }
}

const UNREACHABLE = {
  title: 'The coordinator is out of reach',
  code: 'unreachable',
  detail: `${BASE.origin} gives no answer. See whether it runs (duckfleet status), then try again; what you typed is kept.`,
};

/** Sends a request and gives the response if it is a success. Throws a Problem, or an AbortError. */
export async function send(method, path, { body, headers, signal } = {}) {
  let response;
  try {
    response = await fetch(new URL(path, BASE), { method, body, headers, signal, cache: 'no-store' });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(UNREACHABLE);
  }
  if (response.ok) return response;
  throw await problemOf(response);
}

/** The problem that a response tells of. */
export async function problemOf(response) {
  const text = await response.text().catch(() => '');
  return new Problem(documentOf(text, response.status));
}

/** Reads a problem document; makes one where a proxy or an old service answers something else. */
export function documentOf(text, status) {
  try {
    const document = JSON.parse(text);
    if (document && typeof document === 'object') return { status, ...document };
  } catch {
    // Not JSON: told below.
  }
  return { status, title: `HTTP ${status}`, detail: text.trim().slice(0, 400) || `The service answered ${status} without a word.` };
}

async function readJson(response) {
  try {
    return await response.json();
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem({ title: 'The answer broke off', detail: 'The connection ended within the answer. GET /queries says why.' });
  }
}

export async function getJson(path, signal) {
  return readJson(await send('GET', path, { signal, headers: { Accept: 'application/json' } }));
}

export async function postJson(path, value, { signal, headers } = {}) {
  const response = await send('POST', path, {
    body: JSON.stringify(value),
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    signal,
  });
  return readJson(response);
}

export async function remove(path) {
  return readJson(await send('DELETE', path));
}

/** Saves a blob as a file. */
export function saveAs(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
