import { html, nothing } from 'lit';
import { fleetState } from '../shared/fleet-state.js';
import { asOf } from '../shared/as-of.js';
import { store } from '../shared/store.js';
import { View } from '../shared/view.js';
import { format } from './formatter.js';
import { saveQuery } from './own-history.js';
import { cancel, choice, explain, ROW_LIMITS, run, sentText } from './runner.js';
import { chooseTab, closeTab, currentTab, editTab, engineOf, openTab, OWN_ENGINE, runs, showSql, tabs } from './tabs.js';
import { quoteName } from './names.js';
import './result-view.js';
import './sidebar.js';
import './sql-editor.js';

const ENGINES = [[OWN_ENGINE, 'DuckDB'], ['trino', 'Trino']];
const limit = store(10_000, 'limit');
const sidebarShown = store(!matchMedia('(max-width: 720px)').matches, matchMedia('(max-width: 720px)').matches ? 'sidebar.narrow' : 'sidebar');

/** SQL over the fleet: editor with tabs, result, and what stands beside it. */
class QueryView extends View {
  static properties = { naming: { state: true } };

  constructor() {
    super();
    this.naming = null;
    this.watch(tabs, runs, fleetState, limit, sidebarShown, asOf);
    this.addEventListener('run-now', () => this.updateComplete.then(() => this.run()));
    this.addEventListener('insert', (event) => this.editor.insert(event.detail));
  }

  get editor() {
    return this.querySelector('sql-editor');
  }

  /** Takes a statement out of the page's address, as links to a query carry it. */
  openLink(parameters) {
    const sql = parameters.get('sql');
    if (sql) showSql(sql, parameters.get('title') ?? undefined, parameters.get('engine') ?? undefined);
    if (sql && parameters.has('run')) this.updateComplete.then(() => this.run());
  }

  updated() {
    const tab = currentTab();
    if (this.shownTab !== tab.id || this.editor.value !== tab.sql) {
      this.shownTab = tab.id;
      this.editor.load(tab.sql);
    }
    const { tables } = fleetState.get();
    if (this.knownTables !== tables) {
      this.knownTables = tables;
      this.editor.schema = schemaOf(tables);
    }
    const { problem, position } = runs.get()[tab.id] ?? {};
    if (this.shownProblem !== problem) {
      this.shownProblem = problem;
      this.editor.mark(problem ? position : -1, problem?.message ?? '');
    }
  }

  run() {
    const { text, from } = this.editor.chosen;
    const tab = currentTab();
    if (text.trim() !== '') run(tab.id, { sql: text, from, engine: engineOf(tab) }, limit.get());
  }

  explain(analyze = false) {
    const { text, from } = this.editor.chosen;
    const tab = currentTab();
    if (text.trim() !== '') explain(tab.id, { sql: text, from, engine: engineOf(tab) }, analyze);
  }

  edited(event) {
    const tab = currentTab();
    if (tab.sql !== event.detail) editTab(tab.id, { sql: event.detail });
    if (this.shownProblem) this.editor.mark(-1, '');
  }

  keys(event) {
    if (event.key === 'Escape' && runs.get()[currentTab().id]?.state === 'running') cancel(currentTab().id);
  }

  render() {
    const tab = currentTab();
    const current = runs.get()[tab.id];
    return html`<div class="query ${sidebarShown.get() ? '' : 'wide'}" @keydown=${this.keys}>
      <h1 class="visually-hidden">Query</h1>
      ${sidebarShown.get() ? html`<query-sidebar></query-sidebar>` : nothing}
      <section class="desk" aria-label="Query">
        <div class="tabs"><button class="quiet" aria-pressed=${String(sidebarShown.get())} title="Tables, history, saved queries"
            @click=${() => sidebarShown.set((shown) => !shown)}>Tables</button>
          <div role="group" aria-label="Queries">${tabs.get().open.map((it) => this.tab(it, it.id === tab.id))}</div>
          <button class="quiet" title="New query" aria-label="New query" @click=${() => openTab()}>+</button></div>
        <sql-editor @edited=${this.edited} @run=${this.run} @format=${this.format}></sql-editor>
        ${this.actions(tab, current)}
        <result-view .tab=${tab} .run=${current}></result-view>
      </section>
    </div>`;
  }

  tab(tab, chosen) {
    return html`<span class="tab ${chosen ? 'chosen' : ''}"><button class="title" aria-current=${String(chosen)} @click=${() => chooseTab(tab.id)}>${tab.title}${runs.get()[tab.id]?.state === 'running' ? html` <span class="state busy"><span class="visually-hidden">running</span></span>` : nothing}</button>
      <button class="quiet" aria-label="Close ${tab.title}" title="Close" @click=${() => closeTab(tab.id)}>×</button></span>`;
  }

  actions(tab, current) {
    const running = current?.state === 'running';
    return html`<div class="actions">
      ${running ? html`<button class="danger" @click=${() => cancel(tab.id)}>Cancel <kbd>Esc</kbd></button>`
        : html`<button class="primary" ?disabled=${tab.sql.trim() === ''} @click=${this.run}>Run <kbd>Ctrl ⏎</kbd></button>`}
      <button ?disabled=${running || tab.sql.trim() === ''} @click=${() => this.explain()}>Explain</button>
      <button ?disabled=${tab.sql.trim() === ''} @click=${this.format}>Format</button>
      <span class="grow"></span>
      ${this.naming === null ? html`<button class="quiet" ?disabled=${tab.sql.trim() === ''} @click=${() => (this.naming = tab.title)}>Save</button>` : this.nameField(tab)}
      <copy-button .label=${'Copy link'} .text=${() => linkTo(tab)}></copy-button>
      <as-request .request=${() => requestFor(tab, limit.get())}></as-request>
      ${this.engine(tab)}
      <label class="row small muted">Rows <select aria-label="Rows at most" .value=${String(limit.get())} @change=${(event) => limit.set(Number(event.target.value))}>
        ${ROW_LIMITS.map((n) => html`<option value=${n} ?selected=${n === limit.get()}>${n.toLocaleString('en-US')}</option>`)}</select></label>
    </div>`;
  }

  /** Who answers, where there is a choice: the text is in that engine's SQL. */
  engine(tab) {
    const { trino } = fleetState.get();
    const chosen = engineOf(tab);
    if (!trino && chosen === OWN_ENGINE) return nothing;
    const hint = asOf.get() ? 'Trino shows the present, whatever "as of" says' : 'Trino sees the tables of the lake, and takes Trino’s SQL';
    return html`<label class="row small muted" title=${hint}>Engine <select @change=${(event) => editTab(tab.id, { engine: event.target.value })}>
      ${ENGINES.map(([name, label]) => html`<option value=${name} ?selected=${name === chosen}>${label}</option>`)}</select></label>`;
  }

  nameField(tab) {
    const save = (event) => {
      event.preventDefault();
      const name = new FormData(event.target).get('name').trim();
      if (name) {
        saveQuery(name, tab.sql, choice(engineOf(tab)));
        editTab(tab.id, { title: name });
      }
      this.naming = null;
    };
    return html`<form class="row" @submit=${save}><input name="name" aria-label="Name of the query" autofocus .value=${this.naming} @keydown=${(event) => event.key === 'Escape' && (this.naming = null)}>
      <button>Save</button></form>`;
  }

  format() {
    const tab = currentTab();
    const laidOut = format(tab.sql);
    if (laidOut) this.editor.replace(laidOut);
  }
}

/** Names for completion: tables with their columns, and those of the lake also under `lake`. */
function schemaOf(tables) {
  const schema = {};
  const lake = {};
  for (const table of tables) {
    const entry = {
      self: { label: table.name, type: 'class', detail: table.kind, apply: quoteName(table.name) },
      children: table.columns.map((column) => ({ label: column.name, type: 'property', detail: column.type.slice(0, 32), apply: quoteName(column.name) })),
    };
    schema[table.name.replaceAll('.', '\\.')] ??= entry;
    if (table.kind === 'lake') lake[table.name.replaceAll('.', '\\.')] = entry;
  }
  return Object.keys(lake).length > 0 ? { ...schema, lake: schema.lake ?? lake } : schema;
}

const linkTo = (tab) => `${location.origin}${location.pathname}#/query?${new URLSearchParams({ sql: tab.sql, title: tab.title, ...choice(engineOf(tab)) })}`;

function requestFor(tab, rows) {
  const sql = sentText(tab.sql, engineOf(tab));
  return { method: 'POST', path: 'query', body: { query: sql, limit: rows, ...choice(engineOf(tab)) }, sql };
}

customElements.define('query-view', QueryView);
