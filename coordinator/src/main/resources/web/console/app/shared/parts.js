import { html, nothing } from 'lit';
import { ago, localTime, utcTime } from './format.js';

/** Tells a problem: what, where, and what to do. */
export function problemBox(problem, again) {
  const { errors = [], rejected = [], line, column } = problem.document;
  return html`<div class="problem" role="alert">
    <h2>${problem.title}${line ? ` (line ${line}, column ${column})` : nothing}</h2>
    <p>${problem.message}</p>
    ${errors.length > 0 ? html`<ul>${errors.map((error) => html`<li><code>${error.field}</code> ${error.message}</li>`)}</ul>` : nothing}
    ${rejected.length > 0 ? html`<ul>${rejected.slice(0, 20).map((it) => html`<li>record ${it.line ?? it.index}${it.field ? html`, <code>${it.field}</code>` : nothing}: ${it.reason}</li>`)}</ul>` : nothing}
    ${again ? html`<div><button @click=${again}>Try again</button></div>` : nothing}
  </div>`;
}

/** A moment in the reader's zone, with UTC on hover. */
export const moment = (iso) => html`<time datetime=${iso} title=${utcTime(iso)}>${localTime(iso)}</time>`;

/** How long ago a moment was, with the moment on hover. */
export const since = (iso) => html`<time datetime=${iso} title="${localTime(iso)} · ${utcTime(iso)}">${ago(iso)}</time>`;

/** A command that can be copied. */
export const command = (text) => html`<div class="command"><pre>${text}</pre><copy-button .text=${text}></copy-button></div>`;

/** An empty state: what it is, and what to do next. */
export const empty = (title, words, ...commands) => html`<div class="empty"><h2>${title}</h2><p>${words}</p>${commands.map(command)}</div>`;

/** A row of pages (tabs) of which one is chosen; arrow keys move among them. */
export function pages(label, choices, chosen, choose) {
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const names = choices.map(([name]) => name);
    choose(names[(names.indexOf(chosen) + step + names.length) % names.length]);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector('[aria-selected="true"]')?.focus());
  };
  return html`<div class="pages" role="tablist" aria-label=${label} @keydown=${move}>
    ${choices.map(([name, text]) => html`<button role="tab" aria-selected=${String(name === chosen)} tabindex=${name === chosen ? 0 : -1}
      @click=${() => choose(name)}>${text}</button>`)}
  </div>`;
}
