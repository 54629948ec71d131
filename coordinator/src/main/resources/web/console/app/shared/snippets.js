// The same action outside the console: as curl, Python and SQL.
import { html, nothing } from 'lit';
import { BASE } from './api.js';
import { pages } from './parts.js';
import { View } from './view.js';

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

function asCurl({ method, path, body, form, type = 'application/json' }) {
  const url = quoted(new URL(path, BASE).href);
  if (form) return `curl ${Object.entries(form).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`).join(' ')} ${url}`;
  if (body === undefined) return method === 'GET' ? `curl ${url}` : `curl -X ${method} ${url}`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `curl -H ${quoted(`Content-Type: ${type}`)} ${url} -d ${quoted(text)}`;
}

function asPython({ method, path, body, form, type = 'application/json' }) {
  const url = JSON.stringify(new URL(path, BASE).href);
  const lines = ['import requests', ''];
  if (form) {
    const { file, ...fields } = form;
    lines.push(`with open(${JSON.stringify(file.slice(1))}, "rb") as file:`, `    response = requests.post(${url}, files={"file": file}, data=${python(fields)})`);
  } else if (body === undefined) {
    lines.push(`response = requests.${method.toLowerCase()}(${url})`);
  } else if (typeof body === 'string') {
    lines.push(`response = requests.post(${url}, data=${JSON.stringify(body)}, headers={"Content-Type": "${type}"})`);
  } else {
    lines.push(`response = requests.post(${url}, json=${python(body)})`);
  }
  return [...lines, 'response.raise_for_status()', 'print(response.json())'].join('\n');
}

/** A JSON value as Python writes it. */
function python(value) {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object') return `{${Object.entries(value).filter(([, item]) => item !== undefined).map(([name, item]) => `${JSON.stringify(name)}: ${python(item)}`).join(', ')}}`;
  return JSON.stringify(value);
}

/** A button that shows an action as the request that it is; `.request` gives `{method, path, body, form, sql}`. */
class AsRequest extends View {
  static properties = { request: {}, page: { state: true }, shown: { state: true } };

  constructor() {
    super();
    Object.assign(this, { request: null, page: 'curl', shown: null });
  }

  open() {
    this.shown = typeof this.request === 'function' ? this.request() : this.request;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  render() {
    return html`<button class="quiet" @click=${this.open} title="The same as curl, Python or SQL">As request</button>
      ${this.shown ? this.dialog() : nothing}`;
  }

  dialog() {
    const { sql } = this.shown;
    const text = { curl: asCurl, python: asPython, sql: () => sql }[this.page](this.shown);
    const choices = [['curl', 'curl'], ['python', 'Python'], ...(sql ? [['sql', 'SQL']] : [])];
    return html`<dialog aria-label="As request" @close=${() => Object.assign(this, { shown: null, page: 'curl' })}>
      <header><h2 class="grow">The same, outside the console</h2><button class="quiet" @click=${() => this.querySelector('dialog').close()}>Close</button></header>
      <div class="body">${pages('Language', choices, this.page, (page) => (this.page = page))}
        <div class="command"><pre tabindex="0" aria-label="Request">${text}</pre><copy-button .text=${text}></copy-button></div>
        <p class="muted small">All requests are described at <a href=${new URL('docs', BASE).href} target="_blank" rel="noopener">the API’s page</a>.</p></div>
    </dialog>`;
  }
}

customElements.define('as-request', AsRequest);
