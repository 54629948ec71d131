import { html, nothing } from 'lit';
import { bytes, count, duration, plural } from '../shared/format.js';
import { pages, problemBox } from '../shared/parts.js';
import { View } from '../shared/view.js';
import { asTabs } from '../grid/layout.js';
import { download, FORMATS } from './runner.js';
import { setRun } from './tabs.js';
import '../grid/data-grid.js';
import '../grid/record-panel.js';
import './chart-view.js';
import './json-view.js';
import './plan-view.js';

const PAGES = [['table', 'Table'], ['chart', 'Chart'], ['plan', 'Plan'], ['json', 'JSON']];

/** What a tab's statement gave: as table, chart, plan or JSON, and what it cost. */
class ResultView extends View {
  static properties = { tab: {}, run: {}, bars: { state: true }, record: { state: true }, marked: { state: true }, saving: { state: true }, saveProblem: { state: true }, menu: { state: true } };

  constructor() {
    super();
    Object.assign(this, { tab: null, run: null, bars: false, record: null, marked: new Set(), saving: '', saveProblem: null, menu: false });
    this.addEventListener('open-record', (event) => (this.record = event.detail));
    this.addEventListener('mark-columns', (event) => (this.marked = event.detail));
  }

  willUpdate(changed) {
    if (changed.has('run') && changed.get('run')?.answer !== this.run?.answer) {
      Object.assign(this, { record: null, marked: new Set(), saveProblem: null });
    }
  }

  get page() {
    return this.run?.page ?? 'table';
  }

  choose(page) {
    setRun(this.tab.id, { page });
  }

  render() {
    const { run } = this;
    return html`<section class="result" aria-label="Result">
      <header>${pages('Result as', PAGES, this.page, (page) => this.choose(page))}
        ${run?.answer && this.page === 'table' ? this.tools(run.answer) : nothing}
        <div class="cost" role="status">${this.cost()}</div></header>
      <div class="content">${this.content()}</div>
    </section>`;
  }

  tools(answer) {
    return html`<div class="row tools">
      <button class="quiet" aria-pressed=${String(this.bars)} title="Bars behind numbers" @click=${() => (this.bars = !this.bars)}>Bars</button>
      <copy-button .text=${() => asTabs(answer.columns, answer.results)}></copy-button>
      <div class="menu" @keydown=${(event) => event.key === 'Escape' && (this.menu = false)}
          @focusout=${(event) => !event.currentTarget.contains(event.relatedTarget) && (this.menu = false)}>
        <button class="quiet" aria-haspopup="menu" aria-expanded=${String(this.menu)} ?disabled=${this.saving !== ''} @click=${() => (this.menu = !this.menu)}>${this.saving || 'Download'} ▾</button>
        ${this.menu ? html`<div role="menu" aria-label="Download as">${FORMATS.map(([format, name]) => html`<button role="menuitem" @click=${() => this.save(format, name)}>${name}</button>`)}</div>` : nothing}
      </div></div>`;
  }

  async save(format, name) {
    this.menu = false;
    this.saving = `Saving ${name} …`;
    this.saveProblem = null;
    try {
      await download(this.run, format, this.tab.title);
    } catch (problem) {
      this.saveProblem = problem;
    }
    this.saving = '';
  }

  cost() {
    const { run } = this;
    if (!run) return html`<span class="muted">Not run yet</span>`;
    if (run.state === 'running') return html`<span class="state busy">${run.what === 'explain' ? 'Planning' : 'Running'} <running-time .since=${run.since}></running-time></span>`;
    if (run.state === 'cancelled') return html`<span class="state off">Cancelled</span>`;
    if (run.state === 'failed') return html`<span class="state bad">Failed</span>`;
    if (!run.answer) return html`<span class="muted">Planned, not run</span>`;
    const { answer } = run;
    const asked = new Set(answer.nodes.map((node) => node.url)).size;
    const moved = answer.nodes.reduce((sum, node) => sum + node.bytes, 0);
    return html`<span><b>${plural(answer.row_count, 'row')}</b>${answer.row_count === run.limit ? html` <span class="state warn" title="There may be more: choose another limit, or download all">limit</span>` : nothing}
      in <b>${duration(answer.execution_time_ms)}</b></span>
      <span class="muted">${answer.engine === 'trino' ? 'by Trino' : asked === 0 ? 'no node asked' : `${plural(asked, 'node')}, ${bytes(moved)} moved`}</span>`;
  }

  content() {
    const { run } = this;
    if (!run) return emptyResult;
    if (run.problem) return html`<div class="page">${problemBox(run.problem)}</div>`;
    if (run.state === 'running') return run.answer ? this.answered(run) : nothing;
    if (run.state === 'cancelled') return html`<div class="empty"><h2>Cancelled</h2><p>The query was stopped on the coordinator and on the nodes. Its text is kept above.</p></div>`;
    return this.answered(run);
  }

  answered(run) {
    if (this.page === 'plan') return html`<plan-view .run=${run} .tab=${this.tab}></plan-view>`;
    if (!run.answer) return html`<div class="empty"><h2>Planned, not run</h2><p>Run it (Ctrl Enter) to see rows.</p></div>`;
    if (this.page === 'chart') return html`<chart-view .answer=${run.answer}></chart-view>`;
    if (this.page === 'json') return html`<json-view .rows=${run.answer.results}></json-view>`;
    const { columns, column_types: types, results } = run.answer;
    if (results.length === 0) return html`<div class="empty"><h2>No rows</h2><p>The query ran, and nothing matched. Its columns: ${columns.join(', ')}.</p></div>`;
    return html`${this.saveProblem ? html`<div class="page">${problemBox(this.saveProblem)}</div>` : nothing}
      <div class="table"><data-grid .columns=${columns} .types=${types} .rows=${results} .bars=${this.bars} .marked=${this.marked}
        .label=${`Result, ${count(results.length)} rows`}></data-grid>
      <record-panel .record=${this.record} .columns=${columns} .types=${types}></record-panel></div>`;
  }
}

const emptyResult = html`<div class="empty"><h2>Ask the fleet</h2>
  <p>Write SQL above and press <kbd>Ctrl</kbd> <kbd>Enter</kbd>; <kbd>Ctrl</kbd> <kbd>Space</kbd> completes tables, columns and functions.
  A table of a node and one of the lake join like any two tables. The arrow beside a table’s name shows its first rows.</p></div>`;

/** Seconds since a moment, ticking. */
class RunningTime extends View {
  static properties = { since: {} };

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), 100);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  render() {
    const ms = Date.now() - this.since;
    return ms < 300 ? nothing : html`${(ms / 1000).toFixed(1)} s`;
  }
}

customElements.define('running-time', RunningTime);
customElements.define('result-view', ResultView);
