import { html, nothing, svg } from 'lit';
import { styles } from '../shared/styles.js';
import { count } from '../shared/format.js';
import { View } from '../shared/view.js';
import { linear, time } from './scales.js';

const MARGIN = { top: 12, right: 16, bottom: 28 };
const NEAR = 40;

/**
 * Points or columns over a numeric or temporal axis. `points` are `{x, y, label}`, in order of x for lines;
 * `kind` is line, scatter or columns (then `width` is that of a column in units of x).
 */
class XyChart extends View {
  static properties = { points: {}, kind: {}, temporal: { type: Boolean }, width: {}, xName: {}, yName: {}, high: {}, size: { state: true }, near: { state: true } };

  constructor() {
    super();
    Object.assign(this, { points: [], kind: 'line', temporal: false, width: 0, xName: '', yName: '', high: 0, size: null, near: null });
  }

  connectedCallback() {
    super.connectedCallback();
    this.observer = new ResizeObserver(([entry]) => (this.size = { width: entry.contentRect.width, height: entry.contentRect.height }));
    this.observer.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  render() {
    if (!this.size || this.size.width < 80) return nothing;
    const { width, height } = this.size;
    const columns = this.kind === 'columns';
    const y = linear(this.points.map((point) => point.y), height - MARGIN.bottom, MARGIN.top, { wanted: Math.max(2, height / 48), zero: this.kind !== 'scatter' });
    const left = 16 + 7 * Math.max(...y.ticks.map((tick) => count(tick).length));
    const xs = columns ? this.points.flatMap((point) => [point.x, point.x + this.width]) : this.points.map((point) => point.x);
    const x = this.temporal ? time(xs, left, width - MARGIN.right, width / 110) : linear(xs, left, width - MARGIN.right, { wanted: width / 90 });
    this.scales = { x, y };
    const label = this.temporal ? x.label : count;
    const within = (tick) => Math.min(x(tick), width - (7 * label(tick).length) / 2);
    return html`<svg class="chart" role="img" aria-label=${this.summary()} width=${width} height=${height} @pointermove=${this.look} @pointerleave=${() => (this.near = null)}>
      <g class="rules">${y.ticks.map((tick) => svg`<line x1=${left} x2=${width - MARGIN.right} y1=${y(tick)} y2=${y(tick)}></line><text x=${left - 8} y=${y(tick) + 4} text-anchor="end">${count(tick)}</text>`)}</g>
      <g class="ticks">${x.ticks.map((tick) => svg`<text x=${within(tick)} y=${height - 8} text-anchor="middle">${label(tick)}</text>`)}</g>
      ${this.marks(x, y)}${this.near ? this.pointer(x, y) : nothing}
    </svg>${this.near ? this.tip(x, y, width) : nothing}`;
  }

  marks(x, y) {
    if (this.kind === 'line') {
      const path = this.points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`).join('');
      const dots = this.points.length <= 60 ? this.points : [];
      return svg`<path class="line" d=${path}></path>${dots.map((point) => svg`<circle class="dot" cx=${x(point.x)} cy=${y(point.y)} r="2.5"></circle>`)}`;
    }
    if (this.kind === 'scatter') {
      return this.points.map((point) => svg`<circle class="dot see-through" cx=${x(point.x)} cy=${y(point.y)} r="3.5"></circle>`);
    }
    return this.points.map((point) => {
      const [from, to] = [x(point.x) + 0.5, x(point.x + this.width) - 0.5];
      return svg`<rect class="column" x=${from} width=${Math.max(1, to - from)} y=${Math.min(y(point.y), y(0))} height=${Math.abs(y(0) - y(point.y))}></rect>`;
    });
  }

  look(event) {
    const box = event.currentTarget.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    const { x, y } = this.scales;
    const offset = this.kind === 'columns' ? this.width / 2 : 0;
    let best = null;
    let distance = this.kind === 'scatter' ? NEAR : Infinity;
    for (const point of this.points) {
      const d = this.kind === 'scatter' ? Math.hypot(x(point.x) - px, y(point.y) - py) : Math.abs(x(point.x + offset) - px);
      if (d < distance) [best, distance] = [point, d];
    }
    this.near = best;
  }

  pointer(x, y) {
    const at = x(this.near.x + (this.kind === 'columns' ? this.width / 2 : 0));
    return svg`<line class="pointer" x1=${at} x2=${at} y1=${MARGIN.top} y2=${this.size.height - MARGIN.bottom}></line><circle class="dot" cx=${at} cy=${y(this.near.y)} r="4"></circle>`;
  }

  tip(x, y, width) {
    const at = x(this.near.x);
    return html`<div class="tip" style=${styles({ left: `${Math.min(Math.max(at, 80), width - 80)}px`, top: `${Math.max(4, y(this.near.y) - 48)}px` })}>
      <span class="muted">${this.near.label}</span><b>${count(this.near.y)}</b></div>`;
  }

  summary() {
    return `${this.kind} chart of ${this.yName} by ${this.xName}, ${this.points.length} points`;
  }
}

customElements.define('xy-chart', XyChart);
