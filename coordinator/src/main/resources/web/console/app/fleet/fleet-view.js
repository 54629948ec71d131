import { html, nothing } from 'lit';
import { getJson, remove } from '../shared/api.js';
import { bytes, count, duration, plural } from '../shared/format.js';
import { problemBox, since } from '../shared/parts.js';
import { poll } from '../shared/poll.js';
import { View } from '../shared/view.js';
import '../charts/spark-line.js';

const EVERY = 2_000;
const KEPT = 60;

/** Every service on a row, and the queries that run; live. */
class FleetView extends View {
  static properties = { services: { state: true }, queries: { state: true }, problem: { state: true }, cancelling: { state: true } };

  constructor() {
    super();
    Object.assign(this, { services: null, queries: [], problem: null, cancelling: new Set() });
    this.past = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.end = poll(() => this.fetch(), EVERY, () => !this.hidden);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.end();
  }

  openLink() {
    if (this.services) this.fetch();
  }

  async fetch() {
    try {
      const [fleet, queries] = await Promise.all([getJson('fleet'), getJson('queries')]);
      fleet.services.forEach((service) => this.remember(service, Date.now()));
      Object.assign(this, { services: fleet.services, queries: queries.queries, problem: null });
    } catch (problem) {
      this.problem = problem;
    }
  }

  remember({ url, requests, commits, buffer }, now) {
    const past = this.past.get(url) ?? { rates: [], commitRates: [], buffered: [], last: {}, lastAt: 0 };
    const perSecond = (before, number) => Math.max(0, (1000 * (number - before)) / (now - past.lastAt));
    const withRate = (rates, before, number) => (before === undefined || number === undefined ? rates : [...rates, perSecond(before, number)].slice(-KEPT));
    past.rates = withRate(past.rates, past.last.requests, requests);
    past.commitRates = withRate(past.commitRates, past.last.commits, commits);
    if (buffer) past.buffered = [...past.buffered, buffer.records].slice(-KEPT);
    Object.assign(past, { last: { requests, commits }, lastAt: now });
    this.past.set(url, past);
  }

  async cancel(id) {
    this.cancelling = new Set([...this.cancelling, id]);
    try {
      await remove(`queries/${encodeURIComponent(id)}`);
      await this.fetch();
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    if (!this.services && this.problem) return html`<div class="page">${problemBox(this.problem, () => this.fetch())}</div>`;
    if (!this.services) return nothing;
    const running = this.queries.filter((query) => query.state === 'running' || query.state === 'queued');
    const last = this.queries.filter((query) => !running.includes(query)).slice(0, 20);
    return html`<div class="page">
      <header><h1 class="grow">Fleet</h1><span class="muted small">${this.problem ? html`<span class="state bad">not updated: ${this.problem.title}</span>` : html`<span class="state">live, every ${EVERY / 1000} s</span>`}</span>
        <as-request .request=${() => ({ method: 'GET', path: 'fleet' })}></as-request></header>
      <section class="panel"><header><h2>Services</h2></header><div class="scroller" tabindex="0" role="region" aria-label="Services"><table class="plain fleet-table">
        <thead><tr><th>Service</th><th>State</th><th class="number">Rows</th><th class="number">Memory</th><th class="number">Loaded in</th><th>Loaded</th><th>Requests / s</th><th>Last word</th></tr></thead>
        <tbody>${this.services.map((service) => this.service(service))}</tbody></table></div></section>
      ${this.services.filter((service) => service.buffer).map((service) => this.buffer(service))}
      <section class="panel"><header><h2 class="grow">Running queries</h2><as-request .request=${() => ({ method: 'GET', path: 'queries' })}></as-request></header>
        ${running.length === 0 ? html`<div class="empty"><p>Nothing runs at this moment.</p></div>` : this.table(running, true)}</section>
      <section class="panel"><header><h2>Last queries</h2></header>${last.length === 0 ? html`<div class="empty"><p>No query since the coordinator started.</p></div>` : this.table(last, false)}</section>
    </div>`;
  }

  service(it) {
    const well = it.health === 'healthy';
    const rates = this.past.get(it.url)?.rates ?? [];
    const loading = it.progress;
    return html`<tr><td><b>${it.table ?? it.service}</b> <span class="muted">${it.table ? it.url.replace(/^https?:\/\//, '') : it.url.replace(/^https?:\/\/|\/$/g, '')}</span></td>
      <td><span class="state ${well ? '' : it.health === 'not_ready' ? 'warn' : 'bad'}">${well ? 'healthy' : it.health.replaceAll('_', ' ')}</span></td>
      <td class="number">${count(it.rows ?? loading?.rows)}</td><td class="number">${bytes(it.memory_bytes)}</td>
      <td class="number">${loading ? html`${Math.round((100 * loading.bytes_read) / Math.max(1, loading.bytes_total))} %` : it.load_time_ms === undefined ? '–' : html`${duration(it.load_time_ms)}${it.memory_bytes ? html` <span class="muted">${bytes(Math.round((1000 * it.memory_bytes) / Math.max(1, it.load_time_ms)))}/s</span>` : nothing}`}</td>
      <td>${it.loaded_at ? since(it.loaded_at) : '–'}</td>
      <td><div class="row"><spark-line .values=${rates} .label=${`Requests a second of ${it.table ?? it.service}`}></spark-line><span class="muted">${rates.length > 0 ? rates.at(-1).toFixed(1) : ''}</span></div></td>
      <td class="reason">${it.reason ?? ''}</td></tr>`;
  }

  buffer({ url, commits, buffer, maintenance }) {
    const { buffered = [], commitRates = [] } = this.past.get(url) ?? {};
    return html`<section class="panel" aria-label="Sidecar"><header><h2>Sidecar buffer and commits</h2></header><div class="body"><div class="figures">
      <div><b>${count(buffer.records)}</b><span class="muted">records wait</span></div><div><b>${bytes(buffer.bytes)}</b><span class="muted">on disk</span></div>
      <div><b>${duration(buffer.oldest_seconds * 1000)}</b><span class="muted">the oldest</span></div>
      <div><spark-line .values=${buffered} .label=${'Records in the buffer'}></spark-line><span class="muted">last ${plural((KEPT * EVERY) / 60_000, 'minute')}</span></div>
      ${commits === undefined ? nothing : html`<div><b class="commits">${count(commits)}</b><span class="muted">commits since it started</span></div>
        <div><spark-line .values=${commitRates} .label=${'Commits a second'}></spark-line><span class="muted">${commitRates.length > 0 ? `${commitRates.at(-1).toFixed(1)} commits / s` : 'commits / s'}</span></div>`}
      ${maintenance ? html`<div><b>${count(maintenance.snapshots)}</b><span class="muted">snapshots kept</span></div>` : nothing}</div></div></section>`;
  }

  table(queries, running) {
    return html`<div class="scroller" tabindex="0" role="region" aria-label=${running ? 'Running queries' : 'Last queries'}><table class="plain"><thead><tr><th>State</th><th>Query</th><th class="number">Took</th><th class="number">Rows</th><th>Began</th>${running ? html`<th><span class="visually-hidden">Action</span></th>` : nothing}</tr></thead>
      <tbody>${queries.map((query) => html`<tr><td><span class="state ${{ running: 'busy', queued: 'off', finished: '', failed: 'bad', cancelled: 'off' }[query.state]}">${query.state}</span></td>
        <td><a href="#/query?${new URLSearchParams({ sql: query.query, ...(query.engine ? { engine: query.engine } : {}) })}" title=${query.error ?? query.query}><code class="sql">${query.query}</code></a></td>
        <td class="number">${duration(query.duration_ms)}</td><td class="number">${count(query.row_count)}</td><td>${since(query.started_at)}</td>
        ${running ? html`<td><button class="danger" ?disabled=${this.cancelling.has(query.query_id)} @click=${() => this.cancel(query.query_id)}>Cancel</button></td>` : nothing}</tr>`)}</tbody></table></div>`;
  }
}

customElements.define('fleet-view', FleetView);
