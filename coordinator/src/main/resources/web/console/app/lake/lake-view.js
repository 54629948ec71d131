import { html, nothing } from 'lit';
import { getJson } from '../shared/api.js';
import { asOf } from '../shared/as-of.js';
import { bytes, count, plural } from '../shared/format.js';
import { command, empty, moment, problemBox, since } from '../shared/parts.js';
import { poll } from '../shared/poll.js';
import { View } from '../shared/view.js';
import { changeText, tableSummaries } from './lake-model.js';
import './table-page.js';

const EVERY = 10_000;

/** The lake: its commits as a timeline, its tables, what maintenance has to do; and going back in time. */
class LakeView extends View {
  static properties = { snapshots: { state: true }, files: { state: true }, statistics: { state: true }, backlog: { state: true }, problem: { state: true }, table: { state: true }, more: { state: true } };

  constructor() {
    super();
    Object.assign(this, { snapshots: null, files: null, statistics: null, backlog: null, problem: null, table: '', more: true });
    this.watch(asOf);
  }

  connectedCallback() {
    super.connectedCallback();
    this.end = poll(() => this.fetch(), EVERY, () => !this.hidden);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end();
  }

  openLink(parameters) {
    this.table = parameters.get('table') ?? '';
    if (this.snapshots) this.fetch();
  }

  async fetch() {
    try {
      const [snapshots, files, statistics, fleet] = await Promise.all(['snapshots', 'files', 'statistics', 'fleet'].map((path) => getJson(path)));
      const older = (this.snapshots ?? []).filter((it) => it.id < (snapshots.snapshots.at(-1)?.id ?? 0));
      Object.assign(this, { snapshots: [...snapshots.snapshots, ...older], files: files.files, statistics: statistics.query_statistics, problem: null });
      this.backlog = fleet.services.find((service) => service.maintenance)?.maintenance ?? null;
      if (!older.length) this.more = snapshots.snapshots.length >= 100;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async fetchOlder() {
    try {
      const { snapshots } = await getJson(`snapshots?limit=100&to=${this.snapshots.at(-1).id - 1}`);
      this.snapshots = [...this.snapshots, ...snapshots];
      this.more = snapshots.length === 100;
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    if (this.problem && !this.snapshots) return html`<div class="page">${problemBox(this.problem, () => this.fetch())}${this.problem.code === 'lake_not_configured' ? command('duckfleet demo') : nothing}</div>`;
    if (!this.snapshots) return nothing;
    return html`<div class="lake">${this.timeline()}
      <div class="lake-main"><div class="page">${this.problem ? problemBox(this.problem, () => this.fetch()) : nothing}
        ${this.table ? html`<lake-table .name=${this.table} .files=${this.files.filter((file) => file.table === this.table)}></lake-table>` : this.overview()}</div></div></div>`;
  }

  timeline() {
    const chosen = asOf.get()?.id;
    return html`<section class="timeline" aria-label="Snapshots" tabindex="-1"><header><h2 class="grow">Snapshots</h2><as-request .request=${() => ({ method: 'GET', path: 'snapshots' })}></as-request></header>
      <ol>${this.snapshots.map((it) => html`<li class=${it.id === chosen ? 'now' : ''}><button aria-pressed=${String(it.id === chosen)} title="Look at everything as of snapshot ${it.id}"
          @click=${() => asOf.set(it.id === chosen ? null : { id: it.id, time: it.time })}>
        <span><b>#${it.id}</b> ${it.changes.map(changeText).join(', ') || it.message || 'no change of data'}</span>
        <small>${since(it.time)}${it.author ? ` · ${it.author}` : nothing} · ${it.rows > 0 ? `+${plural(it.rows, 'row')}` : 'no rows'}${it.rows_removed > 0 ? `, −${count(it.rows_removed)}` : nothing}, ${plural(it.files, 'file')}${it.files_removed > 0 ? `, −${count(it.files_removed)}` : nothing}</small>
      </button></li>`)}</ol>
      ${this.more ? html`<p class="page"><button @click=${this.fetchOlder}>Older</button></p>` : nothing}</section>`;
  }

  overview() {
    const tables = tableSummaries(this.files);
    if (tables.length === 0) return empty('The lake is empty', 'Records become tables when they come. Put the first ones in, here under Ingest or by', 'duckfleet generate --type event --count 1000 --table events');
    const { total_records: total, date_range: range } = this.statistics;
    return html`<header><h1 class="grow">Lake</h1><as-request .request=${() => ({ method: 'GET', path: 'statistics' })}></as-request></header>
      <div class="figures">
        <div><b>${count(total)}</b><span class="muted">records</span></div>
        <div><b>${count(tables.length)}</b><span class="muted">tables</span></div>
        <div><b>${count(this.files.length)}</b><span class="muted">files</span></div>
        <div><b>${bytes(this.files.reduce((sum, file) => sum + file.file_size_bytes, 0))}</b><span class="muted">on S3</span></div>
        ${range?.latest ? html`<div><b>${since(range.latest)}</b><span class="muted">newest record, oldest ${moment(range.earliest)}</span></div>` : nothing}</div>
      <section class="panel"><header><h2>Tables</h2></header><div class="scroller" tabindex="0" role="region" aria-label="Tables"><table class="plain">
        <thead><tr><th>Table</th><th class="number">Records</th><th class="number">Files</th><th class="number">Size</th><th class="number">Partitions</th><th>Last file</th></tr></thead>
        <tbody>${tables.map((table) => html`<tr><td><a href="#/lake?table=${encodeURIComponent(table.name)}">${table.name}</a></td><td class="number">${count(table.rows)}</td><td class="number">${count(table.files)}</td>
          <td class="number">${bytes(table.bytes)}</td><td class="number">${count(table.partitions)}</td><td>${table.latest ? since(table.latest) : '–'}</td></tr>`)}</tbody></table></div></section>
      <div class="charts">${this.weeks()}
        <section class="panel"><header><h2>Size by table</h2></header><div class="drawing" tabindex="0" role="region" aria-label="Size by table"><bar-chart .bars=${tables.map((table) => ({ name: `${table.name}, kB`, value: Math.ceil(table.bytes / 1000) }))} .label=${'Size by table, kB'}></bar-chart></div></section>
        ${this.maintenance()}</div>`;
  }

  weeks() {
    const weeks = [...(this.statistics.weekly_distribution ?? [])].reverse();
    return html`<section class="panel"><header><h2>Records per week</h2></header><div class="drawing" tabindex="0" role="region" aria-label="Records per week"><bar-chart .bars=${weeks.map((week) => ({ name: week.week.slice(0, 10), value: week.count }))} .label=${'Records per week'}></bar-chart></div></section>`;
  }

  maintenance() {
    return html`<section class="panel"><header><h2>Maintenance</h2></header><div class="body">
      ${this.backlog ? html`<dl class="facts"><dt>Small files to merge</dt><dd>${count(this.backlog.small_files)}</dd><dt>Snapshots kept</dt><dd>${count(this.backlog.snapshots)}</dd><dt>Files to remove</dt><dd>${count(this.backlog.files_to_remove)}</dd></dl>
        <p class="muted small">The sidecar works on it by itself. To do it now:</p>${command('duckfleet maintain merge')}`
        : html`<p class="muted">The sidecar tells of the backlog; none answers, or none is configured (<code>SIDECAR_URL</code>).</p>`}</div></section>`;
  }
}

customElements.define('lake-view', LakeView);
