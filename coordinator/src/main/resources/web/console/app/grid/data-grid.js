import { html, nothing } from 'lit';
import { styles } from '../shared/styles.js';
import { isNumeric, utcTime, valueText } from '../shared/format.js';
import { copyText } from '../shared/copy-button.js';
import { View } from '../shared/view.js';
import { columnWidths, largest, ROW_HEIGHT, shortType, sortedRows } from './layout.js';

const AHEAD = 12;
const INDEX_WIDTH = 56;

/**
 * A result of any length as a table: only the rows in sight are in the page. Sorts by a click on a column,
 * moves with the arrow keys, and tells `open-record` when a record is to be unfolded.
 */
class DataGrid extends View {
  static properties = {
    columns: {}, types: {}, rows: {}, bars: { type: Boolean }, marked: {}, label: {},
    first: { state: true }, visible: { state: true }, sort: { state: true }, active: { state: true },
  };

  constructor() {
    super();
    Object.assign(this, { columns: [], types: [], rows: [], bars: false, marked: new Set(), label: 'Result' });
    Object.assign(this, { first: 0, visible: 40, sort: { column: -1, direction: 0 }, active: { row: 0, column: 0 } });
  }

  connectedCallback() {
    super.connectedCallback();
    this.observer = new ResizeObserver(() => this.look());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  willUpdate(changed) {
    if (changed.has('rows') || changed.has('columns')) {
      this.widths = columnWidths(this.columns, this.types, this.rows);
      this.sort = { column: -1, direction: 0 };
      this.active = { row: 0, column: 0 };
      this.first = 0;
      this.scroller?.scrollTo(0, 0);
    }
    if (changed.has('rows') || changed.has('sort')) {
      const { column, direction } = this.sort;
      this.sorted = column < 0 ? this.rows : sortedRows(this.rows, this.columns[column], this.types[column], direction);
    }
    if (this.bars && (changed.has('bars') || changed.has('rows'))) {
      this.maxima = largest(this.columns, this.types, this.rows);
    }
  }

  get scroller() {
    return this.querySelector('.grid');
  }

  look() {
    const scroller = this.scroller;
    if (!scroller) return;
    this.first = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - AHEAD);
    this.visible = Math.ceil(scroller.clientHeight / ROW_HEIGHT) + 2 * AHEAD;
  }

  sortBy(column) {
    const direction = this.sort.column !== column ? 1 : { 1: -1, '-1': 0, 0: 1 }[this.sort.direction];
    this.sort = { column: direction === 0 ? -1 : column, direction };
  }

  move(event) {
    const page = Math.max(1, Math.floor((this.scroller.clientHeight - 32) / ROW_HEIGHT));
    const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [page, 0], PageUp: [-page, 0],
      Home: [event.ctrlKey ? -Infinity : 0, -Infinity], End: [event.ctrlKey ? Infinity : 0, Infinity] };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      this.goTo(clamp(this.active.row + step[0], this.sorted.length), clamp(this.active.column + step[1], this.columns.length));
    } else if (event.key === 'Enter' && event.target === this.scroller) {
      event.preventDefault();
      this.open(this.active.row);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && !String(getSelection())) {
      event.preventDefault();
      const value = this.sorted[this.active.row]?.[this.columns[this.active.column]];
      copyText(value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
      this.emit('told', 'Cell copied');
    }
  }

  goTo(row, column) {
    this.active = { row, column };
    const scroller = this.scroller;
    const top = row * ROW_HEIGHT;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    const under = top + 2 * ROW_HEIGHT + 32 - scroller.clientHeight;
    if (under > scroller.scrollTop) scroller.scrollTop = under;
    const left = this.widths.slice(0, column).reduce((sum, width) => sum + width, 0);
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    const beyond = left + this.widths[column] + INDEX_WIDTH - scroller.clientWidth;
    if (beyond > scroller.scrollLeft) scroller.scrollLeft = beyond;
  }

  open(row) {
    if (this.sorted[row]) this.emit('open-record', this.sorted[row]);
  }

  render() {
    const template = `${INDEX_WIDTH}px ${this.widths.map((width) => `${width}px`).join(' ')} minmax(0, 1fr)`;
    const end = Math.min(this.sorted.length, this.first + this.visible);
    const shown = this.sorted.slice(this.first, end);
    return html`<div class="grid" role="grid" tabindex="0" aria-label=${this.label} aria-rowcount=${this.sorted.length + 1}
        aria-colcount=${this.columns.length} aria-activedescendant=${this.active.row >= this.first && this.active.row < end ? `cell-${this.active.row}-${this.active.column}` : nothing}
        style=${styles({ '--columns': template })} @scroll=${this.look} @keydown=${this.move}>
      <div class="head" role="rowgroup"><div class="cells" role="row" aria-rowindex="1">
        <span class="index" role="columnheader"><span class="visually-hidden">Row</span></span>
        ${this.columns.map((column, i) => this.header(column, i))}
      </div></div>
      <div class="space" role="rowgroup" style=${styles({ height: `${this.sorted.length * ROW_HEIGHT}px` })}>
        <div role="presentation" style=${styles({ transform: `translateY(${this.first * ROW_HEIGHT}px)` })}>
          ${shown.map((row, i) => this.row(row, this.first + i))}
        </div>
      </div>
    </div>`;
  }

  header(column, i) {
    const direction = this.sort.column === i ? this.sort.direction : 0;
    return html`<span role="columnheader" aria-sort=${{ 1: 'ascending', '-1': 'descending', 0: 'none' }[direction]}
        class="${isNumeric(this.types[i]) ? 'number' : ''} ${this.marked.has(column) ? 'marked' : ''}">
      <button tabindex="-1" title="${column} ${this.types[i]}" @click=${() => this.sortBy(i)}>
        <b>${column}</b><small>${shortType(this.types[i])}</small>${direction === 0 ? nothing : html`<i>${direction > 0 ? '↑' : '↓'}</i>`}
      </button></span>`;
  }

  row(row, index) {
    return html`<div class="cells" role="row" aria-rowindex=${index + 2} @dblclick=${() => this.open(index)}>
      <span class="index" role="rowheader">${index + 1}</span>
      ${this.columns.map((column, i) => this.cell(row[column], index, i))}
    </div>`;
  }

  cell(value, row, i) {
    const active = row === this.active.row && i === this.active.column;
    const type = this.types[i];
    const classes = [active && 'active', isNumeric(type) && 'number', value === null && 'null', this.marked.has(this.columns[i]) && 'marked'];
    const nested = value !== null && typeof value === 'object';
    const text = value === null ? 'NULL' : valueText(value, type);
    return html`<span role="gridcell" id="cell-${row}-${i}" class=${classes.filter(Boolean).join(' ')}
        title=${type === 'TIMESTAMP WITH TIME ZONE' && value ? utcTime(value) : nothing} @mousedown=${() => (this.active = { row, column: i })}>
      ${this.bars && this.maxima?.[i] > 0 && value !== null ? this.bar(value, this.maxima[i]) : nothing}
      ${nested ? html`<button class="nested" tabindex="-1" @click=${() => this.open(row)}>${text}</button>` : html`<span>${text}</span>`}
    </span>`;
  }

  bar(value, maximum) {
    return html`<i class="bar" style=${styles({ width: `${(100 * Math.abs(Number(value))) / maximum}%` })}></i>`;
  }
}

const clamp = (value, length) => Math.max(0, Math.min(length - 1, value));

customElements.define('data-grid', DataGrid);
