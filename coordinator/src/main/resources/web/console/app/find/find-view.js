import { html, nothing } from 'lit';
import { getJson, postJson, saveAs } from '../shared/api.js';
import { fleetState } from '../shared/fleet-state.js';
import { count, duration, plural } from '../shared/format.js';
import { empty, pages, problemBox } from '../shared/parts.js';
import { asOf } from '../shared/as-of.js';
import { View } from '../shared/view.js';
import { asTabs } from '../grid/layout.js';
import { requestOf, typesOf } from './find-requests.js';
import '../grid/data-grid.js';
import '../grid/record-panel.js';

const WAYS = [['search', 'Full text'], ['id', 'By id'], ['range', 'Date range'], ['recent', 'Recent']];

const today = () => new Date().toISOString().slice(0, 10);

/** Records of the lake: by id, by date, the newest, or by what stands in them. */
class FindView extends View {
  static properties = { way: { state: true }, form: { state: true }, answer: { state: true }, problem: { state: true }, busy: { state: true }, record: { state: true } };

  constructor() {
    super();
    const form = { table: '', id: '', term: '', column: '', from: today(), to: today(), field: '', hours: 24, limit: 100 };
    Object.assign(this, { way: 'search', form, answer: null, problem: null, busy: false, record: null });
    this.watch(fleetState, asOf);
    this.addEventListener('open-record', (event) => (this.record = event.detail));
  }

  openLink(parameters) {
    for (const name of Object.keys(this.form)) {
      if (parameters.has(name)) this.form = { ...this.form, [name]: parameters.get(name) };
    }
    if (WAYS.some(([way]) => way === parameters.get('way'))) this.way = parameters.get('way');
  }

  async find(event) {
    event?.preventDefault();
    const request = requestOf(this.way, this.form, asOf.get());
    this.controller?.abort();
    const controller = (this.controller = new AbortController());
    this.busy = true;
    this.problem = null;
    try {
      const started = performance.now();
      const body = request.method === 'GET' ? await getJson(request.path, controller.signal) : await postJson(request.path, request.body, { signal: controller.signal });
      const rows = body.data ?? body.results;
      this.answer = { rows, columns: body.columns, types: body.column_types ?? typesOf(body.columns, rows, this.form.table), ms: body.duration_seconds === undefined ? performance.now() - started : body.duration_seconds * 1000 };
      this.record = null;
    } catch (failure) {
      if (failure.name !== 'AbortError') this.problem = failure;
    }
    if (this.controller === controller) this.busy = false;
  }

  render() {
    const tables = fleetState.get().tables.filter((table) => table.kind === 'lake');
    return html`<div class="find">
      <h1 class="visually-hidden">Find</h1>
      <form class="search" @submit=${this.find} @input=${this.changed}>
        ${pages('Find', WAYS, this.way, (way) => (this.way = way))}
        <div class="fields">${this.fields()}
          <label class="field">Table<select name="table">${asOf.get() ? nothing : html`<option value="">all records</option>`}${tables.map((table) => html`<option ?selected=${table.name === this.form.table}>${table.name}</option>`)}</select></label>
          ${this.way === 'id' ? nothing : html`<label class="field narrow">At most<input name="limit" type="number" min="0" max="10000" .value=${String(this.form.limit)}></label>`}
          <button class="primary">Find</button>
          <as-request .request=${() => requestOf(this.way, this.form, asOf.get())}></as-request>
        </div>
      </form>
      ${this.outcome(tables)}
    </div>`;
  }

  changed(event) {
    if (event.target.name) this.form = { ...this.form, [event.target.name]: event.target.value };
  }

  fields() {
    const { form } = this;
    if (this.way === 'search') {
      return html`<label class="field wide">Text, anywhere in a record<input name="term" type="search" data-search required .value=${form.term}></label>
        <label class="field">Only in column<input name="column" placeholder="any, or a.b.c" .value=${form.column}></label>`;
    }
    if (this.way === 'id') return html`<label class="field wide">record_id or id<input name="id" data-search required .value=${form.id}></label>`;
    if (this.way === 'recent') return html`<label class="field narrow">Last hours<input name="hours" data-search type="number" min="1" max="168" .value=${String(form.hours)}></label>`;
    return html`<label class="field">From<input name="from" data-search type="date" required .value=${form.from}></label>
      <label class="field">To, the day included<input name="to" type="date" required .value=${form.to}></label>
      <label class="field">Date in<input name="field" placeholder="ingested_at" .value=${form.field}></label>`;
  }

  outcome(tables) {
    const { answer, problem } = this;
    if (problem) return html`<div class="page">${problemBox(problem, () => this.find())}</div>`;
    if (!answer) {
      return tables.length === 0 && fleetState.get().loaded ? empty('The lake is empty', 'Put records into it, here under Ingest or by', 'duckfleet generate --type event --count 1000 --table events')
        : html`<div class="empty"><h2>Find records in the lake</h2><p>By what stands in them, by their id, or by their date. All of it is also plain HTTP: “As request” shows how.</p></div>`;
    }
    if (answer.rows.length === 0) return html`<div class="empty"><h2>Nothing found</h2><p>No record matches. Try another table, a wider range, or part of a word.</p></div>`;
    return html`<div class="row found" role="status"><b>${plural(answer.rows.length, 'record')}</b> <span class="muted">in ${duration(answer.ms)}</span>
        ${this.busy ? html`<span class="state busy">searching</span>` : nothing}<span class="grow"></span>
        <copy-button .text=${() => asTabs(answer.columns, answer.rows)}></copy-button>
        <button class="quiet" @click=${() => saveAs(new Blob([JSON.stringify(answer.rows, null, 2)], { type: 'application/json' }), 'records.json')}>Download JSON</button></div>
      <div class="table"><data-grid .columns=${answer.columns} .types=${answer.types} .rows=${answer.rows} .label=${`Found, ${count(answer.rows.length)} records`}></data-grid>
      <record-panel .record=${this.record} .columns=${answer.columns} .types=${answer.types}></record-panel></div>`;
  }
}

customElements.define('find-view', FindView);
