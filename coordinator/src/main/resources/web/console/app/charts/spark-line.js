import { html, nothing, svg } from 'lit';
import { View } from '../shared/view.js';

const WIDTH = 120;
const HEIGHT = 24;

/** A small line of the last values, the newest at the right; `length` values fill it. */
class SparkLine extends View {
  static properties = { values: {}, length: { type: Number }, label: {} };

  constructor() {
    super();
    Object.assign(this, { values: [], length: 60, label: '' });
  }

  render() {
    const highest = Math.max(1e-9, ...this.values);
    const step = WIDTH / (this.length - 1);
    const at = (i) => WIDTH - (this.values.length - 1 - i) * step;
    const y = (value) => HEIGHT - 2 - (value / highest) * (HEIGHT - 4);
    const path = this.values.map((value, i) => `${i === 0 ? 'M' : 'L'}${at(i).toFixed(1)} ${y(value).toFixed(1)}`).join('');
    return html`<svg class="spark" role="img" aria-label=${this.label} width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}">
      <line x1="0" x2=${WIDTH} y1=${HEIGHT - 1.5} y2=${HEIGHT - 1.5}></line>${this.values.length > 1 ? svg`<path d=${path}></path>` : nothing}</svg>`;
  }
}

customElements.define('spark-line', SparkLine);
