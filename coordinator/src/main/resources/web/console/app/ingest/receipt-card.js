import { html, nothing } from 'lit';
import { count, duration, plural } from '../shared/format.js';
import { moment } from '../shared/parts.js';
import { View } from '../shared/view.js';
import { quoteName } from '../query/names.js';

const SHOWN = 50;

/** What one ingest gave: where the records are, and which were rejected. */
class ReceiptCard extends View {
  static properties = { receipt: {} };

  render() {
    const { answer, records, name, at } = this.receipt;
    const sql = `SELECT *\nFROM lake.${quoteName(answer.table_name)} AT (VERSION => ${answer.snapshot_id})\nLIMIT 1000`;
    return html`<article class="receipt" aria-label="Receipt">
      <header><span class="state ${answer.rejected_count > 0 ? 'warn' : ''}"><b>${answer.message ?? `Ingested ${answer.record_count} records`}</b></span><span class="grow"></span><span class="muted">${moment(answer.timestamp ?? at)}</span></header>
      <div><dl class="facts">
        ${name ? html`<dt>File sent</dt><dd>${name}</dd>` : nothing}
        <dt>Table</dt><dd><a href="#/lake?table=${encodeURIComponent(answer.table_name)}">${answer.table_name}</a></dd>
        ${answer.partitions?.length > 0 ? html`<dt>Partitions</dt><dd>${answer.partitions.map((it) => html`<div>${it.partition_date} · ${plural(it.record_count, 'record')}</div>`)}</dd>`
          : html`<dt>Partition</dt><dd>${answer.partition_date ?? '–'}</dd>`}
        <dt>Records</dt><dd>${count(answer.record_count)}${answer.duplicate ? ' (sent before: committed once)' : ''}</dd>
        <dt>Snapshot</dt><dd>${answer.snapshot_id ?? '–'}</dd>
        <dt>File</dt><dd class="mono">${answer.file ?? '–'}${answer.file_size_mb === undefined ? nothing : html` <span class="muted">${answer.file_size_mb} MB</span>`}</dd>
        <dt>Path</dt><dd class="mono">${answer.s3_path ?? '–'}</dd>
        <dt>Took</dt><dd>${duration((answer.duration_seconds ?? 0) * 1000)}</dd></dl>
        ${answer.rejected_count > 0 ? this.rejected(answer, records) : nothing}
        <div><a href="#/query?${new URLSearchParams({ sql, title: answer.table_name, run: '' })}">Query these records</a></div></div></article>`;
  }

  rejected({ rejected, rejected_count: all }, records) {
    return html`<h3>${plural(all, 'record')} rejected</h3><ul class="rejected">${rejected.slice(0, SHOWN).map((it) => html`<li>
      <span>${it.line ? `line ${it.line}` : `record ${it.index}`}${it.field ? html`, <b>${it.field}</b>` : nothing}: ${it.reason}</span>
      ${records[it.index] ? html`<code>${JSON.stringify(records[it.index])}</code>` : nothing}</li>`)}</ul>
      <p class="muted small">All of them are kept in the table <code>duckfleet.rejected</code>, with their text.</p>`;
  }
}

customElements.define('receipt-card', ReceiptCard);
