import { html, nothing } from 'lit';
import { getJson } from '../shared/api.js';
import { fleetState, refreshFleet } from '../shared/fleet-state.js';
import { count, duration, plural, shortCount } from '../shared/format.js';
import { empty, pages, problemBox, since } from '../shared/parts.js';
import { View } from '../shared/view.js';
import { shortType } from '../grid/layout.js';
import { quoteName } from './names.js';
import { dropQuery, ownHistory, savedQueries } from './own-history.js';
import { showSql } from './tabs.js';

/** What stands beside the editor: tables with their columns, history, saved queries. */
class QuerySidebar extends View {
  static properties = { page: { state: true }, filter: { state: true }, opened: { state: true }, others: { state: true }, problem: { state: true } };

  constructor() {
    super();
    Object.assign(this, { page: 'tables', filter: '', opened: new Set(), others: null, problem: null });
    this.watch(fleetState, ownHistory, savedQueries);
  }

  render() {
    const choices = [['tables', 'Tables'], ['history', 'History'], ['saved', 'Saved']];
    return html`<aside class="sidebar" aria-label="Tables and history">
      ${pages('Sidebar', choices, this.page, (page) => this.choose(page))}
      <div class="inside">${{ tables: () => this.tables(), history: () => this.history(), saved: () => this.saved() }[this.page]()}</div>
    </aside>`;
  }

  choose(page) {
    this.page = page;
    if (page === 'history') this.fetchOthers();
  }

  async fetchOthers() {
    try {
      this.others = (await getJson('queries')).queries;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  tables() {
    const { tables, loaded, problem } = fleetState.get();
    if (!loaded) return nothing;
    if (tables.length === 0 && problem) return problemBox(problem, refreshFleet);
    if (tables.length === 0) return empty('No tables yet', 'Name data nodes in config.json, or put records into the lake:', 'duckfleet ingest FILE --table events');
    const wanted = tables.filter((table) => matches(table, this.filter.toLowerCase()));
    return html`<input type="search" data-search placeholder="Filter tables" aria-label="Filter tables" .value=${this.filter}
        @input=${(event) => (this.filter = event.target.value)}>
      ${this.kind('Nodes', wanted.filter((table) => table.kind === 'node'))}
      ${this.kind('Lake', wanted.filter((table) => table.kind !== 'node'))}
      ${wanted.length === 0 ? html`<p class="muted">No table or column is called so.</p>` : nothing}`;
  }

  kind(name, tables) {
    if (tables.length === 0) return nothing;
    return html`<h3>${name}</h3><ul>${tables.map((table) => this.table(table))}</ul>`;
  }

  table(table) {
    const key = `${table.kind}.${table.name}`;
    const open = this.opened.has(key);
    const ill = table.health !== 'healthy';
    return html`<li>
      <div class="entry"><button class="name" aria-expanded=${String(open)} @click=${() => this.toggle(key)}
          title=${table.node ?? 'in the lake'}>
          <span class="caret" aria-hidden="true">${open ? '▾' : '▸'}</span><span class="ellipsis">${table.name}</span>
          ${ill ? html`<span class="state bad small">${table.health.replaceAll('_', ' ')}</span>` : html`<span class="muted" title="${count(table.rows)} rows">${table.rows === undefined ? '' : shortCount(table.rows)}</span>`}</button>
        <button class="quiet" title="Show the first rows of ${table.name}" aria-label="Show the first rows of ${table.name}"
          @click=${() => this.show(table)}>↗</button></div>
      ${open ? html`<ul class="columns">${table.columns.map((column) => html`<li><button class="quiet" title="Put ${column.name} into the query"
          @click=${() => this.emit('insert', quoteName(column.name))}><span class="ellipsis">${column.name}</span><small title=${column.type}>${shortType(column.type)}</small></button></li>`)}</ul>` : nothing}
    </li>`;
  }

  show(table) {
    showSql(`SELECT *\nFROM ${table.kind === 'node' ? '' : 'lake.'}${quoteName(table.name)}\nLIMIT 1000`, table.name);
    this.emit('run-now');
  }

  toggle(key) {
    const opened = new Set(this.opened);
    if (!opened.delete(key)) opened.add(key);
    this.opened = opened;
  }

  history() {
    const own = ownHistory.get();
    const ownTexts = new Set(own.map((entry) => entry.sql));
    const others = (this.others ?? []).filter((entry) => !ownTexts.has(entry.query));
    if (this.problem && own.length === 0) return problemBox(this.problem, () => this.fetchOthers());
    return html`<h3>Mine</h3>
      ${own.length === 0 ? html`<p class="muted">What you run is kept here, in this browser.</p>` : nothing}
      <ul>${own.map((entry) => past(entry.sql, entry.engine, html`${since(entry.at)} · ${entry.error ? html`<span class="state bad">failed</span>` : html`${plural(entry.rows, 'row')}, ${duration(entry.ms)}`}`))}</ul>
      <div class="row"><h3 class="grow">Others’</h3><button class="quiet" @click=${this.fetchOthers}>Refresh</button></div>
      ${others.length === 0 ? html`<p class="muted">Nobody else has asked since the coordinator started.</p>` : nothing}
      <ul>${others.map((entry) => past(entry.query, entry.engine, html`${since(entry.started_at)} · ${entry.state}${entry.row_count === undefined ? nothing : html`, ${plural(entry.row_count, 'row')}`}, ${duration(entry.duration_ms)}`))}</ul>`;
  }

  saved() {
    const saved = savedQueries.get();
    if (saved.length === 0) return empty('No saved queries', 'Save, above the editor, keeps a query under a name in this browser.');
    return html`<ul>${saved.map((entry) => html`<li class="entry"><button class="name" @click=${() => showSql(entry.sql, entry.name, entry.engine)} title=${entry.sql}>
      <span class="ellipsis">${entry.name}</span></button><button class="quiet" aria-label="Delete ${entry.name}" title="Delete" @click=${() => dropQuery(entry.name)}>×</button></li>`)}</ul>`;
  }
}

const past = (sql, engine, about) => html`<li><button class="past" title=${sql} @click=${() => showSql(sql, undefined, engine)}><code>${sql.replace(/\s+/g, ' ').slice(0, 120)}</code><small>${about}${engine ? html` · ${engine}` : nothing}</small></button></li>`;

const matches = (table, filter) =>
  table.name.toLowerCase().includes(filter) || table.columns.some((column) => column.name.toLowerCase().includes(filter));

customElements.define('query-sidebar', QuerySidebar);
