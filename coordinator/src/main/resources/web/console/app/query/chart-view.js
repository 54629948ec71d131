import { html } from 'lit';
import { isTemporal, plural } from '../shared/format.js';
import { View } from '../shared/view.js';
import { barsOf, binsOf, choicesFor, KINDS, pointsOf, sensibleChart } from './chart-choice.js';
import '../charts/bar-chart.js';
import '../charts/xy-chart.js';

/** A result as a chart: what suits it, or what is chosen. */
class ChartView extends View {
  static properties = { answer: {}, choice: { state: true } };

  willUpdate(changed) {
    if (!changed.has('answer')) return;
    const same = changed.get('answer')?.columns.join() === this.answer.columns.join();
    if (!same || !this.choice) this.choice = sensibleChart(this.answer);
  }

  render() {
    if (!this.choice) return html`<div class="empty"><h2>Nothing to draw</h2><p>A chart needs a column of numbers, such as <code>count(*)</code>, and best a date or a name beside it.</p></div>`;
    const { kind, x, y } = this.choice;
    return html`<div class="charted"><div class="row wrap">
        ${this.select('Chart', kind, KINDS, (value) => this.choose(value))}
        ${this.select(kind === 'histogram' ? 'Of' : 'X', x, named(choicesFor(kind, 'x', this.answer)), (value) => (this.choice = { kind, x: value, y }))}
        ${kind === 'histogram' ? '' : this.select('Y', y, named(choicesFor(kind, 'y', this.answer)), (value) => (this.choice = { kind, x, y: value }))}
        <span class="muted small">${plural(this.answer.results.length, 'row')}</span></div>
      <div class="drawing" tabindex="0" role="region" aria-label="Drawing">${this.drawing()}</div></div>`;
  }

  choose(kind) {
    const first = (axis, kept) => {
      const choices = choicesFor(kind, axis, this.answer);
      return choices.includes(kept) ? kept : choices[0];
    };
    this.choice = { kind, x: first('x', this.choice.x), y: first('y', this.choice.y) };
  }

  drawing() {
    const { kind, x, y } = this.choice;
    const rows = this.answer.results;
    if (!x || !y) return html`<div class="empty"><p>This chart needs columns that the result doesn’t have.</p></div>`;
    if (kind === 'bar') return html`<bar-chart .bars=${barsOf(rows, this.choice)} .label=${`${y} by ${x}`}></bar-chart>`;
    if (kind === 'histogram') {
      const { points, width } = binsOf(rows, this.choice);
      return html`<xy-chart .kind=${'columns'} .points=${points} .width=${width} .xName=${x} .yName=${'rows'}></xy-chart>`;
    }
    const temporal = isTemporal(this.answer.column_types[this.answer.columns.indexOf(x)]);
    return html`<xy-chart .kind=${kind} .points=${pointsOf(rows, this.choice, temporal)} .temporal=${temporal} .xName=${x} .yName=${y}></xy-chart>`;
  }

  select(label, chosen, choices, choose) {
    return html`<label class="row small muted">${label} <select @change=${(event) => choose(event.target.value)}>
      ${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select></label>`;
  }
}

const named = (columns) => columns.map((column) => [column, column]);

customElements.define('chart-view', ChartView);
