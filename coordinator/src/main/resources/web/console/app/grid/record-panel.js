import { html, nothing } from 'lit';
import { View } from '../shared/view.js';
import { shortType } from './layout.js';

/** One record with all of its fields, nested values unfolded. */
class RecordPanel extends View {
  static properties = { record: {}, columns: {}, types: {} };

  constructor() {
    super();
    Object.assign(this, { record: null, columns: [], types: [] });
  }

  render() {
    if (!this.record) return nothing;
    return html`<aside class="record" aria-label="Record" @keydown=${(event) => event.key === 'Escape' && this.close(event)}>
      <header><h2 class="grow">Record</h2>
        <copy-button .text=${() => JSON.stringify(this.record, null, 2)} .label=${'Copy JSON'}></copy-button>
        <button class="quiet" @click=${this.close}>Close</button></header>
      <dl tabindex="0" aria-label="Fields">${this.columns.map((column, i) => html`<div>
        <dt>${column} <small>${shortType(this.types[i])}</small></dt>
        <dd>${unfold(this.record[column])}</dd></div>`)}</dl>
    </aside>`;
  }

  close(event) {
    event.stopPropagation();
    this.emit('open-record', null);
  }
}

/** A value as it is, or what it holds, to any depth. */
export function unfold(value) {
  if (value === null || value === undefined) return html`<span class="null">NULL</span>`;
  if (typeof value !== 'object') return html`<span>${String(value)}</span>`;
  const entries = Array.isArray(value) ? value.map((item, i) => [i, item]) : Object.entries(value);
  if (entries.length === 0) return html`<span class="muted">${Array.isArray(value) ? '[]' : '{}'}</span>`;
  return html`<ul class="unfolded">${entries.slice(0, 200).map(([name, item]) => html`<li><span class="muted">${name}</span> ${unfold(item)}</li>`)}
    ${entries.length > 200 ? html`<li class="muted">… ${entries.length - 200} more</li>` : nothing}</ul>`;
}

customElements.define('record-panel', RecordPanel);
