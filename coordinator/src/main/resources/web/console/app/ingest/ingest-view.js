import { html, nothing } from 'lit';
import { postJson } from '../shared/api.js';
import { asOf } from '../shared/as-of.js';
import { fleetState, refreshFleet } from '../shared/fleet-state.js';
import { bytes, plural } from '../shared/format.js';
import { pages, problemBox } from '../shared/parts.js';
import { store } from '../shared/store.js';
import { styles } from '../shared/styles.js';
import { View } from '../shared/view.js';
import { parseRecords } from './records.js';
import { upload } from './upload.js';
import './receipt-card.js';

const WAYS = [['paste', 'Paste JSON'], ['files', 'Files'], ['generate', 'Generate']];
const KINDS = ['user', 'transaction', 'event', 'product', 'sensor'];
const NAME = '[A-Za-z_][A-Za-z0-9_]{0,63}';
const EXAMPLE = '[{"id": 1, "event": "login", "at": "2026-01-31T10:00:00Z"}]';

/** What was typed outlives a reload of the page. */
const draft = store('', 'ingest');

/** Records into the lake: pasted, from files, or generated; each answered like a receipt. */
class IngestView extends View {
  static properties = {
    way: { state: true }, form: { state: true }, busy: { state: true }, problem: { state: true }, sent: { state: true }, files: { state: true }, over: { state: true }, receipts: { state: true },
  };

  constructor() {
    super();
    const form = { table: '', date: '', onError: '', kind: 'event', count: 1000 };
    Object.assign(this, { way: 'paste', form, busy: false, problem: null, sent: [], files: [], over: false, receipts: [] });
    this.watch(fleetState, draft, asOf);
  }

  get parsed() {
    return parseRecords(draft.get());
  }

  openLink(parameters) {
    if (parameters.has('table')) this.form = { ...this.form, table: parameters.get('table') };
    if (WAYS.some(([way]) => way === parameters.get('way'))) this.way = parameters.get('way');
  }

  request() {
    const { table, date, onError, kind, count } = this.form;
    const query = onError ? `?on_error=${onError}` : '';
    if (this.way === 'generate') return { method: 'POST', path: 'generate', body: { type: kind, count: Number(count), table_name: table || `${kind}s` } };
    if (this.way === 'files') return { method: 'POST', path: `ingest/file${query}`, form: { file: `@${this.files[0]?.name ?? 'FILE'}`, ...(table && { table_name: table }), ...(date && { partition_date: date }) } };
    return { method: 'POST', path: `ingest${query}`, body: { ...(table && { table_name: table }), ...(date && { partition_date: date }), records: this.parsed.records ?? [] } };
  }

  async submit(event) {
    event.preventDefault();
    this.busy = true;
    this.problem = null;
    try {
      if (this.way === 'files') await this.sendFiles();
      else await this.sendJson();
      refreshFleet();
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
  }

  async sendJson() {
    const { path, body } = this.request();
    const records = body.records ?? [];
    const answer = await postJson(path, body, { headers: { 'Idempotency-Key': this.keyFor(path, body) } });
    this.receipts = [{ answer, records, at: new Date().toISOString() }, ...this.receipts];
    this.key = null;
    if (this.way === 'paste' && answer.rejected.length === 0) draft.set('');
  }

  /** The same content sent again after a failure has the same key, so that it commits once. */
  keyFor(path, body) {
    const content = path + JSON.stringify(body);
    if (this.key?.content !== content) this.key = { content, key: randomKey() };
    return this.key.key;
  }

  async sendFiles() {
    for (const file of [...this.files]) {
      const progress = { file, loaded: 0 };
      this.sent = [progress];
      const answer = await upload(file, this.request(), (loaded) => {
        progress.loaded = loaded;
        this.requestUpdate();
      });
      this.receipts = [{ answer, records: [], name: file.name, at: new Date().toISOString() }, ...this.receipts];
      this.files = this.files.filter((other) => other !== file);
      this.sent = [];
    }
  }

  render() {
    const { form } = this;
    const lake = fleetState.get().tables.filter((table) => table.kind === 'lake');
    return html`<div class="ingest"><h1 class="visually-hidden">Ingest</h1><section class="panel" aria-label="Ingest">
        ${pages('Ingest by', WAYS, this.way, (way) => Object.assign(this, { way, problem: null }))}
        <form class="body" @submit=${this.submit} @input=${this.changed}>
          ${{ paste: () => this.paste(), files: () => this.drop(), generate: () => this.generator() }[this.way]()}
          <div class="fields"><label class="field">Table<input name="table" list="lake-tables" pattern=${NAME} title="Letters, digits and _, not beginning with a digit" placeholder=${this.way === 'generate' ? `${form.kind}s` : 'records'} .value=${form.table}></label>
            <datalist id="lake-tables">${lake.map((table) => html`<option value=${table.name}></option>`)}</datalist>
            ${this.way === 'generate' ? nothing : html`<label class="field">Partition date<input name="date" type="date" .value=${form.date}></label>
            <label class="field">Bad records<select name="onError"><option value="">${this.way === 'files' ? 'reject, keep the others' : 'refuse all'}</option>
              ${this.way === 'files' ? html`<option value="abort">refuse all</option>` : html`<option value="reject">reject, keep the others</option>`}</select></label>`}
            </div>
          <div class="row"><button class="primary" ?disabled=${this.busy || !this.ready}>${this.busy ? 'Committing …' : this.verb}</button><as-request .request=${() => this.request()}></as-request></div>
          ${asOf.get() ? html`<p class="state warn">New records aren’t in the snapshot that the console looks at.</p>` : nothing}
          ${this.problem ? problemBox(this.problem) : nothing}
        </form></section>
      <section class="receipts" aria-label="Receipts" aria-live="polite">
        ${this.receipts.length === 0 ? html`<div class="empty"><h2>Receipts appear here</h2><p>Table, partition, snapshot and files of what was committed, and each rejected record with its reason. The answer comes when every reader of the lake sees the records.</p></div>` : nothing}
        ${this.receipts.map((receipt) => html`<receipt-card .receipt=${receipt}></receipt-card>`)}
      </section></div>`;
  }

  get ready() {
    if (this.way === 'paste') return this.parsed.records?.length > 0;
    return this.way === 'generate' ? Number(this.form.count) > 0 : this.files.length > 0;
  }

  get verb() {
    if (this.way === 'paste') return `Ingest ${plural(this.parsed.records?.length ?? 0, 'record')}`;
    return this.way === 'generate' ? `Generate ${plural(Number(this.form.count), 'record')}` : `Ingest ${plural(this.files.length, 'file')}`;
  }

  changed(event) {
    if (event.target.name === 'text') draft.set(event.target.value);
    else if (event.target.name && event.target.type !== 'file') this.form = { ...this.form, [event.target.name]: event.target.value };
  }

  paste() {
    const { records, error } = this.parsed;
    return html`<label class="field">Records: a JSON array, one object, or an object a line
        <textarea name="text" data-search spellcheck="false" placeholder=${EXAMPLE} aria-invalid=${String(Boolean(error))} aria-describedby="parsed" .value=${draft.get()}></textarea></label>
      <p id="parsed" class="small" role="status">${error ? html`<span class="state bad">${error}</span>` : records ? html`<span class="state">${plural(records.length, 'record')}</span>` : html`<span class="muted">Nothing typed yet.</span>`}</p>`;
  }

  drop() {
    return html`<div class="drop ${this.over ? 'over' : ''}" @dragover=${this.hover} @dragleave=${() => (this.over = false)} @drop=${this.dropped}>
        <p>Drop files here: JSON, JSON lines, CSV with a header, Parquet; also <code>.gz</code> and <code>.zst</code></p>
        <label class="button">Choose files<input class="visually-hidden" type="file" multiple @change=${(event) => (this.files = [...event.target.files])}></label></div>
      ${this.files.length > 0 ? html`<table class="plain"><tbody>${this.files.map((file) => {
        const loaded = this.sent.find((it) => it.file === file)?.loaded ?? 0;
        return html`<tr><td class="wide">${file.name}</td><td class="number">${bytes(file.size)}</td>
          <td><div class="meter" role="progressbar" aria-label="Sent of ${file.name}" aria-valuenow=${Math.round((100 * loaded) / Math.max(1, file.size))}><i style=${styles({ width: `${Math.min(100, (100 * loaded) / Math.max(1, file.size))}%` })}></i></div></td></tr>`;
      })}</tbody></table>` : nothing}`;
  }

  hover(event) {
    event.preventDefault();
    this.over = true;
  }

  dropped(event) {
    event.preventDefault();
    this.over = false;
    this.files = [...event.dataTransfer.files];
  }

  generator() {
    return html`<p class="muted">Realistic sample records, made by the sidecar. Only where it is enabled, as in the fleet on a laptop.</p>
      <div class="fields"><label class="field">Kind<select name="kind">${KINDS.map((kind) => html`<option ?selected=${kind === this.form.kind}>${kind}</option>`)}</select></label>
      <label class="field">How many<input name="count" type="number" min="1" max="1000000" .value=${String(this.form.count)}></label></div>`;
  }
}

/** `crypto.randomUUID` is there in secure contexts alone. */
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

customElements.define('ingest-view', IngestView);
