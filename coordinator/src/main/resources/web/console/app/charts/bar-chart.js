import { html } from 'lit';
import { styles } from '../shared/styles.js';
import { count } from '../shared/format.js';
import { View } from '../shared/view.js';

/** A bar for each name, in the order that they come in; `bars` are `{name, value}`. */
class BarChart extends View {
  static properties = { bars: {}, label: {} };

  constructor() {
    super();
    Object.assign(this, { bars: [], label: 'Bar chart' });
  }

  render() {
    const largest = Math.max(...this.bars.map((bar) => Math.abs(bar.value)), 0) || 1;
    return html`<ol class="bars" role="list" aria-label=${this.label}>${this.bars.map((bar) => html`<li>
      <span class="ellipsis" title=${bar.name}>${bar.name}</span>
      <span class="track"><i class=${bar.value < 0 ? 'negative' : ''} style=${styles({ width: `${(100 * Math.abs(bar.value)) / largest}%` })}></i></span>
      <b>${count(bar.value)}</b></li>`)}</ol>`;
  }
}

customElements.define('bar-chart', BarChart);
