import { html, nothing, svg } from 'lit';
import { styles } from '../shared/styles.js';
import { fleetState } from '../shared/fleet-state.js';
import { bytes, count, duration, plural } from '../shared/format.js';
import { problemBox } from '../shared/parts.js';
import { View } from '../shared/view.js';
import { columnsFrom, planSources, widths } from './plan-model.js';
import { explain, fetchPlan } from './runner.js';
import { engineOf, openTab, OWN_ENGINE, setRun } from './tabs.js';

const BOX = 76;
const GAP = 12;

/** The plan as a picture: what each node is asked and gave, flowing into the local query. */
class PlanView extends View {
  static properties = { run: {}, tab: {}, chosen: { state: true } };

  constructor() {
    super();
    this.chosen = -1;
  }

  willUpdate(changed) {
    if (changed.has('run') && changed.get('run')?.plan !== this.run?.plan) this.choose(-1);
    if (this.run.answer && !this.run.plan && !this.run.planProblem && this.asked !== this.run.answer) {
      this.asked = this.run.answer;
      fetchPlan(this.tab.id);
    }
  }

  choose(index) {
    this.chosen = index;
    const source = index < 0 ? null : planSources(this.run)[index];
    const columns = this.run.answer?.columns ?? [];
    this.emit('mark-columns', source ? columnsFrom(source, fleetState.get().tables, columns) : new Set());
  }

  render() {
    const { plan, planProblem } = this.run;
    if (planProblem) return html`<div class="page">${problemBox(planProblem, () => fetchPlan(this.tab.id))}</div>`;
    if (!plan) return nothing;
    if ((this.run.engine ?? OWN_ENGINE) !== OWN_ENGINE) return this.otherPlan(plan);
    const sources = planSources(this.run);
    return html`<div class="plan">
      ${sources.length === 0 ? html`<p class="muted">No node is asked and nothing is read from the lake: the coordinator answers by itself.</p>` : this.picture(sources)}
      ${this.chosen >= 0 && sources[this.chosen] ? this.detail(sources[this.chosen]) : nothing}
      ${this.run.answer ? html`<p class="muted small">${sources.length > 0 ? 'Bands are as wide as the bytes that came. ' : nothing}A box shows the SQL that was sent, and marks its columns in the table.
        <button class="quiet" @click=${() => this.analyze()}>Analyze (runs it again)</button></p>`
        : html`<p><button @click=${() => this.analyze()}>Analyze: run it, with times</button></p>`}
      ${plan.local_plan ? html`<details open><summary>Local query, analyzed by DuckDB</summary><pre tabindex="0" aria-label="Local plan">${plan.local_plan}</pre></details>` : nothing}
      <details><summary>As text</summary><pre tabindex="0" aria-label="Plan as text">${plan.plan}</pre></details>
    </div>`;
  }

  /** Another engine tells its plan as text. */
  otherPlan(plan) {
    return html`<div class="plan"><pre tabindex="0" aria-label="Plan as text">${plan.plan}</pre>
      <p><button @click=${() => this.analyze()}>Analyze (runs it)</button></p></div>`;
  }

  analyze() {
    explain(this.tab.id, { sql: this.tab.sql, from: 0, engine: engineOf(this.tab) }, true);
  }

  picture(sources) {
    const height = sources.length * (BOX + GAP) - GAP;
    return html`<div class="picture" style=${styles({ '--height': `${Math.max(height, BOX)}px` })}>
      <ol class="sources">${sources.map((source, i) => html`<li><button class="box ${source.kind}" aria-pressed=${String(i === this.chosen)} @click=${() => this.choose(i === this.chosen ? -1 : i)}>
        <span class="row"><b class="ellipsis">${source.table}</b><span class="muted ellipsis">${source.kind === 'lake' ? 'lake' : host(source.url)}</span></span>
        <code class="ellipsis">${source.sql || 'Parquet files, read in place'}</code>
        <span class="row small">${source.rows === undefined ? html`<span class="muted">${source.kind === 'lake' ? 'only what matches' : 'not run'}</span>`
          : html`<span>${plural(source.rows, 'row')}</span><span>${bytes(source.bytes)}</span><span>${duration(source.ms)}</span>`}
          ${source.marks.map((mark) => html`<span class="mark">${mark}</span>`)}</span>
      </button></li>`)}</ol>
      ${this.streams(sources, Math.max(height, BOX))}
      ${this.local(sources)}
    </div>`;
  }

  streams(sources, height) {
    const thick = widths(sources);
    const total = thick.reduce((sum, width) => sum + width, 0);
    let at = height / 2 - total / 2;
    const paths = sources.map((source, i) => {
      const from = i * (BOX + GAP) + BOX / 2;
      const to = at + thick[i] / 2;
      at += thick[i];
      return svg`<path class=${i === this.chosen ? 'chosen' : ''} d="M0 ${from} C60 ${from} 60 ${to} 120 ${to}" stroke-width=${thick[i]}></path>`;
    });
    return html`<svg class="streams" width="120" height=${height} aria-hidden="true">${paths}</svg>`;
  }

  local(sources) {
    const { answer } = this.run;
    const rows = sources.reduce((sum, source) => sum + (source.rows ?? 0), 0);
    return html`<div class="box local"><b>Local query</b><span class="muted">joins in the coordinator’s DuckDB</span>
      ${answer ? html`<span class="small">${count(rows)} rows in, <b>${count(answer.row_count)} out</b></span><span class="small">${duration(answer.execution_time_ms)} in all</span>` : html`<span class="small muted">not run</span>`}</div>`;
  }

  detail(source) {
    return html`<section class="panel" aria-label="Fragment"><header><h2 class="grow">${source.table} <span class="muted">${source.url}</span></h2>
        ${this.run.answer ? html`<button class="quiet" @click=${() => setRun(this.tab.id, { page: 'table' })}>Show in the table</button>` : nothing}
        ${source.sql ? html`<button class="quiet" @click=${() => openTab(source.sql, `${source.table} fragment`)}>Open as query</button><copy-button .text=${source.sql}></copy-button>` : nothing}</header>
      <div class="body">${source.sql ? html`<pre tabindex="0" aria-label="SQL that is sent">${source.sql}</pre>` : html`<p>The coordinator reads this table’s Parquet files itself; those of partitions that can’t match are left out.</p>`}</div></section>`;
  }
}

const host = (url) => url.replace(/^https?:\/\//, '');

customElements.define('plan-view', PlanView);
