import { html, nothing } from 'lit';
import { getJson } from '../shared/api.js';
import { bytes, count, plural } from '../shared/format.js';
import { pages, problemBox, since } from '../shared/parts.js';
import { View } from '../shared/view.js';
import { quoteName } from '../query/names.js';
import { partitionSummaries, perWeek } from './lake-model.js';
import '../charts/bar-chart.js';
import '../charts/xy-chart.js';

/** One table of the lake: records over time, columns with the snapshot in which each came, files by partition. */
class LakeTable extends View {
  static properties = { name: {}, files: {}, columns: { state: true }, problem: { state: true }, page: { state: true } };

  constructor() {
    super();
    Object.assign(this, { name: '', files: [], columns: null, problem: null, page: 'columns' });
  }

  willUpdate(changed) {
    if (changed.has('name')) this.fetch();
  }

  async fetch() {
    this.columns = null;
    try {
      const { name } = this;
      const answer = await getJson(`schema?${new URLSearchParams({ table: name })}`);
      if (name === this.name) Object.assign(this, { columns: answer.schema ?? [], problem: null });
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    const sql = `SELECT *\nFROM lake.${quoteName(this.name)}\nLIMIT 1000`;
    return html`<header><h1 class="grow"><a href="#/lake">Lake</a> <span class="muted">/</span> ${this.name}</h1>
        <a class="button" href="#/query?${new URLSearchParams({ sql, title: this.name, run: '' })}">Query</a>
        <a class="button" href="#/ingest?${new URLSearchParams({ table: this.name })}">Ingest</a></header>
      ${this.problem ? problemBox(this.problem, () => this.fetch()) : nothing}
      <div class="figures"><div><b>${count(this.files.reduce((sum, file) => sum + file.row_count, 0))}</b><span class="muted">records</span></div>
        <div><b>${count(this.files.length)}</b><span class="muted">files</span></div>
        <div><b>${bytes(this.files.reduce((sum, file) => sum + file.file_size_bytes, 0))}</b><span class="muted">on S3</span></div></div>
      ${this.chart()}
      <section class="panel">${pages('Table', [['columns', 'Columns'], ['files', 'Files by partition']], this.page, (page) => (this.page = page))}
        <div class="scroller" tabindex="0" role="region" aria-label="Details">${this.page === 'columns' ? this.schema() : this.partitions()}</div></section>`;
  }

  chart() {
    const { points, width, weekly } = perWeek(this.files);
    if (points.length === 0) return nothing;
    return html`<section class="panel"><header><h2>Records per ${weekly ? 'week' : 'day'}</h2><span class="muted">of their partition date</span></header>
      <div class="charts"><div class="drawing"><xy-chart .kind=${'columns'} .temporal=${true} .points=${points} .width=${width} .xName=${weekly ? 'week' : 'day'} .yName=${'records'}></xy-chart></div></div></section>`;
  }

  schema() {
    if (!this.columns) return nothing;
    return html`<table class="plain"><thead><tr><th>Column</th><th>Type</th><th class="number">Since snapshot</th></tr></thead>
      <tbody>${this.columns.map((column) => html`<tr><td>${column.column_name}</td><td class="wide mono">${column.column_type}</td><td class="number">${column.since_snapshot ?? '–'}</td></tr>`)}</tbody></table>`;
  }

  partitions() {
    return html`<table class="plain"><thead><tr><th>Partition</th><th class="number">Records</th><th class="number">Size</th><th>Files</th></tr></thead>
      <tbody>${partitionSummaries(this.files).map((it) => html`<tr><td>${it.date || it.name || '–'}</td><td class="number">${count(it.rows)}</td><td class="number">${bytes(it.bytes)}</td>
        <td class="wide"><details><summary>${plural(it.files.length, 'file')}</summary>${it.files.map((file) => html`<div class="mono">${file.filename} <span class="muted">${plural(file.row_count, 'record')}, ${bytes(file.file_size_bytes)}${file.modified ? html`, ${since(file.modified)}` : nothing}</span></div>`)}</details></td></tr>`)}</tbody></table>`;
  }
}

customElements.define('lake-table', LakeTable);
